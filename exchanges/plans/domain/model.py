"""The plain model: who hosts when, who goes where, who takes part; for an integer solver.

    maximise    Σ points · x[pair, place] + Σ worth · c[city]
    x[pair, place] <= y[place]          nobody travels to a visit that is not held
    Σ delegation · x <= places · y      all of them find room
    Σ x >= y                            a visit has a guest, and one for each side that is missing
    c <= Σ x + Σ y                      who takes part
    Σ y <= exchanges, the country's limit, the host's; Σ x <= the guest's; a pair meets once
    in each slot, a city is in one place

A place is a host in a slot; in a slot with room for many visits there are as many as the host can
hold. `m[visit]` marks visits of earlier plans that are missing.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from exchanges.plans.domain.arrays import AUTHORITY, UMN, Arrays, Floats
from exchanges.plans.domain.draft import Visit
from exchanges.plans.domain.solver import IntegerProgramme, Rows


class Model:
    """Columns in the order c, y, x, m. At least `wishes` wishes are kept."""

    def __init__(self, arrays: Arrays, wishes: int) -> None:
        self.arrays = arrays
        self.places = [
            (host, slot, copy)
            for host in arrays.hosts.tolist()
            for slot in np.flatnonzero(
                arrays.free[host] >> np.arange(len(arrays.slots)) & 1
            ).tolist()
            for copy in range(int(arrays.hosting[host]) if arrays.roomy[slot] else 1)
        ]
        self.journeys: list[tuple[int, int]] = []
        self.guests_at: list[list[int]] = []
        first = self.first_journey = arrays.city_count + len(self.places)
        for place, (host, slot, _) in enumerate(self.places):
            pairs = range(int(arrays.start[host]), int(arrays.start[host + 1]))
            able = [pair for pair in pairs if arrays.can_meet[pair, slot]]
            begin = first + len(self.journeys)
            self.guests_at.append(list(range(begin, begin + len(able))))
            self.journeys += [(pair, place) for pair in able]
        self.first_mark = first + len(self.journeys)
        self.mark_count = sum(len(plan.visits) for plan in arrays.unlike)
        self.rows = Rows()
        self._add_places()
        self._add_limits()
        self._add_journeys()
        self._add_parts()
        self._add_wishes(wishes)
        self._add_unlike()

    def programme(self) -> IntegerProgramme:
        arrays = self.arrays
        pairs = [pair for pair, _ in self.journeys]
        count = self.first_mark + self.mark_count
        gains = np.zeros(count)
        gains[: arrays.city_count] = arrays.worth
        gains[self.first_journey : self.first_mark] = arrays.points[pairs]
        whole = np.ones(count, dtype=bool)
        whole[: arrays.city_count] = False
        return IntegerProgramme(gains, np.ones(count), whole, self.rows)

    def _place(self, place: int) -> int:
        return self.arrays.city_count + place

    def _pairs_at(self, place: int) -> list[int]:
        begin = self.first_journey
        return [self.journeys[column - begin][0] for column in self.guests_at[place]]

    def _add_places(self) -> None:
        arrays = self.arrays
        for place, (host, _, copy) in enumerate(self.places):
            held, guests = self._place(place), self.guests_at[place]
            cities = arrays.guest[self._pairs_at(place)]
            for guest in guests:
                self.rows.add([guest, held], [1.0, -1.0], upper=0)
            people = arrays.delegation[cities].astype(float).tolist()
            room = float(min(arrays.places[host], sum(people)))
            self.rows.add([*guests, held], [*people, -room], upper=0)
            self.rows.add([*guests, held], [*[1.0] * len(guests), -1.0], lower=0)
            for side in (AUTHORITY, UMN):
                if not arrays.gives[host] & side:
                    bring = [g for g, city in zip(guests, cities, strict=True)
                             if arrays.gives[city] & side]  # fmt: skip
                    self.rows.add([*bring, held], [*[1.0] * len(bring), -1.0], lower=0)
            if copy:
                self.rows.add([held - 1, held], [1.0, -1.0], lower=0)

    def _add_limits(self) -> None:
        arrays = self.arrays
        columns = range(self._place(0), self._place(len(self.places)))
        self.rows.add(columns, upper=arrays.exchanges)
        for places in _grouped(int(arrays.country[host]) for host, _, _ in self.places):
            limit = int(arrays.country_limit[arrays.country[self.places[places[0]][0]]])
            if len(places) > limit:
                self.rows.add([self._place(place) for place in places], upper=limit)
        for places in _grouped(host for host, _, _ in self.places):
            most = int(arrays.hosting[self.places[places[0]][0]])
            if len(places) > most:
                self.rows.add([self._place(place) for place in places], upper=most)

    def _add_journeys(self) -> None:
        arrays, first = self.arrays, self.first_journey
        for journeys in _grouped(pair for pair, _ in self.journeys):
            if len(journeys) > 1:
                self.rows.add([first + each for each in journeys], upper=1)
        for journeys in _grouped(int(arrays.guest[pair]) for pair, _ in self.journeys):
            most = int(arrays.guesting[arrays.guest[self.journeys[journeys[0]][0]]])
            self.rows.add([first + each for each in journeys], upper=most)
        at: dict[tuple[int, int], list[int]] = {}
        for place, (host, slot, _) in enumerate(self.places):
            if not arrays.roomy[slot]:
                at.setdefault((host, slot), []).append(self._place(place))
        for number, (pair, place) in enumerate(self.journeys):
            slot = self.places[place][1]
            if not arrays.roomy[slot]:
                at.setdefault((int(arrays.guest[pair]), slot), []).append(first + number)
        for columns in at.values():
            if len(columns) > 1:
                self.rows.add(columns, upper=1)

    def _add_parts(self) -> None:
        arrays = self.arrays
        parts: list[list[int]] = [[] for _ in range(arrays.city_count)]
        for place, (host, _, _) in enumerate(self.places):
            parts[host].append(self._place(place))
        for number, (pair, _) in enumerate(self.journeys):
            parts[int(arrays.guest[pair])].append(self.first_journey + number)
        for city, columns in enumerate(parts):
            self.rows.add([city, *columns], [1.0, *[-1.0] * len(columns)], upper=0)

    def wish_counts(self) -> Floats:
        """How many wishes each column keeps."""
        arrays = self.arrays
        counts = np.zeros(self.first_mark + self.mark_count)
        for number, (pair, place) in enumerate(self.journeys):
            at = arrays.wish_at.get((pair, self.places[place][1]), 0)
            counts[self.first_journey + number] = arrays.wish[pair] + at
        return counts

    def _add_wishes(self, wishes: int) -> None:
        counts = self.wish_counts()
        keeping = np.flatnonzero(counts)
        if wishes > 0:
            self.rows.add(keeping.tolist(), counts[keeping].tolist(), lower=wishes)

    def _add_unlike(self) -> None:
        """A visit can only be missing when not all of its pairs meet."""
        meeting: dict[int, list[int]] = {}
        for number, (pair, _) in enumerate(self.journeys):
            meeting.setdefault(pair, []).append(self.first_journey + number)
        mark = self.first_mark
        for plan in self.arrays.unlike:
            for number, pairs in enumerate(plan.visits):
                columns = [column for pair in pairs for column in meeting.get(pair, [])]
                self.rows.add([mark + number, *columns], upper=len(pairs))
            marks = range(mark, mark + len(plan.visits))
            self.rows.add(marks, lower=plan.missing)
            mark += len(plan.visits)

    def start(self, visits: Sequence[Visit]) -> Floats:
        """A known plan as values."""
        arrays, values = self.arrays, np.zeros(self.first_mark + self.mark_count)
        number = {place: at for at, place in enumerate(self.places)}
        journey = {each: self.first_journey + at for at, each in enumerate(self.journeys)}
        used: dict[tuple[int, int], int] = {}
        for visit in visits:
            copy = used.get((visit.host, visit.slot), 0)
            used[visit.host, visit.slot] = copy + 1
            place = number[visit.host, visit.slot, copy]
            values[[self._place(place), visit.host]] = 1
            for pair in visit.pairs:
                values[[journey[pair, place], int(arrays.guest[pair])]] = 1
        meeting = {pair for visit in visits for pair in visit.pairs}
        earlier = [pairs for plan in arrays.unlike for pairs in plan.visits]
        values[self.first_mark :] = [not meeting.issuperset(pairs) for pairs in earlier]
        return values

    def visits(self, values: Floats) -> list[Visit]:
        """What a solution says; whole up to a rounding."""
        found: dict[int, list[int]] = {}
        for number in np.flatnonzero(values[self.first_journey : self.first_mark] > 0.5).tolist():
            pair, place = self.journeys[number]
            found.setdefault(place, []).append(pair)
        return [
            Visit(self.places[place][0], self.places[place][1], tuple(sorted(pairs)))
            for place, pairs in sorted(found.items())
        ]


def _grouped(keys: Iterable[int]) -> list[list[int]]:
    """Return the positions of equal keys."""
    groups: dict[int, list[int]] = {}
    for position, key in enumerate(keys):
        groups.setdefault(key, []).append(position)
    return list(groups.values())
