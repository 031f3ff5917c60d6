"""A draft is the proposer's; what is sent belongs to the proposer's contact."""

from __future__ import annotations

from typing import Any

from exchanges.words.proposals import ProposalStep
from tests.matrix.case import DONE, Case, Kwargs, button, form, opens, page
from tests.matrix.cases.matching import in_programme
from tests.matrix.cases.visits import ASKED, READERS, of, reason
from tests.matrix.world import World
from tests.moment import posted

OF_DRAFT = opens("owner", refuses="colleague signatory")
OF_PROPOSED = opens("owner", refuses=f"colleague signatory {ASKED} {READERS}")
PROPOSES = opens("owner host partner office",
                 refuses="colleague signatory host_member office_member auditor")  # fmt: skip
LED_ON = dict.fromkeys(("owner", "host", "partner"), DONE)
CHOOSE = opens("office other_office", others=403) | LED_ON
"""The office has two programmes; that of the other office has ended."""


def step(step: ProposalStep) -> Kwargs:
    return lambda world: {"reference": world.draft.reference, "step": step.value}


def start(world: World) -> dict[str, Any]:
    return {"side": "guest"}


def changed(step: ProposalStep) -> Kwargs:
    told: dict[ProposalStep, dict[str, Any]] = {
        ProposalStep.LEARN: {"title": "Another title"},
        ProposalStep.DATES: {"start_0": posted("2027-05-04"), "end_0": posted("2027-05-05")},
        ProposalStep.DETAILS: {"group_size": "9"},
    }
    return lambda world: told.get(step, {})


def candidate(world: World) -> dict[str, Any]:
    return {"organisation": world.extra.pk}


CASES: list[Case] = [
    *form("exchanges:visit-propose", in_programme, PROPOSES, start),
    *page("exchanges:visit-propose-choose", lambda w: {}, CHOOSE, "?practice=desk"),
    *page("exchanges:proposal", of("draft"), OF_DRAFT),
    *page("exchanges:proposal", of("proposed"), OF_PROPOSED | {"owner": DONE}),
    *(case for each in ProposalStep
      for case in form("exchanges:proposal-step", step(each), OF_DRAFT, changed(each))),
    *page("exchanges:proposal-step", lambda w: step(ProposalStep.LEARN)(w) | {"step": "other"},
          opens(others=404)),
    *form("exchanges:proposal-check", of("draft"), OF_DRAFT),
    *page("exchanges:proposal-sent", of("proposed"), OF_PROPOSED),
    *form("exchanges:proposal-discard", of("draft"), OF_DRAFT),
    *form("exchanges:visit-pick-date", of("answered", pk="option"), OF_PROPOSED),
    *page("exchanges:visit-pick-date", of("proposed", pk="option"), OF_PROPOSED | {"owner": 404}),
    *form("exchanges:visit-withdraw", of("proposed"), OF_PROPOSED, reason),
    *form("exchanges:invitation-add", of("proposed"), OF_PROPOSED, candidate),
    *form("exchanges:invitation-withdraw", of("proposed", pk="asked"), OF_PROPOSED),
    *page("exchanges:invitation-withdraw", of("answered", pk="asked"),
          OF_PROPOSED | {"owner": 404}),
    *button("exchanges:invitation-send-again", of("proposed", pk="asked"), OF_PROPOSED),
    *form("exchanges:visit-answer-dates", of("proposed"), OF_PROPOSED),
    *button("exchanges:visit-ask-for-answers", of("proposed"), OF_PROPOSED, writes=False),
    *button("exchanges:invitation-revoke", of("proposed", pk="asked"), OF_PROPOSED),
]  # fmt: skip
