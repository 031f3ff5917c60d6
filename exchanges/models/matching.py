"""What decides, beside a city's own profile, who is matched with whom."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from exchanges.domain.matching import DEFAULT_WEIGHTS, Weights
from exchanges.enums import PairRule, WishKind
from exchanges.labels import choices
from exchanges.models.cities import City
from exchanges.models.fields import EnumField
from exchanges.models.people import User
from exchanges.models.programmes import Programme

MOST_WEIGHT = 1000


def _weight(label: Any, default: int) -> models.PositiveSmallIntegerField[int, int]:
    validators = [MaxValueValidator(MOST_WEIGHT)]
    return models.PositiveSmallIntegerField(label, default=default, validators=validators)


class MatchingWeights(models.Model):
    """How much each component counts in a programme, per mille. Without a row: the defaults."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="matching_weights")
    learning = _weight(_("learning"), DEFAULT_WEIGHTS.learning)
    language = _weight(_("language"), DEFAULT_WEIGHTS.language)
    dates = _weight(_("common dates"), DEFAULT_WEIGHTS.dates)
    travel = _weight(_("short journey"), DEFAULT_WEIGHTS.travel)
    novelty = _weight(_("new partner"), DEFAULT_WEIGHTS.novelty)
    mix = _weight(_("union and city together"), DEFAULT_WEIGHTS.mix)
    reciprocity = _weight(_("they learn too"), DEFAULT_WEIGHTS.reciprocity)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("weights of matching")
        verbose_name_plural = _("weights of matching")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    learning__lte=MOST_WEIGHT, language__lte=MOST_WEIGHT, dates__lte=MOST_WEIGHT,
                    travel__lte=MOST_WEIGHT, novelty__lte=MOST_WEIGHT, mix__lte=MOST_WEIGHT,
                    reciprocity__lte=MOST_WEIGHT,
                ),
                name="matching_weights_at_most_1000",
            ),
            models.CheckConstraint(
                condition=Q(learning__gt=0) | Q(language__gt=0) | Q(dates__gt=0) | Q(travel__gt=0)
                | Q(novelty__gt=0) | Q(mix__gt=0) | Q(reciprocity__gt=0),
                name="matching_weights_not_all_zero",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.programme)

    @property
    def weights(self) -> Weights:
        return Weights(
            learning=self.learning,
            language=self.language,
            dates=self.dates,
            travel=self.travel,
            novelty=self.novelty,
            mix=self.mix,
            reciprocity=self.reciprocity,
        )


class CityWish(models.Model):
    """A city would like to be matched with another one, or would rather not.

    Who said so and why is read by the city's own contacts and the office; of a veto the other
    city learns nothing.
    """

    city = models.ForeignKey(City, models.CASCADE, related_name="wishes")
    other = models.ForeignKey(City, models.CASCADE, related_name="wished_by")
    kind = EnumField(_("kind"), max_length=12, choices=choices(WishKind))
    reason = models.CharField(_("reason"), max_length=300)
    said_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField(_("said at"))
    is_sample = models.BooleanField(_("sample data"), default=False)

    class Meta:
        verbose_name = _("wish of a city")
        verbose_name_plural = _("wishes of cities")
        ordering = ["kind", "other__slug"]
        constraints = [
            models.UniqueConstraint(fields=["city", "other"], name="city_wish_once"),
            models.CheckConstraint(condition=~Q(city=F("other")), name="city_wish_of_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="city_wish_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.city}: {self.get_kind_display()} {self.other}"


class PlanPair(models.Model):
    """A pair that the office fixed or forbade for every plan of the programme, and why."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="plan_pairs")
    guest = models.ForeignKey(City, models.CASCADE, related_name="+")
    host = models.ForeignKey(City, models.CASCADE, related_name="+")
    rule = EnumField(_("rule"), max_length=10, choices=choices(PairRule))
    reason = models.CharField(_("reason"), max_length=300)
    said_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField(_("said at"))

    class Meta:
        verbose_name = _("fixed or forbidden pair")
        verbose_name_plural = _("fixed and forbidden pairs")
        ordering = ["rule", "guest__slug", "host__slug"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "guest", "host"], name="plan_pair_once"),
            models.CheckConstraint(condition=~Q(guest=F("host")), name="plan_pair_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="plan_pair_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.guest} to {self.host}: {self.get_rule_display()}"
