"""What is left of a problem when some visits are settled: a smaller problem of the same kind."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from exchanges.plans.domain.arrays import Arrays, Ints, Unlike
from exchanges.plans.domain.draft import Draft, Visit
from exchanges.plans.domain.lagrange import kept_by
from exchanges.plans.domain.prices import Prices


@dataclass(frozen=True)
class Residue:
    """`pairs` are the numbers, in the whole problem, of the pairs that are left."""

    arrays: Arrays
    pairs: Ints
    wishes: int

    @cached_property
    def _left(self) -> dict[int, tuple[int, int]]:
        """Return number here and slots, by number in the whole problem."""
        masks = enumerate(self.arrays.mask.tolist())
        return dict(zip(self.pairs.tolist(), masks, strict=True))

    def inside(self, visit: Visit) -> Visit | None:
        """A visit of the whole problem in this one's numbers, if all of it is left."""
        found = [self._left.get(pair) for pair in visit.pairs]
        at = [each[0] for each in found if each is not None and each[1] >> visit.slot & 1]
        return Visit(visit.host, visit.slot, tuple(at)) if len(at) == len(found) else None

    def outside(self, visit: Visit) -> Visit:
        return Visit(visit.host, visit.slot, tuple(self.pairs[list(visit.pairs)].tolist()))

    def carried(self, whole: Prices, prices: Prices) -> Prices:
        """Prices of this problem, for the whole one again; pairs that are gone keep theirs."""
        pair = whole.pair.copy()
        pair[self.pairs] = prices.pair
        return replace(prices, pair=pair)

    def prices(self, prices: Prices) -> Prices:
        """Those of the whole problem, to begin with."""
        part = np.minimum(prices.part, self.arrays.worth)
        return replace(prices, part=part, pair=prices.pair[self.pairs])


def residue_of(
    arrays: Arrays, settled: Iterable[Visit], wishes: int, banned: Iterable[int] = ()
) -> Residue:
    """With `settled` visits held, and `wishes` to keep in all."""
    draft, kept = Draft(arrays, banned), 0
    for visit in settled:
        draft.add(visit)
        kept += kept_by(arrays, visit)
    mask = draft.free[arrays.guest] & draft.free[arrays.host]
    stays = draft.is_open & (mask != 0)
    stays &= (draft.guesting[arrays.guest] > 0) & (draft.hosting[arrays.host] > 0)
    stays &= draft.hosted[arrays.country[arrays.host]] > 0
    pairs = np.flatnonzero(stays)
    left = replace(
        narrowed(arrays, pairs),
        exchanges=draft.exchanges,
        country_limit=draft.hosted,
        hosting=draft.hosting,
        guesting=draft.guesting,
        free=draft.free,
        worth=np.where(draft.visits_of == 0, arrays.worth, 0),
        mask=mask[pairs],
        unlike=(),
    )
    return Residue(left, pairs, max(0, wishes - kept))


def narrowed(arrays: Arrays, pairs: Ints) -> Arrays:
    """With these pairs only, in ascending order."""
    number = {int(pair): at for at, pair in enumerate(pairs)}
    return replace(
        arrays,
        guest=arrays.guest[pairs],
        host=arrays.host[pairs],
        points=arrays.points[pairs],
        mask=arrays.mask[pairs],
        wish=arrays.wish[pairs],
        wish_at={
            (number[pair], slot): count
            for (pair, slot), count in arrays.wish_at.items()
            if pair in number
        },
        unlike=tuple(_narrowed(plan, number) for plan in arrays.unlike),
    )


def _narrowed(plan: Unlike, number: dict[int, int]) -> Unlike:
    visits = tuple(
        tuple(number[pair] for pair in pairs)
        for pairs in plan.visits
        if all(pair in number for pair in pairs)
    )
    return Unlike(visits, max(0, plan.missing - (len(plan.visits) - len(visits))))
