"""Topics, and what cities know of them or want to learn."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from exchanges.models.cities import City


class Topic(models.Model):
    slug = models.SlugField(_("slug"), unique=True)
    names = I18nCharField(_("name"), max_length=600)
    added_by = models.ForeignKey(
        "exchanges.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("added by the office of"),
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["slug"]

    def __str__(self) -> str:
        return str(self.names)


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
        "exchanges.Practice",
        related_name="shown_as",
        blank=True,
        verbose_name=_("practices it would show"),
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
