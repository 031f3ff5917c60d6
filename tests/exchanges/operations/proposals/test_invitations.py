from datetime import date, timedelta

import pytest

from exchanges.domain.dates import DateRange
from exchanges.domain.visit_states import MoveNotPossible
from exchanges.enums import Answer, InvitationState, Message, VisitState
from exchanges.mail.registry import Obsolete
from exchanges.mail.rendering import render
from exchanges.models import DateAnswer, Invitation, OutboxMessage
from exchanges.operations.editing import EditedMeanwhile
from exchanges.operations.proposals import asking, invitations
from exchanges.operations.proposals.date_ranges import DatesRefused
from exchanges.operations.visits import visits
from exchanges.operations.visits.moves import ReasonMissing
from exchanges.permissions import NotAllowed
from exchanges.words import formats
from tests.factories import (
    AT,
    make_city,
    make_contact,
    make_organisation,
    make_partner,
    make_proposed_visit,
)
from tests.moment import moved

pytestmark = pytest.mark.django_db
OTHER_DAYS = DateRange(moved(date(2027, 5, 4)), moved(date(2027, 5, 6)))
LATER = AT + timedelta(hours=1)


@pytest.fixture
def visit(scene):
    return make_proposed_visit(scene)


def asked(visit, organisation) -> Invitation:
    return visit.invitations.get(organisation=organisation)


def all_answers(visit, answer=Answer.YES):
    return {option.pk: answer for option in visit.date_options.all()}


def accept(visit, organisation, *, answer=Answer.YES, at=AT, **more):
    invitation = asked(visit, organisation)
    return invitations.accept(
        invitation=invitation,
        by=more.pop("by", invitation),
        at=at,
        answers=more.pop("answers", all_answers(visit, answer)),
        **more,
    )


def kinds_for(person) -> list[str]:
    return list(
        OutboxMessage.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True)
    )


def test_accept_by_link_keeps_answers_and_tells_the_proposer(scene, visit):
    invitation = accept(visit, scene.host_union, word="Gladly.")
    assert (invitation.state, invitation.word, invitation.answered_by) == (
        InvitationState.ACCEPTED, "Gladly.", None,
    )  # fmt: skip
    assert kinds_for(scene.owner) == [Message.INVITATION_ANSWERED]


def test_accept_needs_an_answer_to_every_option(scene, visit):
    first = visit.date_options.first()
    with pytest.raises(invitations.AnswersMissing):
        accept(visit, scene.host_union, answers={first.pk: Answer.YES})
    assert asked(visit, scene.host_union).state == InvitationState.OPEN


def test_options_of_another_visit_are_ignored(scene, visit):
    answers = {**all_answers(visit), 999_999: Answer.NO}
    accept(visit, scene.host_union, answers=answers)
    assert DateAnswer.objects.filter(invitation__organisation=scene.host_union).count() == 2


@pytest.mark.parametrize("who", ["owner", "colleague", "host", "stranger", "office"])
def test_only_its_own_contact_answers(scene, visit, who):
    with pytest.raises(NotAllowed):
        accept(visit, scene.host_union, by=getattr(scene, who))


def test_one_invitation_does_not_answer_for_another(scene, visit):
    with pytest.raises(NotAllowed):
        accept(visit, scene.host_union, by=asked(visit, scene.host_authority))


def test_answer_can_be_changed_until_the_date_is_picked(scene, visit):
    accept(visit, scene.host_union)
    invitation = asked(visit, scene.host_union)
    invitations.decline(invitation=invitation, by=invitation, at=AT, reason="No time")
    assert asked(visit, scene.host_union).state == InvitationState.DECLINED
    accept(visit, scene.host_union)
    accept(visit, scene.host_authority)
    assert asked(visit, scene.host_union).decline_reason == ""
    visits.pick_date(visit=visit, option=visit.date_options.first(), by=scene.owner, at=AT)
    with pytest.raises(invitations.AnswerTooLate):
        accept(visit, scene.host_union)


def test_second_of_two_contacts_is_told(scene, visit):
    opened_with = asked(visit, scene.host_union).revision
    accept(visit, scene.host_union, revision=opened_with)
    with pytest.raises(EditedMeanwhile):
        accept(visit, scene.host_union, revision=opened_with)


def test_decline_needs_a_reason(scene, visit):
    invitation = asked(visit, scene.host_union)
    with pytest.raises(ReasonMissing):
        invitations.decline(invitation=invitation, by=invitation, at=AT, reason="  ")


def test_visit_is_declined_when_all_hosts_declined(scene, visit):
    for organisation in (scene.host_authority, scene.host_union):
        invitation = asked(visit, organisation)
        invitations.decline(invitation=invitation, by=invitation, at=AT, reason="No time")
    visit.refresh_from_db()
    assert visit.state == VisitState.DECLINED


def test_proposer_is_told_once_that_the_date_can_be_picked(scene, visit):
    accept(visit, scene.host_union)
    assert Message.VISIT_READY not in kinds_for(scene.owner)
    accept(visit, scene.host_authority)
    assert kinds_for(scene.owner).count(Message.VISIT_READY) == 1


def test_who_accepted_is_asked_about_days_that_came_in(scene, visit):
    accept(visit, scene.host_union)
    accept(visit, scene.host_authority, at=LATER, offered=[OTHER_DAYS])
    option = visit.date_options.get(start_date=OTHER_DAYS.start)
    assert option.offered_by == asked(visit, scene.host_authority)
    again = OutboxMessage.objects.filter(recipient=scene.union, kind=Message.INVITATION)
    assert again.count() == 2
    mail = render(again.order_by("pk").last(), at=LATER)
    assert formats.day_range(OTHER_DAYS.start, OTHER_DAYS.end) in mail.body


def test_mail_of_an_answered_invitation_is_not_sent_late(scene, visit):
    waiting = OutboxMessage.objects.get(recipient=scene.union, kind=Message.INVITATION)
    accept(visit, scene.host_union, at=LATER)
    with pytest.raises(Obsolete):
        render(waiting, at=LATER)


def test_offered_days_are_checked(scene, visit):
    with pytest.raises(DatesRefused):
        accept(
            visit, scene.host_union,
            offered=[DateRange(moved(date(2026, 11, 1)), moved(date(2026, 11, 2)))],
        )  # fmt: skip


def test_days_offered_twice_are_one_option(scene, visit):
    accept(visit, scene.host_union, offered=[OTHER_DAYS, OTHER_DAYS])
    accept(visit, scene.host_authority, offered=[OTHER_DAYS])
    assert visit.date_options.count() == 3


def test_number_of_options_is_bounded(scene, visit):
    first = [moved(date(2027, 6, 1)) + timedelta(days=number) for number in range(24)]
    single_days = [DateRange(day, day) for day in first]
    accept(visit, scene.host_union, offered=single_days[:8])
    accept(visit, scene.host_union, offered=single_days[8:16])
    with pytest.raises(invitations.TooManyOptions):
        accept(visit, scene.host_union, offered=single_days[16:])
    assert visit.date_options.count() == 18


def test_add_asks_one_more_partner_of_the_cities(scene, visit):
    invitation = asked(visit, scene.host_union)
    assert asking.add(
        visit=visit, organisation=scene.host_union, by=scene.owner, at=AT
    ) == invitation  # fmt: skip
    elsewhere = make_organisation("Elsewhere again", city=make_city("graz", country="AT"))
    with pytest.raises(asking.NotACandidate):
        asking.add(visit=visit, organisation=elsewhere, by=scene.owner, at=AT)


def test_withdrawn_invitation_is_made_anew_without_its_old_answer(scene, visit):
    before = asked(visit, scene.host_union).generation
    accept(visit, scene.host_union, word="Gladly.")
    asking.withdraw(invitation=asked(visit, scene.host_union), by=scene.owner, at=AT)
    assert Message.INVITATION_WITHDRAWN in kinds_for(scene.union)
    asking.add(visit=visit, organisation=scene.host_union, by=scene.owner, at=LATER)
    anew = asked(visit, scene.host_union)
    assert (anew.state, anew.word, anew.answered_at) == (InvitationState.OPEN, "", None)
    assert anew.generation > before + 1
    assert not anew.date_answers.exists()


def test_withdrawn_invitation_cannot_be_answered_or_withdrawn_again(scene, visit):
    invitation = asking.withdraw(invitation=asked(visit, scene.host_union), by=scene.owner, at=AT)
    with pytest.raises(invitations.AnswerTooLate):
        accept(visit, scene.host_union)
    with pytest.raises(invitations.AnswerTooLate):
        asking.withdraw(invitation=invitation, by=scene.owner, at=AT)


def test_proposers_own_part_cannot_be_withdrawn_or_sent(scene, visit):
    own = visit.invitations.get(is_proposer=True)
    with pytest.raises(invitations.AnswerTooLate):
        asking.withdraw(invitation=own, by=scene.owner, at=AT)
    with pytest.raises(invitations.AnswerTooLate):
        asking.send_again(invitation=own, by=scene.owner, at=AT)


def test_sent_again_to_who_accepted_can_be_rendered(scene, visit):
    accept(visit, scene.host_union)
    asking.send_again(invitation=asked(visit, scene.host_union), by=scene.owner, at=LATER)
    last = OutboxMessage.objects.filter(recipient=scene.union).order_by("pk").last()
    assert "One-stop shops" in render(last, at=LATER).subject


@pytest.mark.parametrize("act", [asking.send_again, asking.revoke_links])
def test_send_again_and_revoke_end_the_links_of_before(scene, visit, act):
    before = asked(visit, scene.host_union).generation
    act(invitation=asked(visit, scene.host_union), by=scene.owner, at=AT)
    assert asked(visit, scene.host_union).generation == before + 1


@pytest.mark.parametrize("who", ["colleague", "union", "office", "stranger"])
@pytest.mark.parametrize("act", [asking.withdraw, asking.send_again, asking.revoke_links])
def test_only_the_proposer_manages_invitations(scene, visit, act, who):
    with pytest.raises(NotAllowed):
        act(invitation=asked(visit, scene.host_union), by=getattr(scene, who), at=AT)


def test_invitations_rest_once_the_visit_moved_on(scene, visit):
    visits.withdraw(visit=visit, by=scene.owner, at=AT, reason="No time")
    with pytest.raises(MoveNotPossible):
        asking.send_again(invitation=asked(visit, scene.host_union), by=scene.owner, at=AT)
    with pytest.raises(MoveNotPossible):
        asking.add(visit=visit, organisation=scene.host_union, by=scene.owner, at=AT)


def offered_elsewhere(scene, visit):
    """Both accept; the second says no to all days and offers others."""
    accept(visit, scene.host_union)
    return accept(visit, scene.host_authority, answer=Answer.NO, at=LATER, offered=[OTHER_DAYS])


def answer_own(scene, visit, value=Answer.YES):
    own = visit.invitations.get(is_proposer=True)
    return invitations.accept(
        invitation=own, by=scene.owner, at=LATER, answers=all_answers(visit, value)
    )


def test_days_offered_by_one_are_not_ready_until_all_have_answered(scene, visit):
    offered_elsewhere(scene, visit)
    assert Message.VISIT_READY not in kinds_for(scene.owner)
    answer_own(scene, visit)
    assert Message.VISIT_READY not in kinds_for(scene.owner)
    accept(visit, scene.host_union, at=LATER)
    assert kinds_for(scene.owner).count(Message.VISIT_READY) == 1


def test_proposer_answers_days_of_others_and_writes_no_mail_to_itself(scene, visit):
    offered_elsewhere(scene, visit)
    before = kinds_for(scene.owner)
    own = answer_own(scene, visit, Answer.NO)
    assert kinds_for(scene.owner) == before
    assert {each.answer for each in own.date_answers.all()} == {Answer.NO}
    with pytest.raises(invitations.AnswerTooLate):
        invitations.decline(invitation=own, by=scene.owner, at=LATER, reason="No time")


def test_a_day_is_ready_when_who_said_no_declines(scene, visit):
    another = make_organisation("Second union", city=scene.host_city)
    make_partner(scene.programme, another, role="umn_member")
    make_contact(another)
    asking.add(visit=visit, organisation=another, by=scene.owner, at=AT)
    accept(visit, scene.host_union)
    accept(visit, another, answer=Answer.NO)
    accept(visit, scene.host_authority)
    assert Message.VISIT_READY not in kinds_for(scene.owner)
    invitation = asked(visit, another)
    invitations.decline(invitation=invitation, by=invitation, at=LATER, reason="No time")
    assert Message.VISIT_READY in kinds_for(scene.owner)


def test_missing_answers_are_asked_for_by_mail(scene, visit):
    offered_elsewhere(scene, visit)
    before = kinds_for(scene.union).count(Message.INVITATION)
    later = LATER + timedelta(days=30)
    told = asking.ask_for_answers(visit=visit, by=scene.owner, at=later)
    assert [each.organisation for each in told] == [scene.host_union]
    assert kinds_for(scene.union).count(Message.INVITATION) == before + 1
    mail = OutboxMessage.objects.filter(recipient=scene.union).order_by("pk").last()
    assert "One-stop shops" in render(mail, at=later).subject
    assert asked(visit, scene.host_union).link_expires_at > later
    accept(visit, scene.host_union, at=later)
    assert asking.ask_for_answers(visit=visit, by=scene.owner, at=later) == []


def test_only_the_proposer_asks_for_answers(scene, visit):
    offered_elsewhere(scene, visit)
    with pytest.raises(NotAllowed):
        asking.ask_for_answers(visit=visit, by=scene.host, at=LATER)
