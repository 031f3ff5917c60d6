from dataclasses import replace
from datetime import date, timedelta

import pytest

from agreements.domain.terms import terms_hash
from agreements.domain.validity import Validity, WrongValidity
from agreements.enums import AgreementState
from agreements.models import Agreement, Version
from agreements.operations import drafting
from agreements.queries.parties import current_version
from exchanges.enums import InvitationState, Message, VisitState
from exchanges.models import Event, OutboxMessage
from exchanges.operations.editing import EditedMeanwhile
from exchanges.permissions import NotAllowed
from tests.factories.agreements import (
    approve,
    bring_to,
    colleague,
    contact,
    parties,
    start_agreement,
    usual_validity,
)
from tests.moment import AT

pytestmark = pytest.mark.django_db


def edit(agreement, *, by=None, revision=None, **changes):
    agreement.refresh_from_db()
    terms = replace(current_version(agreement).read_terms(), **changes)
    return drafting.edit_terms(
        agreement=agreement,
        terms=terms,
        revision=revision,
        by=by or contact(agreement.drafter),
        at=AT,
    )


def test_draft_has_reference_parties_version_and_event(scene):
    agreement = start_agreement(scene)
    other = start_agreement(scene, scene.organisations)
    prefix = f"{scene.programme.short_title}-{AT.year}"
    assert [agreement.reference, other.reference] == [f"{prefix}-A001", f"{prefix}-A002"]
    version = current_version(agreement)
    assert version.number == 1
    assert version.sha256 == terms_hash(version.read_terms())
    assert [party.organisation for party in parties(agreement)] == [
        scene.hosts[0],
        scene.guests[0],
    ]
    event = Event.objects.get(subject_type="agreement", subject_id=agreement.pk)
    assert (event.verb, event.data["version"]) == ("start", 1)


def test_second_draft_of_the_same_parties_is_refused_by_name(scene):
    agreement = start_agreement(scene)
    with pytest.raises(drafting.AlreadyDrafted, match=agreement.reference):
        start_agreement(scene)


def test_draft_may_be_started_anew_when_the_first_is_over(scene):
    bring_to(start_agreement(scene), AgreementState.WITHDRAWN)
    assert start_agreement(scene).state == AgreementState.DRAFT


@pytest.mark.parametrize("state", [VisitState.CONFIRMED, VisitState.CANCELLED, VisitState.DRAFT])
def test_visit_that_was_not_held_gives_no_agreement(scene, state):
    scene.visit.state = state
    scene.visit.save()
    with pytest.raises(drafting.VisitNotHeld):
        start_agreement(scene)


@pytest.mark.parametrize(
    ("first", "last", "fault"), [(-800, -1, "past"), (0, 0, "order"), (-700_000, 10, "years")]
)
def test_dates_that_bind_nobody_are_refused(scene, first, last, fault):
    days = (max(AT.toordinal() + first, 1), AT.toordinal() + last)
    with pytest.raises(WrongValidity) as refused:
        start_agreement(scene, validity=Validity(*map(date.fromordinal, days), 6))
    assert refused.value.fault == fault


def test_draft_may_be_started_anew_when_the_first_has_expired(scene):
    bring_to(start_agreement(scene), AgreementState.EXPIRED)
    assert start_agreement(scene).state == AgreementState.DRAFT


def test_one_side_alone_is_refused(scene):
    with pytest.raises(drafting.WrongParties):
        start_agreement(scene, scene.guests)


def test_drafter_cannot_leave_itself_out(scene):
    with pytest.raises(drafting.WrongParties):
        start_agreement(scene, [scene.hosts[0], scene.guests[1]])


def test_who_did_not_accept_drafts_nothing(scene):
    scene.visit.invitations.filter(organisation=scene.drafter).update(
        state=InvitationState.DECLINED
    )
    with pytest.raises(NotAllowed):
        start_agreement(scene)


def test_member_drafts_nothing(scene):
    with pytest.raises(NotAllowed):
        drafting.start(
            visit=scene.visit,
            drafter=scene.drafter,
            invitations=list(scene.visit.invitations.all()),
            validity=usual_validity(),
            by=colleague(scene.drafter),
            at=AT,
        )


def test_too_long_validity_is_refused(scene):
    today = AT.date()
    with pytest.raises(WrongValidity):
        start_agreement(scene, validity=Validity(today, today + timedelta(days=4000), 6))


def test_edit_makes_a_version_and_keeps_the_one_before(scene):
    agreement = start_agreement(scene)
    edited = edit(agreement, title="New title", notice_months=3)
    agreement.refresh_from_db()
    assert edited.version is not None
    assert (agreement.title, agreement.current_number) == ("New title", 2)
    assert Version.objects.filter(agreement=agreement).count() == 2
    assert OutboxMessage.objects.count() == 0


def test_edit_without_change_makes_no_version(scene):
    agreement = start_agreement(scene)
    assert edit(agreement).version is None
    assert Version.objects.count() == 1


def test_changed_dates_reach_the_register(scene):
    agreement = start_agreement(scene)
    until = AT.date() + timedelta(days=500)
    edit(agreement, valid_until=until)
    assert Agreement.objects.get(pk=agreement.pk).valid_until == until


def test_changed_terms_void_approvals_and_tell_the_parties(scene):
    agreement = bring_to(start_agreement(scene), AgreementState.PROPOSED)
    party = parties(agreement)[0]
    approve(party)
    edited = edit(agreement, title="New title")
    assert edited.voided == (party,)
    assert current_version(Agreement.objects.get(pk=agreement.pk)).approvals.count() == 0
    told = OutboxMessage.objects.filter(kind=Message.AGREEMENT_CHANGED)
    assert [message.recipient for message in told] == [contact(scene.hosts[0])]
    assert told[0].about == {"agreement": agreement.pk, "version": 1}


def test_changed_terms_of_an_approved_agreement_propose_it_again(scene):
    agreement = bring_to(start_agreement(scene), AgreementState.APPROVED)
    edited = edit(agreement, title="New title")
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.PROPOSED
    assert len(edited.voided) == 2


def test_terms_that_come_back_are_approved_anew(scene):
    agreement = bring_to(start_agreement(scene), AgreementState.APPROVED)
    title = agreement.title
    edit(agreement, title="New title")
    edit(agreement, title=title)
    first, second, third = Version.objects.order_by("number")
    assert first.sha256 == third.sha256 != second.sha256
    assert third.approvals.count() == 0


def test_second_tab_is_told(scene):
    agreement = start_agreement(scene)
    opened_with = Agreement.objects.get(pk=agreement.pk).revision
    edit(agreement, revision=opened_with, title="First")
    with pytest.raises(EditedMeanwhile) as refused:
        edit(agreement, revision=opened_with, title="Second")
    edit(agreement, revision=refused.value.current, title="Second")
    assert Agreement.objects.get(pk=agreement.pk).title == "Second"


def test_other_party_does_not_edit(scene):
    agreement = bring_to(start_agreement(scene), AgreementState.PROPOSED)
    for user in (contact(scene.hosts[0]), colleague(scene.drafter), scene.office, scene.stranger):
        with pytest.raises(NotAllowed):
            edit(agreement, by=user, title="Mine")
