"""How many of a programme's exchanges are used, held and free."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from exchanges.enums import VisitState
from exchanges.models import Programme, StudyVisit


@dataclass(frozen=True, slots=True)
class ExchangeCount:
    """`agreed` visits wait for the office; they hold no exchange yet."""

    used: int
    agreed: int
    most: int

    @property
    def free(self) -> int:
        return self.most - self.used

    @property
    def dots(self) -> list[str]:
        held = min(self.agreed, self.free)
        return ["used"] * self.used + ["held"] * held + [""] * (self.free - held)


def count_exchanges(programme: Programme) -> ExchangeCount:
    """Two queries."""
    found = programme.exchanges.aggregate(most=Count("pk"), used=Count("visit"))
    agreed = StudyVisit.objects.filter(programme=programme, state=VisitState.AGREED).count()
    return ExchangeCount(used=found["used"], agreed=agreed, most=found["most"])
