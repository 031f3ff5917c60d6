"""The same reasons as in `reasons`, addressed to the host, about the guest."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exchanges.domain.matching import Component, ComponentKind, Facts, Gate, GateKind
from exchanges.queries.reasons import Names, sentence

AHEAD = {
    1: gettext_lazy("You are one level ahead on %(topic)s"),
    2: gettext_lazy("You are two levels ahead on %(topic)s"),
    3: gettext_lazy("You are three levels ahead on %(topic)s"),
    4: gettext_lazy("You are four levels ahead on %(topic)s"),
    5: gettext_lazy("You are five levels ahead on %(topic)s"),
}

GATES = {
    GateKind.NO_CAPACITY: gettext_lazy("Your city has no place to host this year"),
    GateKind.NO_NEEDS: gettext_lazy("Has not said yet what it wants to learn"),
    GateKind.LEARNING_TOO_SMALL: gettext_lazy("Would learn too little from you on these topics"),
}


def guest_sentence(reason: Gate | Component, names: Names) -> str:
    """Without a full stop."""
    if isinstance(reason, Gate):
        return str(GATES[reason.kind]) if reason.kind in GATES else sentence(reason, names)
    if reason.kind is ComponentKind.LEARNING:
        return _learning(reason.facts, names)
    if reason.kind is ComponentKind.LANGUAGE and reason.facts["interpreter"] == "host":
        return _("No shared working language: you would interpret")
    if reason.kind is ComponentKind.LANGUAGE and reason.facts["interpreter"] == "guest":
        return _("No shared working language: they would bring the interpreters")
    return sentence(reason, names)


def _learning(facts: Facts, names: Names) -> str:
    first, *others = (each for each in facts["topics"] if each.steps > 0)
    ahead = AHEAD[first.steps] % {"topic": names.topics.get(first.topic, first.topic)}
    if not others:
        return ahead
    return ngettext(
        "%(ahead)s, and ahead on %(count)d more topic",
        "%(ahead)s, and ahead on %(count)d more topics",
        len(others),
    ) % {"ahead": ahead, "count": len(others)}
