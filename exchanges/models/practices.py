from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.domain.text import fold
from exchanges.models.partners import City, Organisation, Topic


class Practice(models.Model):
    """Something an organisation does well and can show."""

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    language = models.CharField(_("written in"), max_length=7, default="en")
    link = models.URLField(_("link"), blank=True)
    topics = models.ManyToManyField(Topic, related_name="practices", verbose_name=_("topics"))
    organisations = models.ManyToManyField(
        Organisation, related_name="practices", verbose_name=_("organisations")
    )
    search = models.TextField(editable=False, default="")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(f"{self.title} {self.description}")
        super().save(*args, **kwargs)


class LearningNeed(models.Model):
    """Something a city wants to learn."""

    city = models.ForeignKey(City, models.CASCADE, related_name="learning_needs")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="learning_needs")
    weight = models.PositiveSmallIntegerField(
        _("weight"), validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    is_sample = models.BooleanField(_("sample data"), default=False)

    class Meta:
        verbose_name = _("learning need")
        verbose_name_plural = _("learning needs")
        ordering = ["-weight", "topic__slug"]
        constraints = [
            models.UniqueConstraint(fields=["city", "topic"], name="learning_need_once"),
            models.CheckConstraint(
                condition=models.Q(weight__range=(1, 3)), name="learning_need_weight_1_to_3"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city}: {self.topic} ({self.weight})"


class TopicLevel(models.Model):
    """How far a city is on a topic, 0 to 5, and whether it would show that as a host.

    `practices` are those that it would show: of its organisations, on this topic.
    """

    city = models.ForeignKey(City, models.CASCADE, related_name="topic_levels")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="topic_levels")
    level = models.PositiveSmallIntegerField(_("level"), validators=[MaxValueValidator(5)])
    is_shown = models.BooleanField(_("would show it to guests"), default=True)
    practices = models.ManyToManyField(
        Practice, related_name="shown_as", blank=True, verbose_name=_("practices it would show")
    )
    is_sample = models.BooleanField(_("sample data"), default=False)

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ["-level", "topic__slug"]
        constraints = [
            models.UniqueConstraint(fields=["city", "topic"], name="topic_level_once"),
            models.CheckConstraint(
                condition=models.Q(level__range=(0, 5)), name="topic_level_0_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city}: {self.topic} ({self.level})"
