"""Sentences for the gates and components of a match, in the reader's language.

Those for the guest stand here, those for the host in `guest_reasons`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from exchanges.domain.dates import DateRange
from exchanges.domain.matching import Component, ComponentKind, Facts, Gate, GateKind
from exchanges.words.formats import number
from exchanges.words.matching import phrases as words

LABELS = {
    ComponentKind.LEARNING: _("Learning"),
    ComponentKind.LANGUAGE: _("Shared language"),
    ComponentKind.DATES: _("Common dates"),
    ComponentKind.TRAVEL: _("Short journey"),
    ComponentKind.NOVELTY: _("New partner"),
    ComponentKind.MIX: _("Union and city together"),
    ComponentKind.RECIPROCITY: _("Learning in return"),
}

AHEAD = {
    1: _("One level ahead of you on %(topic)s"),
    2: _("Two levels ahead of you on %(topic)s"),
    3: _("Three levels ahead of you on %(topic)s"),
    4: _("Four levels ahead of you on %(topic)s"),
    5: _("Five levels ahead of you on %(topic)s"),
}

GATES = {
    GateKind.SAME_CITY: _("Your own city"),
    GateKind.SAME_COUNTRY: _("Same country as you"),
    GateKind.NO_COMMON_LANGUAGE: _("Shares no working language with you and nobody interprets"),
    GateKind.NO_NEEDS: _("You have not said yet what you want to learn"),
}

SHORT_JOURNEY = 500  # per mille of the travel component: at most 1500 km


class Tone(StrEnum):
    STRENGTH = "strength"
    CAUTION = "caution"


@dataclass(frozen=True, slots=True)
class Names:
    """What topics (by slug), languages (by code) and cities (by slug) are called in the reader's
    language, and when the programme's windows are."""

    topics: Mapping[str, str]
    languages: Mapping[str, str]
    windows: Sequence[DateRange] = ()
    cities: Mapping[str, str] = field(default_factory=dict)


def sentence(reason: Gate | Component, names: Names) -> str:
    """Addressed to the guest, about the host; without a full stop."""
    facts = reason.facts
    match reason.kind:
        case ComponentKind.LEARNING:
            return words.ahead(AHEAD, facts, names.topics)
        case ComponentKind.LANGUAGE:
            return _language(facts, names)
        case ComponentKind.DATES:
            return words.dates(facts["windows"], names.windows)
        case ComponentKind.TRAVEL:
            return gettext("%(km)s km away") % {"km": number(facts["km"])}
        case ComponentKind.NOVELTY:
            return _novelty(facts)
        case ComponentKind.MIX:
            return words.mix(facts, own="guest")
        case ComponentKind.RECIPROCITY:
            return _reciprocity(facts, names)
        case GateKind() as kind:
            return _gate(kind, facts)


def tone(reason: Gate | Component) -> Tone:
    """Whether the sentence speaks for the pair or should make people think."""
    return Tone.CAUTION if isinstance(reason, Gate) or _is_doubtful(reason) else Tone.STRENGTH


def _is_doubtful(component: Component) -> bool:
    facts = component.facts
    match component.kind:
        case ComponentKind.LEARNING:
            return False
        case ComponentKind.LANGUAGE:
            return bool(facts["interpreter"] == "guest")
        case ComponentKind.TRAVEL:
            return component.value < SHORT_JOURNEY
        case ComponentKind.RECIPROCITY:
            return not words.topics_ahead(facts)
        case ComponentKind.DATES | ComponentKind.NOVELTY | ComponentKind.MIX:
            return component.value < 1000


def _gate(kind: GateKind, facts: Facts) -> str:
    match kind:
        case GateKind.FORBIDDEN:
            return words.forbidden(is_own=facts["by"] in ("guest", "both"))
        case GateKind.NO_CAPACITY if facts["booked"]:
            return gettext("Has no place left to host this year")
        case GateKind.NO_CAPACITY:
            return gettext("Has no place to host this year")
        case GateKind.NO_GUEST_CAPACITY if facts["booked"]:
            return gettext("You cannot make another visit this year")
        case GateKind.NO_GUEST_CAPACITY:
            return gettext("Your city does not travel this year")
        case GateKind.NO_COMMON_WINDOW:
            return words.no_window(own=facts["guest"], other=facts["host"])
        case GateKind.LEARNING_TOO_SMALL:
            return words.not_ahead(facts)
    return str(GATES[kind])


def _language(facts: Facts, names: Names) -> str:
    if facts["interpreter"] == "host":
        return gettext("Interprets for you")
    if facts["interpreter"] == "guest":
        return gettext("No shared working language: you would bring the interpreters")
    return words.shared_languages(facts, names.languages)


def _novelty(facts: Facts) -> str:
    if facts["visited"] and facts["last"]:
        return gettext("You were there in %(month)s") % {"month": words.month_of(facts["last"])}
    if facts["visited"]:
        return gettext("You were there before")
    if facts["is_return"]:
        return gettext("A return visit: they were your guests")
    return gettext("You have not visited them yet")


def _reciprocity(facts: Facts, names: Names) -> str:
    if ahead := words.topics_ahead(facts):
        return ngettext(
            "Would like to learn about %(topic)s from you",
            "Would like to learn about %(count)d topics from you, above all %(topic)s",
            len(ahead),
        ) % {"count": len(ahead), "topic": words.topic_name(ahead[0], names.topics)}
    if facts["topics"]:
        return gettext("You are not ahead on what they want to learn")
    return gettext("Has not said yet what it wants to learn")
