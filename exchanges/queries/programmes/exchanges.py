"""How many of a programme's exchanges are used, asked for and free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count

from exchanges.enums import VisitState
from exchanges.models import Exchange, Programme, StudyVisit


class ExchangeUse(StrEnum):
    """What one of a programme's exchanges is used for."""

    USED = "used"
    ASKED_FOR = "asked_for"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class ExchangeCount:
    """The exchanges of a programme; `agreed` visits wait for the office, which gives them one."""

    used: int
    agreed: int
    most: int

    @property
    def free(self) -> int:
        return self.most - self.used

    @property
    def left(self) -> int:
        """Return how many are free once every agreed visit has one."""
        return max(0, self.free - self.agreed)

    @property
    def uses(self) -> list[ExchangeUse]:
        """Return one use for each exchange: used first, then asked for, then free."""
        asked_for = [ExchangeUse.ASKED_FOR] * (self.free - self.left)
        return [ExchangeUse.USED] * self.used + asked_for + [ExchangeUse.FREE] * self.left


def count_exchanges(programme: Programme) -> ExchangeCount:
    return counts_of_exchanges([programme])[programme.pk]


def counts_of_exchanges(programmes: Collection[Programme]) -> dict[int, ExchangeCount]:
    """Count the exchanges of each programme, by its id, with two queries."""
    exchanges = Exchange.objects.filter(programme__in=programmes).order_by()
    numbers = exchanges.values("programme").annotate(most=Count("pk"), used=Count("visit"))
    visits = StudyVisit.objects.filter(programme__in=programmes, state=VisitState.AGREED)
    agreed = Counter(visits.values_list("programme", flat=True))
    found = {row["programme"]: (row["most"], row["used"]) for row in numbers}
    return {
        each.pk: ExchangeCount(most=most, used=used, agreed=agreed[each.pk])
        for each in programmes
        for most, used in [found.get(each.pk, (0, 0))]
    }
