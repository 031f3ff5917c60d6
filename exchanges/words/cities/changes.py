"""What a city could change, and what that would open, as sentences addressed to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exchanges.domain.matching.changes import Change, ChangeKind
from exchanges.enums import Side
from exchanges.words.cities.parts import ProfilePart
from exchanges.words.formats import day_range, in_sentence, listed
from exchanges.words.matching.data import Names

PARTS = {
    ChangeKind.SHOW_TOPIC: ProfilePart.LEVELS,
    ChangeKind.TELL_LEVEL: ProfilePart.LEVELS,
    ChangeKind.ADD_NEED: ProfilePart.NEEDS,
    ChangeKind.FREE_WINDOWS: ProfilePart.DATES,
    ChangeKind.ADD_LANGUAGE: ProfilePart.LANGUAGES,
    ChangeKind.TRAVEL_ONCE: ProfilePart.CAPACITIES,
    ChangeKind.OFFER_INTERPRETATION: ProfilePart.LANGUAGES,
    ChangeKind.HOST_ONCE: ProfilePart.CAPACITIES,
}

PHRASES = {
    ChangeKind.SHOW_TOPIC: gettext_lazy("Show guests what you know about %(topic)s"),
    ChangeKind.TELL_LEVEL: gettext_lazy(
        "Say how far you are on %(topic)s, if you are at level %(level)d or more"
    ),
    ChangeKind.ADD_NEED: gettext_lazy("Say that you want to learn about %(topic)s"),
    ChangeKind.ADD_LANGUAGE: gettext_lazy("Say that you work in %(language)s, if you can"),
    ChangeKind.TRAVEL_ONCE: gettext_lazy("Make one visit more a year"),
    ChangeKind.OFFER_INTERPRETATION: gettext_lazy("Offer interpretation"),
    ChangeKind.HOST_ONCE: gettext_lazy("Host one visit more a year"),
}


@dataclass(frozen=True, slots=True)
class SuggestedChange:
    """A change, what it does to the list of partners, and the part of the profile to make it in."""

    words: str
    effect: str
    part: ProfilePart


def suggested_change(change: Change, side: Side, names: Names) -> SuggestedChange:
    effect = opened(change.opens, side, names)
    if change.closes:
        lost = listed(names.cities.get(slug, slug) for slug in change.closes)
        effect = _("%(effect)s, but closes %(cities)s") % {"effect": effect, "cities": lost}
    return SuggestedChange(phrase(change, names), effect, PARTS[change.kind])


def phrase(change: Change, names: Names) -> str:
    facts = change.facts
    if change.kind is ChangeKind.FREE_WINDOWS:
        return _weeks(facts["windows"], names)
    topic = facts.get("topic", "")
    language = facts.get("language", "")
    return str(PHRASES[change.kind]) % {
        "topic": in_sentence(names.topics.get(topic, topic)),
        "language": names.languages.get(language, language),
        "level": facts.get("level", 0),
    }


def opened(slugs: tuple[str, ...], side: Side, names: Names) -> str:
    """Return it like this: opens three hosts: Liège, Milan and Trieste."""
    told = {
        "number": len(slugs),
        "cities": listed(sorted(names.cities.get(slug, slug) for slug in slugs)),
    }
    if side == Side.GUEST:
        words = ngettext(
            "Opens %(number)s host: %(cities)s", "Opens %(number)s hosts: %(cities)s", len(slugs)
        )
    else:
        words = ngettext(
            "Opens %(number)s guest: %(cities)s", "Opens %(number)s guests: %(cities)s", len(slugs)
        )
    return words % told


def _weeks(windows: tuple[int, ...], names: Names) -> str:
    first, last = names.windows[windows[0]], names.windows[windows[-1]]
    week, fortnight = (
        _("Keep one more week free, %(days)s"),
        _("Keep one more fortnight free, %(days)s"),
    )
    words = week if len(windows) == 1 else fortnight
    return words % {"days": day_range(first.start, last.end)}
