"""The budget of one search, watched: when to stop, and what to tell whoever waits."""

from collections.abc import Sequence

from exchanges.plans.domain.facts import Budget, Method, PlannedVisit, PlanProblem, Progress
from exchanges.plans.domain.rules import is_allowed, kept_wishes, objective_of

ASK_EVERY = 0.2
REPORT_EVERY = 0.5


class Watch:
    """Keeps the best plan and the lowest bound found so far, whoever found them.

    A plan is better when it keeps more wishes, then when its objective is higher; equal ones do
    not replace it. `bound` is for plans that keep as many wishes as the best.
    """

    def __init__(
        self, problem: PlanProblem, budget: Budget, bound: int, most_wishes: int, started: float
    ) -> None:
        self.problem = problem
        self.most_wishes = most_wishes
        self.budget = budget
        self.started = started
        self.deadline = self.started + max(0.0, budget.seconds)
        self.method = Method.HEURISTIC
        self.visits: tuple[PlannedVisit, ...] = ()
        self.wishes = 0
        self.objective = 0
        self.bound = self.plain_bound = bound
        self.was_stopped = False
        self._asked = self.started - ASK_EVERY
        self._reported = self.started - REPORT_EVERY

    def seconds(self) -> float:
        return self.budget.clock() - self.started

    def left(self, until: float | None = None) -> float:
        """Seconds, until `until` on the clock or the end; 0 once somebody asked to stop."""
        if self.is_stopped():
            return 0.0
        end = self.deadline if until is None else min(until, self.deadline)
        return max(0.0, end - self.budget.clock())

    def is_over(self, until: float | None = None) -> bool:
        return self.left(until) <= 0 or self.is_proven()

    def is_stopped(self) -> bool:
        now = self.budget.clock()
        if not self.was_stopped and now - self._asked >= ASK_EVERY:
            self._asked = now
            self.was_stopped = self.budget.is_stopped()
        return self.was_stopped

    def is_proven(self) -> bool:
        """Nothing can be better: neither more wishes kept, nor more points."""
        return self.wishes >= self.most_wishes and self.objective >= self.bound

    def offer(self, visits: Sequence[PlannedVisit]) -> bool:
        """Take this plan if it is better than the best, and breaks no rule."""
        if not is_allowed(self.problem, visits):
            return False
        worth = (kept_wishes(self.problem, visits), objective_of(self.problem, visits))
        if worth <= (self.wishes, self.objective):
            return False
        (self.wishes, self.objective), self.visits = worth, tuple(sorted(visits))
        self.report()
        return True

    def nothing_is_possible(self) -> None:
        self.bound = self.plain_bound = self.most_wishes = 0

    def limit(self, bound: int) -> None:
        """No plan that keeps as many wishes as the best is worth more than `bound`."""
        if bound < self.bound:
            self.bound = max(bound, self.objective)
            self.report()

    def report(self) -> None:
        now = self.budget.clock()
        if now - self._reported >= REPORT_EVERY:
            self._reported = now
            self.tell()

    def finish(self) -> None:
        """Say how it ended. As long as more wishes could be kept, nothing is proven."""
        if self.wishes < self.most_wishes:
            self.bound = max(self.bound, self.plain_bound)
        self.tell()

    def tell(self) -> None:
        self.budget.report(
            Progress(self.method, self.objective, self.bound, len(self.visits), self.seconds())
        )
