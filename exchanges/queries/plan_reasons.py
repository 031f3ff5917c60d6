"""Why a plan's pairs are in it, and why another pair is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from exchanges.domain.matching import Explanation, explain
from exchanges.domain.plan import Pair
from exchanges.domain.plan.problem import points_of
from exchanges.models import PlanPair, Topic
from exchanges.queries.plan_pages import Place, PlanPage, VisitRow
from exchanges.words.formats import language_name
from exchanges.words.matching.for_guests import LABELS, Names, Tone, sentence, tone
from exchanges.words.matching.for_office import gate_words


@dataclass(frozen=True, slots=True)
class Reason:
    words: str
    is_caution: bool


@dataclass(frozen=True, slots=True)
class PairWhy:
    """`points` are the score and what wishes add. `gates` rule it out, else `reasons` speak for it,
    as the guest reads them."""

    guest: Place
    host: Place
    score: int
    points: int
    parts: tuple[tuple[str, int], ...]
    reasons: tuple[Reason, ...]
    gates: tuple[str, ...]

    @property
    def wishes(self) -> int:
        return self.points - self.score


def reasons_by_visit(page: PlanPage) -> list[tuple[VisitRow, list[PairWhy]]]:
    """One query, however many visits."""
    names = names_of(page)
    return [
        (row, [why(page, (pair.guest.slug, pair.host.slug), names) for pair in row.pairs])
        for row in page.rows
    ]


class FateKind(StrEnum):
    """What a plan says of a pair, the first that applies."""

    IN_IT = "in_it"
    RULED_OUT = "ruled_out"
    FORBIDDEN = "forbidden"
    BETTER = "better"


@dataclass(frozen=True, slots=True)
class PairFate:
    """`row` is the visit that has it; `said` what the office says of the pair now."""

    kind: FateKind
    why: PairWhy
    row: VisitRow | None
    said: PlanPair | None


def pair_fate(page: PlanPage, pair: Pair) -> PairFate:
    told = why(page, pair, names_of(page))
    guest, host = pair
    rows = (each for each in page.rows if each.visit.host == host and guest in each.visit.guests)
    row = next(rows, None)
    [(_guest, _host, said)] = said_of_pairs(page, [pair])
    if row is not None:
        kind = FateKind.IN_IT
    elif told.gates:
        kind = FateKind.RULED_OUT
    else:
        kind = FateKind.FORBIDDEN if pair in page.request.forbidden else FateKind.BETTER
    return PairFate(kind, told, row, said)


def why(page: PlanPage, pair: Pair, names: Names) -> PairWhy:
    guest, host = (page.places[slug] for slug in pair)
    found = explanation(page, pair)
    cities = tuple(page.by_slug[slug] for slug in pair)
    points = points_of(replace(page.request, cities=cities)).get(pair, 0)
    return PairWhy(
        guest=guest,
        host=host,
        score=found.score,
        points=points,
        parts=tuple((str(LABELS[each.kind]), each.points) for each in found.components),
        reasons=tuple(
            Reason(sentence(each, names), tone(each) == Tone.CAUTION) for each in found.components
        ),
        gates=tuple(gate_words(gate, guest.name, host.name) for gate in found.gates),
    )


def explanation(page: PlanPage, pair: Pair) -> Explanation:
    """By the profiles, weeks and weights of the snapshot."""
    guest, host = (page.by_slug[slug].facts for slug in pair)
    allowed = page.request.allow_same_country
    return explain(guest, host, page.request.weights, allow_same_country=allowed)


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
) -> list[tuple[Place, Place, PlanPair | None]]:
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
