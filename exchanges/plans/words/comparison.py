"""Two plans side by side: which visits stay, change, go and come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.domain.dates import DateRange
from exchanges.domain.text import fold
from exchanges.plans.words.page import PlanPage, VisitRow
from exchanges.words.formats import listed


class VisitChangeKind(StrEnum):
    SAME = "same"
    MOVED = "moved"
    GUESTS = "guests"
    GONE = "gone"
    NEW = "new"


CHANGES = {
    VisitChangeKind.SAME: gettext_lazy("The same"),
    VisitChangeKind.MOVED: gettext_lazy("Other days"),
    VisitChangeKind.GUESTS: gettext_lazy("Other guests"),
    VisitChangeKind.GONE: gettext_lazy("Only in the first"),
    VisitChangeKind.NEW: gettext_lazy("Only in the second"),
}
ORDER = (
    VisitChangeKind.GONE,
    VisitChangeKind.NEW,
    VisitChangeKind.GUESTS,
    VisitChangeKind.MOVED,
    VisitChangeKind.SAME,
)


@dataclass(frozen=True, slots=True)
class ComparedVisit:
    """A visit in one of the two plans."""

    host: str
    guests: tuple[str, ...]
    dates: DateRange
    points: int

    @property
    def guest_names(self) -> str:
        return listed(self.guests)


@dataclass(frozen=True, slots=True)
class VisitChange:
    kind: VisitChangeKind
    before: ComparedVisit | None
    after: ComparedVisit | None

    @property
    def host(self) -> str:
        side = self.after or self.before
        return side.host if side else ""

    @property
    def words(self) -> str:
        return str(CHANGES[self.kind])


@dataclass(frozen=True, slots=True)
class PlanComparison:
    """`points` and `cities` are what the second plan has less than the first."""

    changes: tuple[VisitChange, ...]
    points: int
    cities: int
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]

    @property
    def same(self) -> list[VisitChange]:
        return [each for each in self.changes if each.kind is VisitChangeKind.SAME]

    @property
    def different(self) -> list[VisitChange]:
        return [each for each in self.changes if each.kind is not VisitChangeKind.SAME]

    @property
    def cities_words(self) -> str:
        """Which cities take part in one of the two only."""
        said = []
        if self.only_first:
            said.append(_("Only in the first: %(names)s.") % {"names": listed(self.only_first)})
        if self.only_second:
            said.append(_("Only in the second: %(names)s.") % {"names": listed(self.only_second)})
        return " ".join(said) or _("The same cities take part.")


def compare(first: PlanPage, second: PlanPage) -> PlanComparison:
    """Compare two solved plans of one programme, perhaps from different snapshots."""
    assert first.result is not None
    assert second.result is not None
    before, after = set(first.result.taking_part), set(second.result.taking_part)
    names = {**first.names, **second.names}
    return PlanComparison(
        changes=_changes(first.rows, second.rows),
        points=first.points - second.points,
        cities=len(before) - len(after),
        only_first=_named(before - after, names),
        only_second=_named(after - before, names),
    )


def _changes(first: Sequence[VisitRow], second: Sequence[VisitRow]) -> tuple[VisitChange, ...]:
    """Return each visit once: matched by host, guests and week, then by less and less of it."""
    left, right = list(first), list(second)
    found = [
        VisitChange(kind, _side(one), _side(other))
        for kind, closeness in (
            (VisitChangeKind.SAME, 3),
            (VisitChangeKind.MOVED, 2),
            (VisitChangeKind.GUESTS, 1),
        )
        for one, other in _matched(left, right, closeness)
    ]
    found += [VisitChange(VisitChangeKind.GONE, _side(each), None) for each in left]
    found += [VisitChange(VisitChangeKind.NEW, None, _side(each)) for each in right]
    return tuple(sorted(found, key=lambda each: (ORDER.index(each.kind), fold(each.host))))


def _matched(
    left: list[VisitRow], right: list[VisitRow], closeness: int
) -> list[tuple[VisitRow, VisitRow]]:
    """Takes what it matches out of both lists."""
    found = []
    for one in list(left):
        other = next((each for each in right if _closeness(one, each) >= closeness), None)
        if other is not None:
            left.remove(one)
            right.remove(other)
            found.append((one, other))
    return found


def _closeness(one: VisitRow, other: VisitRow) -> int:
    if one.host.slug != other.host.slug:
        return 0
    if set(one.visit.guests) != set(other.visit.guests):
        return 1
    return 3 if one.dates == other.dates else 2


def _side(row: VisitRow) -> ComparedVisit:
    return ComparedVisit(
        row.host.name, tuple(guest.name for guest in row.guests), row.dates, row.points
    )


def _named(slugs: Iterable[str], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted((names.get(slug, slug) for slug in slugs), key=fold))
