"""What was said of pairs, by the office and by cities, for the office's pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from exchanges.domain.matching import explain
from exchanges.models import CityWish, PlanPair, Programme
from exchanges.words.matching.data import MatchingData
from exchanges.words.matching.reasons import gate_words


@dataclass(frozen=True, slots=True)
class RuledPair:
    """With its score today; `reasons` say why it is ruled out. Neither: a city is no longer in."""

    pair: PlanPair
    score: int | None
    reasons: tuple[str, ...]


def pair_rows(found: MatchingData) -> list[RuledPair]:
    """Return fixed ones first; by guest, then host."""
    pairs = found.programme.plan_pairs.select_related("guest", "host", "said_by")
    rows = [_row(pair, found) for pair in pairs]
    return sorted(rows, key=lambda row: (row.pair.rule, str(row.pair.guest), str(row.pair.host)))


def wishes_of(programme: Programme) -> Sequence[CityWish]:
    """What cities of the programme say of each other, vetoes first, by city."""
    cities = programme.partners.values("organisation__active_in")
    wishes: QuerySet[CityWish] = CityWish.objects.filter(city__in=cities, other__in=cities)
    rows = wishes.select_related("city", "other", "said_by")
    return sorted(rows, key=lambda row: (row.kind != "veto", str(row.city), str(row.other)))


def _row(pair: PlanPair, found: MatchingData) -> RuledPair:
    guest, host = found.facts.get(pair.guest.slug), found.facts.get(pair.host.slug)
    if guest is None or host is None:
        return RuledPair(pair, None, ())
    allowed = found.programme.allows_same_country
    explained = explain(guest, host, found.weights, allow_same_country=allowed)
    reasons = tuple(gate_words(gate, str(pair.guest), str(pair.host)) for gate in explained.gates)
    return RuledPair(pair, None if reasons else explained.score, reasons)
