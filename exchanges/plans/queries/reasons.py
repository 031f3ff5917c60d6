"""Why a plan's pairs are in it, and why another pair is not."""

from __future__ import annotations

from collections.abc import Iterable

from exchanges.models import PlanPair, Topic
from exchanges.plans.domain import Pair
from exchanges.plans.words.page import PlanPage, PlanPlace, VisitRow
from exchanges.plans.words.reasons import FateKind, PairFate, PairWhy, why
from exchanges.words.formats import language_name
from exchanges.words.matching.data import Names


def reasons_by_visit(page: PlanPage) -> list[tuple[VisitRow, list[PairWhy]]]:
    """Read it in one query, however many visits."""
    names = names_of(page)
    return [
        (row, [why(page, (pair.guest.slug, pair.host.slug), names) for pair in row.pairs])
        for row in page.rows
    ]


def pair_fate(page: PlanPage, pair: Pair) -> PairFate:
    reasons = why(page, pair, names_of(page))
    guest, host = pair
    rows = (each for each in page.rows if each.visit.host == host and guest in each.visit.guests)
    row = next(rows, None)
    [(_guest, _host, said)] = said_of_pairs(page, [pair])
    if row is not None:
        kind = FateKind.IN_IT
    elif reasons.gates:
        kind = FateKind.RULED_OUT
    else:
        kind = FateKind.FORBIDDEN if pair in page.request.forbidden else FateKind.BETTER
    return PairFate(kind, reasons, row, said)


def names_of(page: PlanPage) -> Names:
    codes = {code for city in page.request.cities for code in city.facts.working_languages}
    return Names(
        topics={topic.slug: str(topic) for topic in Topic.objects.all()},
        languages={code: language_name(code) for code in codes},
        windows=page.request.windows,
        cities=page.names,
    )


def said_of_pairs(
    page: PlanPage, pairs: Iterable[Pair]
) -> list[tuple[PlanPlace, PlanPlace, PlanPair | None]]:
    """Guest and host, with who fixed or forbade them and why, if that still stands."""
    rows = PlanPair.objects.filter(programme=page.plan.programme_id)
    said = {
        (row.guest.slug, row.host.slug): row
        for row in rows.select_related("guest", "host", "said_by")
    }
    places = page.places
    return [
        (places[guest], places[host], said.get((guest, host)))
        for guest, host in sorted(pairs)
        if guest in places and host in places
    ]
