"""The best choice among known visits: an integer programme with a column for each."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from exchanges.plans.domain.arrays import Arrays, Floats
from exchanges.plans.domain.draft import Visit
from exchanges.plans.domain.lagrange import kept_by
from exchanges.plans.domain.prices import Prices, choose, question_at, worth_at
from exchanges.plans.domain.pricing import Pricer
from exchanges.plans.domain.solver import IntegerProgramme, Listener, Rows, Solver

Keys = dict[int | tuple[int, int], list[int]]


class Mixing:
    """Columns: taking part by city, then the visits."""

    def __init__(self, arrays: Arrays, visits: Iterable[Visit], wishes: int) -> None:
        self.arrays = arrays
        self.visits = list(dict.fromkeys(visits))
        self.rows = Rows()
        first = self.first = arrays.city_count
        columns = range(first, first + len(self.visits))
        self.rows.add(columns, upper=arrays.exchanges)
        by_host: Keys = {}
        by_country: Keys = {}
        by_guest: Keys = {}
        by_city: Keys = {}
        by_pair: Keys = {}
        by_day: Keys = {}
        for column, visit in zip(columns, self.visits, strict=True):
            guests = arrays.guest[list(visit.pairs)].tolist()
            by_host.setdefault(visit.host, []).append(column)
            by_country.setdefault(int(arrays.country[visit.host]), []).append(column)
            for guest in guests:
                by_guest.setdefault(guest, []).append(column)
            for city in (visit.host, *guests):
                by_city.setdefault(city, []).append(column)
                if not arrays.roomy[visit.slot]:
                    by_day.setdefault((city, visit.slot), []).append(column)
            for pair in visit.pairs:
                by_pair.setdefault(pair, []).append(column)
        self._limit(by_host, lambda host: int(arrays.hosting[host]))
        self._limit(by_country, lambda country: int(arrays.country_limit[country]))
        self._limit(by_guest, lambda guest: int(arrays.guesting[guest]))
        self._limit(by_pair, lambda pair: 1)
        self._limit(by_day, lambda day: 1)
        for city in np.flatnonzero(arrays.worth).tolist():
            held = by_city.get(city, [])
            self.rows.add([city, *held], [1.0, *[-1.0] * len(held)], upper=0)
        self._keep(wishes)

    def _limit(self, columns_by: Keys, most: Callable[..., int]) -> None:
        for key, columns in columns_by.items():
            if len(columns) > most(key):
                self.rows.add(columns, upper=most(key))

    def _keep(self, wishes: int) -> None:
        if wishes <= 0:
            return
        kept = {self.first + at: kept_by(self.arrays, each) for at, each in enumerate(self.visits)}
        columns = [column for column, count in kept.items() if count]
        self.rows.add(columns, [float(kept[column]) for column in columns], lower=wishes)

    def solve(
        self, solver: Solver, start: Sequence[Visit], seconds: float, listener: Listener
    ) -> list[Visit] | None:
        """The best mix found in time; `start` are visits among the known ones."""
        arrays, count = self.arrays, self.first + len(self.visits)
        gains = np.zeros(count)
        gains[: self.first] = arrays.worth
        gains[self.first :] = [arrays.points[list(each.pairs)].sum() for each in self.visits]
        whole = np.ones(count, dtype=bool)
        whole[: self.first] = False
        programme = IntegerProgramme(gains, np.ones(count), whole, self.rows)
        answer = solver.integer(programme, self._start(start), seconds, listener)
        return None if answer.values is None else self.chosen(answer.values)

    def _start(self, visits: Sequence[Visit]) -> Floats:
        values = np.zeros(self.first + len(self.visits))
        number = {visit: self.first + at for at, visit in enumerate(self.visits)}
        for visit in visits:
            cities = [visit.host, *self.arrays.guest[list(visit.pairs)].tolist()]
            values[[number[visit], *cities]] = 1
        values[: self.first][self.arrays.worth == 0] = 0
        return values

    def chosen(self, values: Floats) -> list[Visit]:
        taken = np.flatnonzero(values[self.first :] > 0.5).tolist()
        return [self.visits[number] for number in taken]


def most_promising(
    arrays: Arrays, prices: Prices, visits: Iterable[Visit], most: int, allowance: float
) -> list[Visit]:
    """Those that are worth most at these prices, less what one visit more is worth; none that is
    worth less than `allowance` below that, as no better plan contains such a visit."""
    question = question_at(arrays, prices)
    choice = choose(arrays, Pricer(arrays).values(question))
    is_full = len(choice.values) >= arrays.exchanges
    least = float(choice.values[-1]) if is_full and len(choice.values) else 0.0
    worth = {visit: worth_at(question, visit) for visit in visits}
    near = [visit for visit, value in worth.items() if value >= least - allowance]
    return sorted(near, key=lambda visit: (-worth[visit], visit))[:most]


def in_other_slots(arrays: Arrays, visits: Iterable[Visit]) -> list[Visit]:
    """Return the same visits in all slots that suit them."""
    found: dict[Visit, None] = {}
    for visit in visits:
        for slot in np.flatnonzero(arrays.can_meet[list(visit.pairs)].all(axis=0)).tolist():
            found[visit._replace(slot=slot)] = None
    return list(found)
