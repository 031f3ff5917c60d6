"""Phrases that are the same whichever side reads them, or that only swap the sides."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from exchanges.domain.dates import DateRange
from exchanges.domain.matching import Facts, TopicGain
from exchanges.words.formats import day_range, in_sentence, listed, month


def topics_ahead(facts: Facts) -> tuple[TopicGain, ...]:
    return tuple(each for each in facts["topics"] if each.steps > 0)


def topic_name(gain: TopicGain, topics: Mapping[str, str]) -> str:
    return in_sentence(topics.get(gain.topic, gain.topic))


def ahead(phrases: Mapping[int, Promise], facts: Facts, topics: Mapping[str, str]) -> str:
    first, *others = topics_ahead(facts)
    phrase = str(phrases[first.steps]) % {"topic": topic_name(first, topics)}
    if not others:
        return phrase
    return ngettext(
        "%(ahead)s, and ahead on %(count)d more topic",
        "%(ahead)s, and ahead on %(count)d more topics",
        len(others),
    ) % {"ahead": phrase, "count": len(others)}


def not_ahead(facts: Facts) -> str:
    if topics_ahead(facts):
        return gettext("Is ahead of you on too little of what you want to learn")
    return ngettext(
        "Is not ahead of you on this topic",
        "Is not ahead of you on any of these topics",
        len(facts["topics"]),
    )


def shared_languages(facts: Facts, languages: Mapping[str, str]) -> str:
    spoken = [languages.get(code, code) for code in facts["shared"]]
    return gettext("Works in %(languages)s with you") % {"languages": listed(spoken)}


def dates(common: Sequence[int], windows: Sequence[DateRange]) -> str:
    """`common` are indices of `windows`; which days they are is left out when that is not known."""
    known = [windows[index] for index in common if index < len(windows)]
    days = [day_range(each.start, each.end) for each in known[:2]]
    if len(days) < min(len(common), 2):
        plain = ngettext("%(number)s common window", "%(number)s common windows", len(common))
        return capfirst(plain % {"number": len(common)})
    if len(common) == 1:
        return gettext("One common window only: %(first)s") % {"first": days[0]}
    if len(common) == 2:
        return gettext("Two common windows only: %(both)s") % {"both": listed(days)}
    several = ngettext(
        "%(number)s common window, the first %(first)s",
        "%(number)s common windows, the first %(first)s",
        len(common),
    )
    return capfirst(several % {"number": len(common), "first": days[0]})


def no_window(*, own: int, other: int) -> str:
    if own == 0:
        return gettext("You have no free week left in this programme")
    if other == 0:
        return gettext("Has no free week left in this programme")
    return gettext("You have no free week in common")


def month_of(value: str) -> str:
    """Return May 2022 for "2022-05"."""
    return month(date.fromisoformat(f"{value}-01"))


def mix(facts: Facts, *, own: Literal["guest", "host"]) -> str:
    """Return which side lacks whom, the reader's own first."""
    other = "host" if own == "guest" else "guest"
    missing = [
        *_without_authority(facts[f"{own}_authority"], facts[f"{other}_authority"]),
        *_without_member(facts[f"{own}_umn"], facts[f"{other}_umn"]),
    ]
    if missing:
        return gettext("Missing: %(missing)s") % {"missing": listed(missing)}
    return gettext("Local authority and UnionMigrantNet member on both sides")


def _without_authority(own_has: bool, other_has: bool) -> Iterator[str]:
    if not own_has and not other_has:
        yield gettext("a local authority on either side")
    elif not own_has:
        yield gettext("a local authority on your side")
    elif not other_has:
        yield gettext("a local authority on their side")


def _without_member(own_has: bool, other_has: bool) -> Iterator[str]:
    if not own_has and not other_has:
        yield gettext("a UnionMigrantNet member on either side")
    elif not own_has:
        yield gettext("a UnionMigrantNet member on your side")
    elif not other_has:
        yield gettext("a UnionMigrantNet member on their side")


def forbidden(*, is_own: bool) -> str:
    """The other side's veto is for the programme office only."""
    if is_own:
        return gettext("You asked not to be matched with it")
    return gettext("Is not offered to you: the programme office can tell you more")
