"""Two at once, on real transactions: `make test` runs these on SQLite and on PostgreSQL."""

import pytest

from exchanges.enums import Answer, InvitationState, Message, VisitState
from exchanges.models import OutboxMessage
from exchanges.operations.proposals import invitations, proposals
from exchanges.operations.visits import visits
from tests.factories import AT, make_contact, make_draft, make_proposed_visit, make_scene
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_contacts_who_answer_at_once_the_second_is_told() -> None:
    scene = make_scene()
    visit = make_proposed_visit(scene)
    other = make_contact(scene.host_union)
    invitation = visit.invitations.get(organisation=scene.host_union)
    answers = {option.pk: Answer.YES for option in visit.date_options.all()}
    ends = at_once(
        lambda: invitations.accept(
            invitation=invitation, by=scene.union, at=AT, answers=answers, revision=1
        ),
        lambda: invitations.decline(
            invitation=invitation, by=other, at=AT, reason="No time", revision=1
        ),
    )
    assert ends == {"done": 1, "EditedMeanwhile": 1}
    invitation.refresh_from_db()
    accepted = invitation.state == InvitationState.ACCEPTED
    assert invitation.date_answers.count() == (2 if accepted else 0)


def test_answer_and_picked_date_at_once_leave_no_contradiction() -> None:
    scene = make_scene()
    visit = make_proposed_visit(scene)
    option = visit.date_options.all()[0]
    answers = {each.pk: Answer.YES for each in visit.date_options.all()}
    for organisation, person in (
        (scene.host_authority, scene.host),
        (scene.host_union, scene.union),
    ):
        invitation = visit.invitations.get(organisation=organisation)
        invitations.accept(invitation=invitation, by=person, at=AT, answers=answers)
    refused = dict.fromkeys(answers, Answer.NO)
    ends = at_once(
        lambda: invitations.accept(invitation=invitation, by=scene.union, at=AT, answers=refused),
        lambda: visits.pick_date(visit=visit, option=option, by=scene.owner, at=AT),
    )
    visit.refresh_from_db()
    said_no = invitation.date_answers.filter(option=option, answer=Answer.NO).exists()
    if visit.state == VisitState.AGREED:
        assert (ends, said_no) == ({"done": 1, "AnswerTooLate": 1}, False)
    else:
        assert (ends, said_no) == ({"done": 1, "DateNotPickable": 1}, True)


def test_proposal_sent_by_four_at_once_goes_out_once() -> None:
    scene = make_scene()
    visit = make_draft(scene)
    ends = at_once(*[lambda: proposals.propose(visit=visit, by=scene.owner, at=AT)] * 4)
    assert ends == {"done": 1, "MoveNotPossible": 3}
    assert OutboxMessage.objects.filter(kind=Message.INVITATION).count() == 2
