"""Whether a city can be matched now, why not, and the cheapest changes that would open more."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchanges.domain.matching.advice import Advice, InTheWay, changes_that_help
from exchanges.domain.matching.windows import ClosureKind, mask_of
from exchanges.enums import Side
from exchanges.models import City, Programme
from exchanges.words.cities.changes import SuggestedChange, opened, suggested_change
from exchanges.words.cities.windows import CityWindows, city_windows
from exchanges.words.formats import listed
from exchanges.words.matching.data import MatchingData
from exchanges.words.matching.gates import GATE_WORDS


@dataclass(frozen=True, slots=True)
class SideAdvice:
    """What stands in the way is told while nobody is open, the changes always."""

    side: Side
    partners: tuple[str, ...]
    headline: str
    why: tuple[str, ...]
    changes: tuple[SuggestedChange, ...]
    together: tuple[SuggestedChange, ...]
    together_effect: str

    @property
    def is_open(self) -> bool:
        return bool(self.partners)


@dataclass(frozen=True, slots=True)
class CityAdvice:
    """For one programme, as guest and as host."""

    programme: Programme
    city: City
    sides: tuple[SideAdvice, ...]
    windows: CityWindows

    @property
    def is_matchable(self) -> bool:
        return any(side.is_open for side in self.sides)

    @property
    def closed(self) -> str:
        """What is not possible yet, in a sentence without the reasons; nothing when all is."""
        closed = {side.side for side in self.sides if not side.is_open}
        if len(closed) > 1:
            return _("%(city)s cannot be matched yet") % {"city": self.city}
        if Side.GUEST in closed:
            return _("%(city)s cannot visit anybody yet") % {"city": self.city}
        if Side.HOST in closed:
            return _("Nobody can visit %(city)s yet") % {"city": self.city}
        return ""


def city_advice(found: MatchingData, city: City) -> CityAdvice:
    """Nothing is read; `found` has everything."""
    return CityAdvice(
        found.programme,
        city,
        tuple(_of_side(found, city, side) for side in (Side.GUEST, Side.HOST)),
        city_windows(found, city),
    )


def can_free(found: MatchingData, city: City) -> int:
    """The windows, as bits, that only blackouts of its own take."""
    return mask_of(
        index
        for index, lost in found.lost[city.slug].items()
        if all(reason.kind is ClosureKind.BLACKOUT for reason in lost.reasons)
    )


def _of_side(found: MatchingData, city: City, side: Side) -> SideAdvice:
    advice = changes_that_help(
        found.facts[city.slug],
        found.facts.values(),
        side,
        can_free=can_free(found, city),
        allow_same_country=found.programme.allows_same_country,
    )
    names = found.names
    partners = tuple(sorted(names.cities.get(slug, slug) for slug in advice.partners))
    together = advice.together
    return SideAdvice(
        side=side,
        partners=partners,
        headline=_headline(city, side, partners),
        why=() if partners else tuple(_reason(each, side) for each in _telling(advice, side)),
        changes=tuple(suggested_change(each, side, names) for each in advice.changes),
        together=tuple(suggested_change(each, side, names) for each in together),
        together_effect=opened(together[0].opens, side, names) if together else "",
    )


def _headline(city: City, side: Side, partners: tuple[str, ...]) -> str:
    told = {"city": city, "number": len(partners), "cities": listed(partners)}
    if side == Side.GUEST and not partners:
        return _("%(city)s cannot visit anybody yet, because") % told
    if not partners:
        return _("Nobody can visit %(city)s yet, because") % told
    if side == Side.GUEST:
        words = ngettext(
            "%(city)s can visit %(number)s host: %(cities)s",
            "%(city)s can visit %(number)s hosts: %(cities)s",
            len(partners),
        )
    else:
        words = ngettext(
            "%(city)s can receive %(number)s guest: %(cities)s",
            "%(city)s can receive %(number)s guests: %(cities)s",
            len(partners),
        )
    return words % told


def _telling(advice: Advice, side: Side) -> list[InTheWay]:
    """What the city itself has not told comes first, before what others are like."""
    return sorted(advice.in_the_way, key=lambda each: GATE_WORDS[each.kind].only_about != side)


def _reason(each: InTheWay, side: Side) -> str:
    gate = GATE_WORDS[each.kind]
    words = (side == Side.HOST and gate.in_way_of_host) or gate.in_way_of_guest
    assert words, f"a gate that never stands in the way: {each.kind}"
    return str(words % {"count": each.cities})
