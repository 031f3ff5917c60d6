"""What to try first, by whom."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchanges.enums import MembershipRole

CONTACT, SIGNATORY = MembershipRole.CONTACT, MembershipRole.SIGNATORY


@dataclass(frozen=True, slots=True)
class Step:
    organisation: str
    role: MembershipRole
    who: str | Promise
    what: str | Promise


STORY: tuple[Step, ...] = (
    Step(
        "city-of-pordenone",
        CONTACT,
        _("City of Pordenone"),
        _("Propose a visit to Ljubljana on one-stop shops: it is suggested among the first."),
    ),
    Step(
        "nsds",
        CONTACT,
        _("Independent Workers' Union of Slovenia"),
        _("Accept from the mail, without signing in, or here under “Needs your action”."),
    ),
    Step(
        "city-of-ljubljana",
        CONTACT,
        _("City Municipality of Ljubljana"),
        _("Accept too, and say which dates work."),
    ),
    Step("city-of-pordenone", CONTACT, _("City of Pordenone"), _("Pick the date.")),
    Step(
        "etuc",
        CONTACT,
        _("Programme office (ETUC)"),
        _("Confirm the visit: it takes one of the eight exchanges."),
    ),
    Step(
        "city-of-ljubljana",
        CONTACT,
        _("City Municipality of Ljubljana"),
        _("Build a two-day agenda. Then move the clock past the visit and complete it."),
    ),
    Step(
        "city-of-pordenone",
        CONTACT,
        _("City of Pordenone"),
        _("Draft the partnership agreement; both sides approve it."),
    ),
    Step(
        "city-of-pordenone",
        SIGNATORY,
        _("City of Pordenone, signatory"),
        _("Sign it; then sign for Ljubljana, and find it in the register of the office."),
    ),
)
