"""The best hosts for one guest among very many cities, without looking at every pair."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from exchanges.domain.matching.columns import Codes, Ints
from exchanges.domain.matching.facts import CityFacts, Explanation
from exchanges.domain.matching.gates import can_meet
from exchanges.domain.matching.learning import MOST_LEVEL, shown_level, wanted_topics
from exchanges.domain.matching.pairs import explain
from exchanges.domain.matching.points import (
    least_useful,
    meeting_points,
    per_mille,
    points_lost_again,
    tables_of,
)
from exchanges.domain.matching.scores import GAINS
from exchanges.domain.matching.weights import ComponentKind, Weights


@dataclass(frozen=True, slots=True)
class _Wanting:
    """The cities that want to learn a topic: how much, and what they know already."""

    cities: Ints
    weights: Ints
    levels: Ints


class HostIndex:
    """Built once, then asked for any guest.

    For each topic it knows which cities show it, by level, and which want to learn it. A guest's
    needs lead to the hosts that could teach it something; only those are scored, as arrays.
    """

    def __init__(self, hosts: Iterable[CityFacts]) -> None:
        """Raises ValueError when two have the same slug."""
        self.hosts = tuple(hosts)
        self._numbers = {host.slug: number for number, host in enumerate(self.hosts)}
        if len(self._numbers) < len(self.hosts):
            raise ValueError("Two cities have the same slug.")
        self._codes = Codes(self.hosts)
        self._columns = self._codes.columns(self.hosts)
        self._showing = _showing(self.hosts)
        self._wanting = _wanting(self.hosts)
        self._wants = np.array([sum(host.needs.values()) for host in self.hosts], np.int64)
        self._learns_nothing = _sums_with_nobody(self._wanting, len(self.hosts))
        self._refusing = _refusing(self.hosts)
        self._by_slug = np.empty(len(self.hosts), np.int64)
        in_order = sorted(range(len(self.hosts)), key=lambda number: self.hosts[number].slug)
        self._by_slug[in_order] = np.arange(len(self.hosts))

    def top(
        self,
        guest: CityFacts,
        count: int,
        weights: Weights,
        *,
        topics: Collection[str] | None = None,
        allow_same_country: bool = False,
    ) -> tuple[Explanation, ...]:
        """The first of `rank_hosts`, at most `count`, without those that are ruled out."""
        hosts, scores = self._scored(
            guest, weights, topics=topics, allow_same_country=allow_same_country
        )
        best = hosts[_first(scores, self._by_slug[hosts], max(count, 0))]
        return tuple(
            explain(
                guest,
                self.hosts[number],
                weights,
                topics=topics,
                allow_same_country=allow_same_country,
            )
            for number in best
        )

    def _scored(
        self,
        guest: CityFacts,
        weights: Weights,
        *,
        topics: Collection[str] | None,
        allow_same_country: bool,
    ) -> tuple[Ints, Ints]:
        """The hosts that are possible, by number, and their scores."""
        tables = tables_of(weights)
        wanted = wanted_topics(guest, topics)
        total = np.array(sum(wanted.values()), np.int64)
        useful = self._useful(guest, wanted)
        hosts = np.flatnonzero(useful >= least_useful(total)) if wanted else np.arange(0)
        hosts = hosts[self._is_welcome(guest)[hosts]]
        own = self._codes.columns([guest])
        theirs = self._columns.at(hosts)
        possible = can_meet(own, theirs, allow_same_country=allow_same_country)
        hosts, theirs = hosts[possible], theirs.at(possible)
        points = meeting_points(tables, own, theirs)
        points += tables[ComponentKind.LEARNING][per_mille(useful[hosts], total)]
        back = per_mille(self._useful_in_return(guest)[hosts], self._wants[hosts])
        points += tables[ComponentKind.RECIPROCITY][back]
        again = np.isin(hosts, self._known(guest.visited))
        points[again] -= points_lost_again(tables)
        return hosts, points

    def _useful(self, guest: CityFacts, wanted: Mapping[str, int]) -> Ints:
        """What the guest would learn from each host: the sum of weight times gain."""
        gains = {
            topic: weight * GAINS[guest.levels.get(topic, 0)] for topic, weight in wanted.items()
        }
        without = sum(int(each[0]) for each in gains.values())
        useful = np.full(len(self.hosts), without, np.int64)
        for topic, of_level in gains.items():
            for level, hosts in enumerate(self._showing.get(topic, ()), start=1):
                useful[hosts] += of_level[level] - of_level[0]
        return useful

    def _useful_in_return(self, guest: CityFacts) -> Ints:
        """What each host would learn from the guest."""
        useful = self._learns_nothing.copy()
        for topic in guest.levels.keys() & self._wanting.keys():
            wanting = self._wanting[topic]
            gains = GAINS[:, shown_level(guest, topic)] - GAINS[:, 0]
            useful[wanting.cities] += wanting.weights * gains[wanting.levels]
        return useful

    def _is_welcome(self, guest: CityFacts) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        welcome = np.ones(len(self.hosts), np.bool_)
        welcome[self._known({guest.slug, *guest.vetoes})] = False
        welcome[self._refusing.get(guest.slug, [])] = False
        return welcome

    def _known(self, slugs: Iterable[str]) -> list[int]:
        return [self._numbers[slug] for slug in slugs if slug in self._numbers]


def _first(scores: Ints, order: Ints, count: int) -> Ints:
    """Positions of the highest scores, at most `count`; equal ones in `order`."""
    if len(scores) > count:
        least = np.partition(scores, len(scores) - count)[len(scores) - count] if count else 1001
        positions = np.flatnonzero(scores >= least)
    else:
        positions = np.arange(len(scores))
    return positions[np.lexsort((order[positions], -scores[positions]))][:count]


def _showing(hosts: Sequence[CityFacts]) -> dict[str, list[Ints]]:
    """Return the hosts at each level from 1, by topic."""
    found: dict[str, list[list[int]]] = {}
    for number, host in enumerate(hosts):
        for topic in host.levels:
            if level := shown_level(host, topic):
                of_topic = found.setdefault(topic, [[] for _ in range(MOST_LEVEL)])
                of_topic[level - 1].append(number)
    return {
        topic: [np.array(at_level, np.int64) for at_level in levels]
        for topic, levels in found.items()
    }


def _wanting(hosts: Sequence[CityFacts]) -> dict[str, _Wanting]:
    found: dict[str, list[tuple[int, int, int]]] = {}
    for number, host in enumerate(hosts):
        for topic, weight in host.needs.items():
            found.setdefault(topic, []).append((number, weight, host.levels.get(topic, 0)))
    return {topic: _Wanting(*np.array(rows, np.int64).T) for topic, rows in found.items()}


def _sums_with_nobody(wanting: Mapping[str, _Wanting], count: int) -> Ints:
    """What each city would learn from one with level 0 throughout."""
    useful = np.zeros(count, np.int64)
    for each in wanting.values():
        useful[each.cities] += each.weights * GAINS[each.levels, 0]
    return useful


def _refusing(hosts: Sequence[CityFacts]) -> dict[str, list[int]]:
    """By the guest that they do not want to be matched with."""
    found: dict[str, list[int]] = {}
    for number, host in enumerate(hosts):
        for slug in host.vetoes:
            found.setdefault(slug, []).append(number)
    return found
