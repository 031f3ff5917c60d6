"""What to try first, by whom."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchanges.enums import MembershipRole

CONTACT, SIGNATORY = MembershipRole.CONTACT, MembershipRole.SIGNATORY


@dataclass(frozen=True, slots=True)
class StoryStep:
    organisation: str
    role: MembershipRole
    who: str | Promise
    what: str | Promise


@dataclass(frozen=True, slots=True)
class Story:
    key: str
    title: str | Promise
    steps: tuple[StoryStep, ...]


ONE_VISIT: tuple[StoryStep, ...] = (
    StoryStep(
        "city-of-pordenone",
        CONTACT,
        _("City of Pordenone"),
        _("Propose a visit to Ljubljana on one-stop shops: it is suggested among the first."),
    ),
    StoryStep(
        "nsds",
        CONTACT,
        _("Independent Workers' Union of Slovenia"),
        _("Accept from the mail, without signing in, or here under “Needs your action”."),
    ),
    StoryStep(
        "city-of-ljubljana",
        CONTACT,
        _("City Municipality of Ljubljana"),
        _("Accept too, and say which dates work."),
    ),
    StoryStep("city-of-pordenone", CONTACT, _("City of Pordenone"), _("Pick the date.")),
    StoryStep(
        "etuc",
        CONTACT,
        _("Programme office (ETUC)"),
        _("Confirm the visit: it takes one of the eight exchanges."),
    ),
    StoryStep(
        "city-of-ljubljana",
        CONTACT,
        _("City Municipality of Ljubljana"),
        _("Build a two-day agenda. Then move the clock past the visit and complete it."),
    ),
    StoryStep(
        "city-of-pordenone",
        CONTACT,
        _("City of Pordenone"),
        _("Draft the partnership agreement; both sides approve it."),
    ),
    StoryStep(
        "city-of-pordenone",
        SIGNATORY,
        _("City of Pordenone, signatory"),
        _("Sign it; then sign for Ljubljana, and find it in the register of the office."),
    ),
)

FIND_A_HOST: tuple[StoryStep, ...] = (
    StoryStep(
        "city-of-athens",
        CONTACT,
        _("City of Athens"),
        _(
            "Open “Match” and choose one-stop shops: Ljubljana comes first, with reasons for "
            "your mayor."
        ),
    ),
    StoryStep(
        "city-of-athens",
        CONTACT,
        _("City of Athens"),
        _("Ask why Brussels and Muggia are not offered, and what would change that."),
    ),
    StoryStep(
        "city-of-athens",
        CONTACT,
        _("City of Athens"),
        _("Move a weight and watch the order change. Then invite: the proposal is filled in."),
    ),
)
WHOLE_PLAN: tuple[StoryStep, ...] = (
    StoryStep(
        "etuc",
        CONTACT,
        _("Programme office (ETUC)"),
        _("Under “Plans”, ask for a new plan of all cities and wait for the proof."),
    ),
    StoryStep(
        "etuc",
        CONTACT,
        _("Programme office (ETUC)"),
        _("Force a pair in that was left out and read what it costs; fix it and solve again."),
    ),
    StoryStep(
        "etuc",
        CONTACT,
        _("Programme office (ETUC)"),
        _("Send two visits as proposals: the cities are asked, and decide themselves."),
    ),
)
STORIES: tuple[Story, ...] = (
    Story("visit", _("A story in eight steps"), ONE_VISIT),
    Story("host", _("Find a host in three steps"), FIND_A_HOST),
    Story("plan", _("Plan the whole programme in three steps"), WHOLE_PLAN),
)
