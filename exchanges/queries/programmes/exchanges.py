"""How many of a programme's exchanges are used, asked for and free."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count

from exchanges.enums import VisitState
from exchanges.models import Programme, StudyVisit


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
    """Count a programme's exchanges with two queries."""
    found = programme.exchanges.aggregate(most=Count("pk"), used=Count("visit"))
    agreed = StudyVisit.objects.filter(programme=programme, state=VisitState.AGREED).count()
    return ExchangeCount(used=found["used"], agreed=agreed, most=found["most"])
