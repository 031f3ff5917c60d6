"""Everything that is said about each gate, without a full stop but in the remedies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from exchanges.domain.matching import Facts, GateKind
from exchanges.enums import Side
from exchanges.words.formats import country
from exchanges.words.matching import phrases, ways
from exchanges.words.matching.data import Pair

Words = Promise | Callable[[Facts], Promise | str]
Remedy = Callable[[Facts, Pair], Sequence[Promise | str]]


@dataclass(frozen=True, slots=True)
class GateWords:
    """What each reader is told; a function takes the facts of the gate.

    - to_guest: about the host
    - to_host: about the guest; None: what the guest is told
    - to_office: with %(guest)s and %(host)s
    - remedy: what would open it, in whole sentences
    - in_way_of_guest: how many hosts (%(count)d) it rules out
    - in_way_of_host: how many guests; None: what the guest is told
    - only_about: the side that it is about; it rules out all others alike
    """

    to_guest: Words
    to_office: Words
    to_host: Words | None = None
    remedy: Remedy = lambda facts, pair: ()
    in_way_of_guest: Promise | None = None
    in_way_of_host: Promise | None = None
    only_about: Side | None = None


UNWANTED = {
    "guest": _("%(guest)s would rather not be matched with %(host)s"),
    "host": _("%(host)s would rather not be matched with %(guest)s"),
    "both": _("%(guest)s and %(host)s would rather not be matched"),
}

GATE_WORDS: Mapping[GateKind, GateWords] = {
    GateKind.SAME_CITY: GateWords(
        to_guest=_("Your own city"),
        to_office=_("A city does not visit itself"),
    ),
    GateKind.SAME_COUNTRY: GateWords(
        to_guest=_("Same country as you"),
        to_office=lambda facts: (
            _("Both are in %(country)s") % {"country": country(facts["country"])}
        ),
        remedy=lambda facts, pair: [
            _("Visits lead to another country. The programme office makes this rule.")
        ],
        in_way_of_guest=ngettext_lazy(
            "%(count)d city is in your own country",
            "%(count)d cities are in your own country",
            "count",
        ),
    ),
    GateKind.FORBIDDEN: GateWords(
        to_guest=lambda facts: phrases.forbidden(is_own=facts["by"] in ("guest", "both")),
        to_host=lambda facts: phrases.forbidden(is_own=facts["by"] in ("host", "both")),
        to_office=lambda facts: UNWANTED[facts["by"]],
        remedy=lambda facts, pair: [
            _("You can take this back in the profile of your city.")
            if facts["by"] == pair.reader
            else _("Ask the programme office.")
        ],
        in_way_of_guest=ngettext_lazy(
            "%(count)d city is not offered to you: the programme office can tell you more",
            "%(count)d cities are not offered to you: the programme office can tell you more",
            "count",
        ),
    ),
    GateKind.NO_CAPACITY: GateWords(
        to_guest=lambda facts: (
            _("Has no place left to host this year")
            if facts["booked"]
            else _("Has no place to host this year")
        ),
        to_host=lambda facts: (
            _("Your city has no place left to host this year")
            if facts["booked"]
            else _("Your city has no place to host this year")
        ),
        to_office=_("%(host)s can host no more visits this year"),
        remedy=lambda facts, pair: [
            ways.one_more_visit(facts["hosting_capacity"], is_own=pair.reader == Side.HOST)
        ],
        in_way_of_guest=ngettext_lazy(
            "%(count)d city has no place to host",
            "%(count)d cities have no place to host",
            "count",
        ),
        in_way_of_host=_("Your city has no place to host this year"),
        only_about=Side.HOST,
    ),
    GateKind.NO_GUEST_CAPACITY: GateWords(
        to_guest=lambda facts: (
            _("You cannot make another visit this year")
            if facts["booked"]
            else _("Your city does not travel this year")
        ),
        to_host=lambda facts: (
            _("Cannot make another visit this year")
            if facts["booked"]
            else _("Does not travel this year")
        ),
        to_office=_("%(guest)s can make no more visits this year"),
        remedy=lambda facts, pair: [
            ways.one_more_visit(facts["guest_capacity"], is_own=pair.reader == Side.GUEST)
        ],
        in_way_of_guest=_("Your city can make no other visit this year"),
        in_way_of_host=ngettext_lazy(
            "%(count)d city can make no other visit",
            "%(count)d cities can make no other visit",
            "count",
        ),
        only_about=Side.GUEST,
    ),
    GateKind.NO_COMMON_WINDOW: GateWords(
        to_guest=lambda facts: phrases.no_window(own=facts["guest"], other=facts["host"]),
        to_host=lambda facts: phrases.no_window(own=facts["host"], other=facts["guest"]),
        to_office=_("%(guest)s and %(host)s have no free week in common"),
        remedy=lambda facts, pair: ways.weeks_to_free(pair),
        in_way_of_guest=ngettext_lazy(
            "%(count)d city has no free week in common with you",
            "%(count)d cities have no free week in common with you",
            "count",
        ),
    ),
    GateKind.NO_COMMON_LANGUAGE: GateWords(
        to_guest=_("Shares no working language with you and nobody interprets"),
        to_office=_("%(guest)s and %(host)s share no working language and nobody interprets"),
        remedy=lambda facts, pair: [ways.languages_to_add(pair)],
        in_way_of_guest=ngettext_lazy(
            "%(count)d city shares no working language with you, and nobody interprets",
            "%(count)d cities share no working language with you, and nobody interprets",
            "count",
        ),
    ),
    GateKind.NO_NEEDS: GateWords(
        to_guest=_("You have not said yet what you want to learn"),
        to_host=_("Has not said yet what it wants to learn"),
        to_office=_("%(guest)s has not said yet what it wants to learn"),
        remedy=lambda facts, pair: [
            _("Say in the profile of your city what you want to learn.")
            if pair.reader == Side.GUEST
            else _("It has to say in its profile what it wants to learn.")
        ],
        in_way_of_guest=_("You have not said yet what you want to learn"),
        in_way_of_host=ngettext_lazy(
            "%(count)d city has not said what it wants to learn",
            "%(count)d cities have not said what they want to learn",
            "count",
        ),
        only_about=Side.GUEST,
    ),
    GateKind.LEARNING_TOO_SMALL: GateWords(
        to_guest=phrases.not_ahead,
        to_host=_("Would learn too little from you on these topics"),
        to_office=_("%(host)s is ahead on too little of what %(guest)s wants to learn"),
        remedy=lambda facts, pair: (
            []
            if ways.other_topics(pair)
            else [_("There is no other topic on which it would be different.")]
        ),
        in_way_of_guest=ngettext_lazy(
            "%(count)d city is too little ahead of you on what you want to learn",
            "%(count)d cities are too little ahead of you on what you want to learn",
            "count",
        ),
        in_way_of_host=ngettext_lazy(
            "%(count)d city would learn too little from what you show",
            "%(count)d cities would learn too little from what you show",
            "count",
        ),
    ),
}
