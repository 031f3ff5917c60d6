"""The same reasons as in `reasons`, addressed to the host, about the guest."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exchanges.domain.matching import Component, ComponentKind, Facts, Gate, GateKind
from exchanges.words.matching import phrases as words
from exchanges.words.matching.for_guests import Names, sentence

AHEAD = {
    1: gettext_lazy("You are one level ahead on %(topic)s"),
    2: gettext_lazy("You are two levels ahead on %(topic)s"),
    3: gettext_lazy("You are three levels ahead on %(topic)s"),
    4: gettext_lazy("You are four levels ahead on %(topic)s"),
    5: gettext_lazy("You are five levels ahead on %(topic)s"),
}

GATES = {
    GateKind.NO_NEEDS: gettext_lazy("Has not said yet what it wants to learn"),
    GateKind.LEARNING_TOO_SMALL: gettext_lazy("Would learn too little from you on these topics"),
}


def guest_sentence(reason: Gate | Component, names: Names) -> str:
    """Without a full stop."""
    facts = reason.facts
    match reason.kind:
        case ComponentKind.LEARNING:
            return words.ahead(AHEAD, facts, names.topics)
        case ComponentKind.LANGUAGE:
            return _language(facts, names)
        case ComponentKind.NOVELTY:
            return _novelty(facts)
        case ComponentKind.MIX:
            return words.mix(facts, own="host")
        case ComponentKind.RECIPROCITY:
            return _reciprocity(facts, names)
        case ComponentKind.DATES | ComponentKind.TRAVEL:
            return sentence(reason, names)
        case GateKind() as kind:
            return _gate(kind, facts) or sentence(reason, names)


def _gate(kind: GateKind, facts: Facts) -> str:
    """Nothing where the guest would read the same."""
    match kind:
        case GateKind.FORBIDDEN:
            return words.forbidden(is_own=facts["by"] in ("host", "both"))
        case GateKind.NO_CAPACITY if facts["booked"]:
            return _("Your city has no place left to host this year")
        case GateKind.NO_CAPACITY:
            return _("Your city has no place to host this year")
        case GateKind.NO_GUEST_CAPACITY if facts["booked"]:
            return _("Cannot make another visit this year")
        case GateKind.NO_GUEST_CAPACITY:
            return _("Does not travel this year")
        case GateKind.NO_COMMON_WINDOW:
            return words.no_window(own=facts["host"], other=facts["guest"])
    return str(GATES.get(kind, ""))


def _language(facts: Facts, names: Names) -> str:
    if facts["interpreter"] == "host":
        return _("No shared working language: you would interpret")
    if facts["interpreter"] == "guest":
        return _("No shared working language: they would bring the interpreters")
    return words.shared_languages(facts, names.languages)


def _novelty(facts: Facts) -> str:
    if facts["visited"] and facts["last"]:
        return _("They were your guests in %(month)s") % {"month": words.month_of(facts["last"])}
    if facts["visited"]:
        return _("They were your guests before")
    if facts["is_return"]:
        return _("A return visit: you were their guests")
    return _("They have not visited you yet")


def _reciprocity(facts: Facts, names: Names) -> str:
    if ahead := words.topics_ahead(facts):
        return ngettext(
            "You could learn about %(topic)s from them in return",
            "You could learn about %(count)d topics from them in return, above all %(topic)s",
            len(ahead),
        ) % {"count": len(ahead), "topic": words.topic_name(ahead[0], names.topics)}
    if facts["topics"]:
        return _("They are not ahead on what you want to learn")
    return _("You have not said yet what you want to learn")
