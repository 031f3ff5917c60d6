"""Sentences for the gates and components of a match, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from exchanges.domain.matching import Component, ComponentKind, Facts, Gate, GateKind
from exchanges.formats import listed, number

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
    GateKind.NO_CAPACITY: _("Has no place to host this year"),
    GateKind.NO_GUEST_CAPACITY: _("You cannot make another visit this year"),
    GateKind.NO_COMMON_WINDOW: _("You have no free week in common"),
    GateKind.FORBIDDEN: _("Is not offered to you: the programme office can tell you more"),
    GateKind.NO_COMMON_LANGUAGE: _("Shares no working language with you and nobody interprets"),
    GateKind.NO_NEEDS: _("You have not said yet what you want to learn"),
}

SHORT_JOURNEY = 500  # per mille of the travel component: at most 1500 km


class Tone(StrEnum):
    STRENGTH = "strength"
    CAUTION = "caution"


@dataclass(frozen=True, slots=True)
class Names:
    """What topics (by slug) and languages (by code) are called in the reader's language."""

    topics: Mapping[str, str]
    languages: Mapping[str, str]


def sentence(reason: Gate | Component, names: Names) -> str:
    """Addressed to the guest, about the host; without a full stop."""
    if isinstance(reason, Gate):
        return _gate_sentence(reason)
    if reason.kind is ComponentKind.LEARNING:
        return _learning_sentence(reason.facts, names)
    if reason.kind is ComponentKind.LANGUAGE:
        return _language_sentence(reason.facts, names)
    if reason.kind is ComponentKind.TRAVEL:
        return gettext("%(km)s km away") % {"km": number(reason.facts["km"])}
    raise NotImplementedError(reason.kind)


def tone(reason: Gate | Component) -> Tone:
    """Whether the sentence speaks for the pair or should make people think."""
    if isinstance(reason, Gate):
        return Tone.CAUTION
    if reason.kind is ComponentKind.LANGUAGE and reason.facts["interpreter"] == "guest":
        return Tone.CAUTION
    if reason.kind is ComponentKind.TRAVEL and reason.value < SHORT_JOURNEY:
        return Tone.CAUTION
    return Tone.STRENGTH


def _gate_sentence(gate: Gate) -> str:
    if gate.kind is not GateKind.LEARNING_TOO_SMALL:
        return str(GATES[gate.kind])
    topics = gate.facts["topics"]
    if any(each.steps > 0 for each in topics):
        return gettext("Is ahead of you on too little of what you want to learn")
    return ngettext(
        "Is not ahead of you on this topic",
        "Is not ahead of you on any of these topics",
        len(topics),
    )


def _learning_sentence(facts: Facts, names: Names) -> str:
    first, *others = (each for each in facts["topics"] if each.steps > 0)
    topic = names.topics.get(first.topic, first.topic)
    ahead = AHEAD[first.steps] % {"topic": topic}
    if not others:
        return ahead
    return ngettext(
        "%(ahead)s, and ahead on %(count)d more topic",
        "%(ahead)s, and ahead on %(count)d more topics",
        len(others),
    ) % {"ahead": ahead, "count": len(others)}


def _language_sentence(facts: Facts, names: Names) -> str:
    if facts["interpreter"] == "host":
        return gettext("Interprets for you")
    if facts["interpreter"] == "guest":
        return gettext("No shared working language: you would bring the interpreters")
    spoken = [names.languages.get(code, code) for code in facts["shared"]]
    return gettext("Works in %(languages)s with you") % {"languages": listed(spoken)}
