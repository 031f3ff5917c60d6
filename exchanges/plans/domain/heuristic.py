"""A good plan without a proof: visits one by one, the best first, then taken out and put in anew.

Every visit put in is the best one for some host and window, with the guests that are left. A host
is worth less the more guests are taken, so what it was worth before tells which to look at.
"""

from collections.abc import Callable, Iterable, Sequence
from random import Random

import numpy as np

from exchanges.plans.domain.arrays import AUTHORITY, UMN, Arrays, Ints
from exchanges.plans.domain.draft import Draft, Visit
from exchanges.plans.domain.pricing import NOTHING, Pricer, Question

SEED = 20
AT_ONCE = 12
MOST_TAKEN_OUT = 5
IDLE_ROUNDS = 500
BEYOND = 1e17
WORTHLESS = 0.01
"""Below the smallest gain, and above what the tie-breaking adds."""


class Heuristic:
    """Improves its `draft` for as long as it is asked to.

    `hope` is what a host can add at most: what it was worth when last looked at, and more when
    guests came back since.
    """

    def __init__(self, arrays: Arrays, draft: Draft, pricer: Pricer, seed: int = SEED) -> None:
        self.arrays = arrays
        self.draft = draft
        self.pricer = pricer
        self.random = Random(seed)
        shape = (arrays.city_count, len(arrays.slots))
        self.ties = np.random.default_rng(seed).random(shape) * WORTHLESS / 2
        self.hope = np.full(arrays.city_count, NOTHING)
        self.hope[arrays.hosts] = BEYOND
        self.by_guest = np.argsort(arrays.guest, kind="stable")
        self.guest_start = np.searchsorted(
            arrays.guest[self.by_guest], np.arange(arrays.city_count + 1)
        )

    def start_from(self, visits: Iterable[Visit]) -> None:
        """Take over what is still possible."""
        for visit in visits:
            if self._holds(visit) and self.draft.is_possible(visit):
                self.draft.add(visit)

    def _holds(self, visit: Visit) -> bool:
        arrays, pairs = self.arrays, list(visit.pairs)
        guests = arrays.guest[pairs]
        gives = int(np.bitwise_or.reduce(arrays.gives[guests])) | int(arrays.gives[visit.host])
        people = int(arrays.delegation[guests].sum())
        return gives == (AUTHORITY | UMN) and people <= int(arrays.places[visit.host])

    def fill(self, is_over: Callable[[], bool]) -> None:
        """Add the best visit as long as one gains anything."""
        while self.draft.exchanges > 0 and not is_over():
            found = self._best_visit()
            if found is None:
                return
            if self.draft.is_possible(found):
                self.draft.add(found)
            else:
                self.hope[found.host] = NOTHING

    def _best_visit(self) -> Visit | None:
        """Hosts are looked at in the order of hope, until one holds what it promised."""
        seen: dict[int, tuple[int, Question]] = {}
        while True:
            best = int(np.argmax(self.hope)) if len(self.hope) else -1
            if best < 0 or self.hope[best] <= WORTHLESS:
                return None
            if best in seen:
                slot, question = seen[best]
                pairs = self.pricer.sets([best * len(self.arrays.slots) + slot], question)[0]
                if pairs:
                    return Visit(best, slot, pairs)
                self.hope[best] = NOTHING
                continue
            hosts = self._most_hopeful()
            question = self.draft.question(hosts)
            values = self.pricer.values(question) + self.ties
            slots = np.argmax(values[hosts], axis=1)
            self.hope[hosts] = values[hosts, slots]
            seen.update((int(h), (int(s), question)) for h, s in zip(hosts, slots, strict=True))

    def _most_hopeful(self) -> Ints:
        unseen = np.flatnonzero(self.hope >= BEYOND)
        if len(unseen) > AT_ONCE or len(self.hope) <= AT_ONCE:
            return unseen if len(unseen) else self.arrays.hosts
        top = np.argpartition(-self.hope, AT_ONCE)[:AT_ONCE]
        return np.sort(top[self.hope[top] > 0])

    def improve(self, is_over: Callable[[], bool], rounds: int = IDLE_ROUNDS) -> None:
        """Take a few visits out that are near each other, fill up, keep what is not worse; until
        nothing was gained for so many rounds."""
        idle = 0
        while self.draft.visits and idle < rounds and not is_over():
            before = self.draft.value
            self._try_again(is_over)
            idle = 0 if self.draft.value > before + WORTHLESS else idle + 1

    def _try_again(self, is_over: Callable[[], bool]) -> None:
        draft, hope, value = self.draft, self.hope.copy(), self.draft.value
        out = self._neighbours()
        for visit in out:
            draft.remove(visit)
            self._raise_hope(visit)
        kept = len(draft.visits)
        self.fill(is_over)
        if draft.value >= value - WORTHLESS:
            return
        for visit in draft.visits[kept:]:
            draft.remove(visit)
        for visit in out:
            draft.add(visit)
        self.hope = hope

    def _neighbours(self) -> list[Visit]:
        """A visit, and others that took guests who could have come to it; or any others."""
        visits, arrays = self.draft.visits, self.arrays
        chosen = [self.random.choice(visits)]
        begin, end = arrays.start[chosen[0].host], arrays.start[chosen[0].host + 1]
        is_near = self.random.random() < 0.7
        for _ in range(self.random.randrange(MOST_TAKEN_OUT)):
            if is_near:
                guest = int(arrays.guest[self.random.randrange(begin, end)])
                with_it = [each for each in visits if guest in self._cities(each)]
            else:
                with_it = visits
            if with_it:
                chosen.append(self.random.choice(with_it))
        return list(dict.fromkeys(chosen))

    def _cities(self, visit: Visit) -> list[int]:
        return [visit.host, *self.arrays.guest[list(visit.pairs)].tolist()]

    def _raise_hope(self, visit: Visit) -> None:
        """Its host and guests can now host and travel elsewhere; its country can host again."""
        arrays, hosts = self.arrays, self.arrays.hosts
        if self.draft.hosted[arrays.country[visit.host]] <= 1:
            self.hope[hosts[arrays.country[hosts] == arrays.country[visit.host]]] = BEYOND
        for city in self._cities(visit):
            pairs = self.by_guest[self.guest_start[city] : self.guest_start[city + 1]]
            more = self.draft.base[pairs] + arrays.worth[city]
            if self.draft.by_slot is not None:
                more = more + self.draft.by_slot[pairs].max(axis=1, initial=0)
            hope = np.maximum(self.hope[arrays.host[pairs]], 0) + np.maximum(more, 0)
            self.hope[arrays.host[pairs]] = hope
            if arrays.start[city] < arrays.start[city + 1]:
                self.hope[city] = BEYOND


def find_plan(
    arrays: Arrays,
    draft: Draft,
    start: Sequence[Visit],
    is_over: Callable[[], bool],
    seed: int = SEED,
) -> Heuristic:
    """Start from a known plan, or nothing, and fill up."""
    heuristic = Heuristic(arrays, draft, Pricer(arrays), seed)
    heuristic.start_from(start)
    heuristic.fill(is_over)
    return heuristic
