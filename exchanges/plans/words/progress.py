"""How far a plan is while it is being solved, and why it failed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.enums import PlanState
from exchanges.models import ProgrammePlan
from exchanges.plans.domain import Method
from exchanges.plans.words.plan import METHODS
from exchanges.words.formats import number, share

WHOLE = 100
NEWS = (50, 25, 10, 5, 2, 1)
"""A reader of the screen is told when the gap falls below one of these, in per cent."""


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """`percent` of the best that is possible. `said` is what the reader was told last."""

    is_started: bool
    visits: int
    percent: int
    method_words: str
    gap_words: str
    seconds_words: str
    objective_words: str
    said: str
    is_news: bool

    @property
    def said_words(self) -> str:
        return f"{self.method_words}. {self.gap_words}"


def progress_of(plan: ProgrammePlan, said: str = "") -> ProgressPage:
    progress = plan.progress
    objective, bound = progress.get("objective", 0), progress.get("bound", 0)
    method = progress.get("method", "")
    gap = (bound - objective) / bound if bound > 0 else 1.0
    now = f"{method}-{_step(gap)}" if progress else plan.state
    return ProgressPage(
        is_started=bool(progress),
        visits=progress.get("visits", 0),
        percent=min(WHOLE, max(0, round(WHOLE * (1 - gap)))),
        method_words=_method_words(plan, method),
        gap_words=_gap_words(gap) if progress else "",
        seconds_words=_seconds_words(progress.get("seconds", 0.0), plan.time_limit),
        objective_words=_("%(points)s of at most %(bound)s")
        % {"points": number(objective), "bound": number(bound)},
        said=now,
        is_news=now != said,
    )


FAILURES = {
    "stopped": gettext_lazy("It was stopped before anybody began to solve it."),
}


def failure_words(plan: ProgrammePlan) -> str:
    fallback = _("The computation did not finish. Ask for the plan again; nothing is lost.")
    return str(FAILURES.get(plan.failure, fallback))


def _step(gap: float) -> int:
    return sum(gap * WHOLE <= limit for limit in NEWS)


def _gap_words(gap: float) -> str:
    if gap <= 0:
        return _("No better plan is possible.")
    return _("A better plan could gain at most %(share)s.") % {"share": share(gap)}


def _method_words(plan: ProgrammePlan, method: str) -> str:
    if method in set(Method):
        return str(METHODS[Method(method)])
    if plan.state == PlanState.QUEUED:
        return _("Waiting for the plans before it, or for the program that solves them")
    return _("Reading the cities and their weeks")


def _seconds_words(seconds: float, limit: int) -> str:
    numbers = {"seconds": number(round(seconds, 1)), "limit": limit}
    return _("%(seconds)s of at most %(limit)s seconds") % numbers
