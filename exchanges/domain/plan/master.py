"""The best mix of known visits: a linear programme that grows, and the prices it gives."""

from collections.abc import Iterable, Sequence

import numpy as np

from exchanges.domain.plan.arrays import Arrays, Floats
from exchanges.domain.plan.draft import Visit
from exchanges.domain.plan.prices import Prices
from exchanges.domain.plan.solver import Columns, LinearProgramme, Listener, Relaxed, Rows, Solver

VIOLATED = 1e-6


class Master:
    """Rows: exchanges, wishes, countries, hosts, guests, taking part; then, as they turn out to be
    needed, pairs that meet more than once and cities in two places.

    Columns: taking part by city, the wishes given up at a price, then the visits.
    """

    def __init__(self, arrays: Arrays, solver: Solver, wishes: int, wish_worth: int) -> None:
        self.arrays = arrays
        self.wishes = wishes
        cities = arrays.city_count
        self.countries = int(arrays.country.max(initial=-1)) + 1
        self.country_row = 2
        self.host_row = self.country_row + self.countries
        self.guest_row = self.host_row + cities
        self.part_row = self.guest_row + cities
        self.row_count = self.part_row + cities
        self.pair_rows: dict[int, int] = {}
        self.day_rows: dict[tuple[int, int], int] = {}
        self.visits: list[Visit] = []
        self.numbers: dict[Visit, int] = {}
        self.gains: list[float] = []
        self.first = cities + 1
        self.programme: LinearProgramme = solver.linear(self._rows())
        self.programme.add_columns(self._first_columns(wish_worth))

    def _rows(self) -> Rows:
        arrays, rows = self.arrays, Rows()
        limit = max(arrays.problem.country_limit, 0)
        rows.add([], upper=arrays.exchanges)
        rows.add([], lower=self.wishes)
        for _ in range(self.countries):
            rows.add([], upper=limit)
        for most in (*arrays.hosting.tolist(), *arrays.guesting.tolist()):
            rows.add([], upper=most)
        for _ in range(arrays.city_count):
            rows.add([], upper=0)
        return rows

    def _first_columns(self, wish_worth: int) -> Columns:
        cities = self.arrays.city_count
        return Columns(
            gains=np.append(self.arrays.worth, -wish_worth).astype(float),
            upper=np.append(np.ones(cities), float(max(self.wishes, 0))),
            starts=np.arange(cities + 1),
            rows=np.append(self.part_row + np.arange(cities), 1),
            values=np.ones(cities + 1),
        )

    def add(self, visits: Iterable[Visit]) -> int:
        """How many of them were new."""
        new = [each for each in dict.fromkeys(visits) if each not in self.numbers]
        starts, rows, values, gains = [], [], [], []
        for visit in new:
            entries = self._entries(visit)
            starts.append(len(rows))
            rows += entries.keys()
            values += entries.values()
            gains.append(float(self.arrays.points[list(visit.pairs)].sum()))
            self.numbers[visit] = len(self.visits)
            self.visits.append(visit)
        self.gains += gains
        self.programme.add_columns(
            Columns(
                gains=np.array(gains),
                upper=np.ones(len(new)),
                starts=np.array(starts, dtype=np.int64),
                rows=np.array(rows, dtype=np.int64),
                values=np.array(values, dtype=float),
            )
        )
        return len(new)

    def _entries(self, visit: Visit) -> dict[int, float]:
        arrays, pairs = self.arrays, list(visit.pairs)
        guests = arrays.guest[pairs].tolist()
        entries = {0: 1.0, self.country_row + int(arrays.country[visit.host]): 1.0}
        entries[self.host_row + visit.host] = 1.0
        if kept := self.kept_by(visit):
            entries[1] = float(kept)
        for city in (visit.host, *guests):
            entries[self.part_row + city] = -1.0
            if (row := self.day_rows.get((city, visit.slot))) is not None:
                entries[row] = 1.0
        for pair, guest in zip(pairs, guests, strict=True):
            entries[self.guest_row + guest] = 1.0
            if (row := self.pair_rows.get(pair)) is not None:
                entries[row] = 1.0
        return entries

    def kept_by(self, visit: Visit) -> int:
        """How many wishes it keeps."""
        if not self.arrays.wish_count:
            return 0
        at = sum(self.arrays.wish_at.get((pair, visit.slot), 0) for pair in visit.pairs)
        return int(self.arrays.wish[list(visit.pairs)].sum()) + at

    def solve(self, seconds: float, listener: Listener) -> Relaxed | None:
        return self.programme.solve(seconds, listener)

    def shares(self, relaxed: Relaxed) -> Floats:
        """How much of each visit."""
        return relaxed.values[self.first :]

    def tighten(self, relaxed: Relaxed) -> int:
        """Add the rows that this mix breaks; how many."""
        pairs: dict[int, float] = {}
        days: dict[tuple[int, int], float] = {}
        shares = self.shares(relaxed)
        for number in np.flatnonzero(shares > VIOLATED).tolist():
            visit, share = self.visits[number], float(shares[number])
            for pair in visit.pairs:
                pairs[pair] = pairs.get(pair, 0.0) + share
            if not self.arrays.roomy[visit.slot]:
                for city in self.cities(visit):
                    days[city, visit.slot] = days.get((city, visit.slot), 0.0) + share
        new_pairs = [pair for pair, sum_ in pairs.items() if sum_ > 1 + VIOLATED]
        new_days = [day for day, sum_ in days.items() if sum_ > 1 + VIOLATED]
        self._add_rows(new_pairs, new_days)
        return len(new_pairs) + len(new_days)

    def _add_rows(self, pairs: Sequence[int], days: Sequence[tuple[int, int]]) -> None:
        at_pair: dict[int, list[int]] = {pair: [] for pair in pairs}
        at_day: dict[tuple[int, int], list[int]] = {day: [] for day in days}
        for number, visit in enumerate(self.visits):
            for pair in visit.pairs:
                if pair in at_pair:
                    at_pair[pair].append(self.first + number)
            for city in self.cities(visit):
                if (city, visit.slot) in at_day:
                    at_day[city, visit.slot].append(self.first + number)
        rows = Rows()
        for pair, columns in at_pair.items():
            self.pair_rows[pair] = self.row_count + len(rows)
            rows.add(columns, upper=1)
        for day, columns in at_day.items():
            self.day_rows[day] = self.row_count + len(rows)
            rows.add(columns, upper=1)
        self.row_count += len(rows)
        self.programme.add_rows(rows)

    def cities(self, visit: Visit) -> list[int]:
        return [visit.host, *self.arrays.guest[list(visit.pairs)].tolist()]

    def prices(self, relaxed: Relaxed) -> Prices:
        """Of the rows, as far as solving left them on the right side of zero."""
        cities, duals = self.arrays.city_count, np.maximum(relaxed.duals, 0)
        pair = np.zeros(self.arrays.pair_count)
        pair[list(self.pair_rows)] = duals[list(self.pair_rows.values())]
        day = np.zeros((cities, len(self.arrays.slots)))
        for at, row in self.day_rows.items():
            day[at] = duals[row]
        return Prices(
            guest=duals[self.guest_row : self.part_row],
            part=duals[self.part_row : self.part_row + cities],
            pair=pair,
            day=day,
            wish=float(max(-relaxed.duals[1], 0)),
            exchange=float(duals[0]),
            country=duals[self.country_row : self.host_row],
            host=duals[self.host_row : self.guest_row],
        )
