"""Why two cities cannot be matched, told to a third: the programme office."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.domain.matching import Gate, GateKind
from exchanges.words.formats import country

GATES = {
    GateKind.SAME_CITY: gettext_lazy("A city does not visit itself"),
    GateKind.NO_CAPACITY: gettext_lazy("%(host)s can host no more visits this year"),
    GateKind.NO_GUEST_CAPACITY: gettext_lazy("%(guest)s can make no more visits this year"),
    GateKind.NO_COMMON_WINDOW: gettext_lazy("%(guest)s and %(host)s have no free week in common"),
    GateKind.NO_COMMON_LANGUAGE: gettext_lazy(
        "%(guest)s and %(host)s share no working language and nobody interprets"
    ),
    GateKind.NO_NEEDS: gettext_lazy("%(guest)s has not said yet what it wants to learn"),
    GateKind.LEARNING_TOO_SMALL: gettext_lazy(
        "%(host)s is ahead on too little of what %(guest)s wants to learn"
    ),
}

UNWANTED = {
    "guest": gettext_lazy("%(guest)s would rather not be matched with %(host)s"),
    "host": gettext_lazy("%(host)s would rather not be matched with %(guest)s"),
    "both": gettext_lazy("%(guest)s and %(host)s would rather not be matched"),
}


def gate_words(gate: Gate, guest: str, host: str) -> str:
    """Without a full stop; `guest` and `host` are what the cities are called."""
    if gate.kind is GateKind.SAME_COUNTRY:
        return _("Both are in %(country)s") % {"country": country(gate.facts["country"])}
    words: Mapping[str, str] = {"guest": guest, "host": host}
    if gate.kind is GateKind.FORBIDDEN:
        return str(UNWANTED[gate.facts["by"]]) % words
    return str(GATES[gate.kind]) % words
