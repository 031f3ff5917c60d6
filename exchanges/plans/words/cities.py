"""What a plan gives each city, and why it leaves others out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exchanges.domain.matching import Explanation, Gate
from exchanges.domain.text import fold
from exchanges.plans.words.page import PlanPage, PlanPlace, VisitRow
from exchanges.plans.words.reasons import explanation
from exchanges.words.formats import listed, sort_key
from exchanges.words.matching.reasons import gate_words

MOST_EXPLAINED = 150
"""In a plan of more cities the pages say less about each that is left out: it takes too long."""


@dataclass(frozen=True, slots=True)
class CityRow:
    """`points` are those of all its visits, as guest and as host."""

    place: PlanPlace
    hosts: tuple[VisitRow, ...]
    travels: tuple[VisitRow, ...]
    points: int
    credit: int
    left_out: str

    @property
    def takes_part(self) -> bool:
        return bool(self.hosts or self.travels)


def city_rows(page: PlanPage, left_out: Mapping[str, str]) -> list[CityRow]:
    """Those that are left out first, then by name; `left_out` is what is known of them already."""
    rows = [_row(page, place, left_out.get(place.slug, "")) for place in page.places.values()]
    return sorted(rows, key=lambda row: (row.takes_part, sort_key(row.place.name)))


def _row(page: PlanPage, place: PlanPlace, known: str) -> CityRow:
    hosts = tuple(row for row in page.rows if row.visit.host == place.slug)
    travels = tuple(row for row in page.rows if place.slug in row.visit.guests)
    own = [pair for row in travels for pair in row.pairs if pair.guest == place]
    city = page.by_slug[place.slug]
    return CityRow(
        place=place,
        hosts=hosts,
        travels=travels,
        points=sum(row.points for row in hosts) + sum(pair.points for pair in own),
        credit=city.credit,
        left_out="" if hosts or travels else known or _left_out(page, place),
    )


def _left_out(page: PlanPage, place: PlanPlace) -> str:
    if page.by_slug[place.slug].is_in:
        return _("It takes part already, in a visit of the programme that is agreed or was held.")
    if len(page.places) > MOST_EXPLAINED:
        return _("It is left out. “Why not this pair?” says what stands in the way of a pair.")
    pairs = _pairs_with(page, place)
    partners = {
        each.host if each.guest == place.slug else each.guest
        for each in pairs
        if not each.is_ruled_out
    }
    if partners:
        names = sorted((page.names[slug] for slug in partners), key=fold)
        words = _("It could meet %(cities)s, but the plan gains more from other visits.")
        return words % {"cities": listed(names)}
    return _gates_words(page, pairs)


def _pairs_with(page: PlanPage, place: PlanPlace) -> list[Explanation]:
    others = [slug for slug in page.places if slug != place.slug]
    forbidden = page.request.forbidden
    pairs = [pair for slug in others for pair in ((place.slug, slug), (slug, place.slug))]
    return [explanation(page, pair) for pair in pairs if pair not in forbidden]


def _gates_words(page: PlanPage, pairs: Sequence[Explanation]) -> str:
    """The reason that stands in the way of most pairs, as it is for one of them."""
    gates = [(gate, each) for each in pairs for gate in each.gates]
    if not gates:
        return _("The office has forbidden all pairs that it could be in.")
    (kind, _count), *_rest = Counter(gate.kind for gate, _pair in gates).most_common()
    gate, pair = next((gate, each) for gate, each in gates if gate.kind is kind)
    return _("It can be matched with no other city, for instance: %(reason)s.") % {
        "reason": _gate(page, gate, pair)
    }


def _gate(page: PlanPage, gate: Gate, pair: Explanation) -> str:
    return gate_words(gate, page.names[pair.guest], page.names[pair.host])
