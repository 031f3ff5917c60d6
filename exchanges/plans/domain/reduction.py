"""Which windows a solver has to look at: most of a year's weeks are as good as others."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """One window; or several with the same cities free, so many that visits put there never get in
    each other's way."""

    windows: tuple[int, ...]
    is_roomy: bool


def find_slots(free: Sequence[int], kept: Collection[int], enough: int) -> tuple[Slot, ...]:
    """What is left of the windows, where `free[w]` are the cities free in w, as bits.

    `enough` is one more than the visits that can be in the way of any visit: at most those that
    share a city with it, and never more than all the others. A window outside `kept` goes when
    `enough` windows that stay have at least the same cities free, for no plan needs it. Proof:
    take a plan with a visit there. Fewer than `enough` other visits share a city with it, so one
    of those windows has none of them, all its cities are free in it, and the visit can move. Every
    such move leaves one visit fewer in windows that go, and no points are lost.

    By the same argument, `enough` windows with the same cities free need not be told apart:
    visits put there as a heap can be given different windows afterwards, one after another.
    """
    staying: list[int] = []
    others = [window for window in range(len(free)) if window not in kept and free[window]]
    for window in sorted(others, key=lambda each: (-free[each].bit_count(), free[each], each)):
        better = sum(free[window] & ~free[each] == 0 for each in staying)
        if better < enough:
            staying.append(window)
    alike: dict[int, list[int]] = {}
    for window in staying:
        alike.setdefault(free[window], []).append(window)
    slots = [Slot((window,), False) for window in kept if free[window]]
    for windows in alike.values():
        if len(windows) >= enough:
            slots.append(Slot(tuple(sorted(windows)), True))
        else:
            slots += [Slot((window,), False) for window in windows]
    return tuple(sorted(slots, key=lambda slot: slot.windows))
