"""Ways to take over an organisation by saying that nobody answers, or by handing it over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exchanges.enums import AskedState, MembershipRole, Message, RecoveryState
from exchanges.links import PURPOSE_RECOVERY, make_token
from exchanges.models import (
    AccountInvitation,
    Handover,
    Membership,
    Organisation,
    Recovery,
    SignatoryProposal,
    User,
)
from tests.factories import (
    AT,
    make_appointed,
    make_contact,
    make_organisation,
    make_programme,
    make_signatory,
)
from tests.factories.authority import Authority, make_authority
from tests.matrix.chains.test_signatories import bring_in, heard, post, propose
from tests.moment import Clock

pytestmark = pytest.mark.django_db
AFTER = AT + timedelta(days=14)
LATER = AFTER + timedelta(days=30)


@pytest.fixture
def authority() -> Authority:
    return make_authority()


def start(authority: Authority, by: User) -> Any:
    slugs = (authority.office.slug, authority.organisation.slug)
    return post(by, "recovery", *slugs, reason="Nobody answers our mails.")


def invite(authority: Authority, by: User, email: str) -> Any:
    slugs = (authority.office.slug, authority.organisation.slug)
    return post(by, "recovery", *slugs, email=email)


def join(email: str) -> User:
    invitation = AccountInvitation.objects.get(email=email)
    token = make_token("account", subject=invitation.pk, person=0, generation=invitation.generation)
    Client().post(
        reverse("exchanges:account-join", args=[token]), {"name": email, "language": "en"}
    )
    return User.objects.get(email=email)


def recovered(authority: Authority, clock: Clock) -> User:
    start(authority, authority.first)
    clock.move_to(AFTER)
    invite(authority, authority.first, "second.mailbox@example.org")
    return join("second.mailbox@example.org")


def rename(authority: Authority, by: User) -> Any:
    row = authority.organisation
    data = {"name": "Another name", "kind": row.kind, "city": row.city_id}
    return post(by, "organisation-edit", row.slug, **data)


def test_real_contact_hears_of_it_and_stops_it_with_one_click(authority: Authority) -> None:
    real, mayor = make_contact(authority.organisation), make_signatory(authority.organisation)
    start(authority, authority.first)
    assert heard(real, Message.RECOVERY_STARTED)
    assert heard(mayor, Message.RECOVERY_STARTED)
    recovery = Recovery.objects.get()
    token = make_token(PURPOSE_RECOVERY, subject=recovery.pk, person=mayor.pk, generation=0)
    link = reverse("exchanges:recovery-object", args=[token])
    Client().get(link)
    recovery.refresh_from_db()
    assert recovery.state == RecoveryState.RUNNING  # scanners of mail follow links
    Client().post(link)
    recovery.refresh_from_db()
    assert (recovery.state, recovery.ended_by) == (RecoveryState.STOPPED, mayor)
    assert heard(authority.second, Message.RECOVERY_ENDED)


def test_nobody_is_invited_before_the_fourteen_days(authority: Authority, clock: Clock) -> None:
    make_contact(authority.organisation)
    start(authority, authority.first)
    clock.move_to(AFTER - timedelta(seconds=1))
    page = invite(authority, authority.first, "second.mailbox@example.org")
    assert "The organisation can object until" in page.content.decode()
    assert not AccountInvitation.objects.exists()


def test_stopping_late_takes_the_invitation_back(authority: Authority, clock: Clock) -> None:
    real = make_contact(authority.organisation)
    start(authority, authority.first)
    clock.move_to(AFTER)
    invite(authority, authority.first, "second.mailbox@example.org")
    post(real, "recovery-stop", Recovery.objects.get().pk)
    with pytest.raises(User.DoesNotExist):
        join("second.mailbox@example.org")
    assert Membership.objects.filter(organisation=authority.organisation).count() == 1


def test_second_mailbox_can_do_nothing_for_thirty_days(authority: Authority, clock: Clock) -> None:
    real, mayor = make_contact(authority.organisation), make_signatory(authority.organisation)
    mine = recovered(authority, clock)
    friend = bring_in(authority, mine, "friend@example.org")
    assert heard(real, Message.ROLE_CHANGED)
    slug = authority.organisation.slug
    for person in (mine, friend):
        assert "by a recovery" in propose(authority, person, person).content.decode()
        assert "by a recovery" in rename(authority, person).content.decode()
        ended = post(person, "person-end", slug, real.pk)
        assert "by a recovery" in ended.content.decode()
        ended = post(person, "signatory-end", slug, mayor.pk, reason="Gone")
        assert "by a recovery" in ended.content.decode()
        post(person, "person-roles", slug, real.pk, roles=[], function="")
    assert real.memberships.filter(role=MembershipRole.CONTACT).exists()
    assert mayor.memberships.filter(role=MembershipRole.SIGNATORY).exists()
    authority.organisation.refresh_from_db()
    assert authority.organisation.name == "City of Milan"
    assert not SignatoryProposal.objects.filter(name="Giulia Rossi").exists()


def test_after_thirty_days_the_new_contact_is_like_any_other(
    authority: Authority, clock: Clock
) -> None:
    make_contact(authority.organisation)
    mine = recovered(authority, clock)
    friend = bring_in(authority, mine, "friend@example.org")
    clock.move_to(LATER)
    propose(authority, mine, mine)
    propose(authority, friend, friend, "Paolo Bianchi")
    assert SignatoryProposal.objects.filter(name__in=["Giulia Rossi", "Paolo Bianchi"]).count() == 2


def test_member_made_a_contact_by_who_was_recovered_waits_as_long(
    authority: Authority, clock: Clock
) -> None:
    make_contact(authority.organisation)
    mine = recovered(authority, clock)
    friend = bring_in(authority, mine, "friend@example.org", role="member")
    slug = authority.organisation.slug
    post(mine, "person-roles", slug, friend.pk, roles=["contact"], function="")
    assert "by a recovery" in propose(authority, friend, friend).content.decode()


def test_recovery_of_another_s_organisation_is_not_there(authority: Authority) -> None:
    make_contact(authority.organisation)
    other = make_appointed(make_programme().coordinator)
    assert start(authority, other).status_code == 404
    assert not Recovery.objects.exists()


def other_office() -> tuple[Organisation, User]:
    office = make_organisation("Other office")
    Organisation.objects.filter(pk=office.pk).update(home_office=office)
    make_programme(coordinator=office)
    return office, make_appointed(office)


def hand_over(authority: Authority, office: Organisation) -> Handover:
    slugs = (authority.office.slug, authority.organisation.slug)
    post(authority.first, "handover-offer", *slugs, office=office.pk)
    return Handover.objects.latest("pk")


def home_office_of(authority: Authority) -> Organisation | None:
    authority.organisation.refresh_from_db()
    return authority.organisation.home_office


def test_handover_needs_the_receiving_office_and_a_contact(authority: Authority) -> None:
    contact = make_contact(authority.organisation)
    office, taker = other_office()
    row = hand_over(authority, office)
    assert heard(contact, Message.HANDOVER_OFFERED)
    assert heard(taker, Message.HANDOVER_OFFERED)
    post(taker, "handover", row.pk, answer="yes")
    assert home_office_of(authority) == authority.office
    post(contact, "handover", row.pk, answer="yes")
    assert home_office_of(authority) == office
    assert heard(authority.second, Message.HANDOVER_ENDED)


def test_handover_of_who_has_no_contact_needs_the_receiving_office(authority: Authority) -> None:
    office, taker = other_office()
    row = hand_over(authority, office)
    post(taker, "handover", row.pk, answer="yes")
    assert home_office_of(authority) == office


def test_contact_who_joins_meanwhile_is_asked_too(authority: Authority) -> None:
    office, taker = other_office()
    row = hand_over(authority, office)
    contact = make_contact(authority.organisation)
    post(taker, "handover", row.pk, answer="yes")
    assert home_office_of(authority) == authority.office
    assert "another home office" in post(contact, "handover", row.pk).content.decode().lower()


def test_present_office_does_not_accept_for_others(authority: Authority) -> None:
    make_contact(authority.organisation)
    office, _taker = other_office()
    row = hand_over(authority, office)
    assert post(authority.first, "handover", row.pk, answer="yes").status_code == 403
    assert home_office_of(authority) == authority.office


def test_recovered_contact_agrees_to_no_handover(authority: Authority, clock: Clock) -> None:
    make_contact(authority.organisation)
    mine = recovered(authority, clock)
    office, taker = other_office()
    row = hand_over(authority, office)
    post(taker, "handover", row.pk, answer="yes")
    assert "by a recovery" in post(mine, "handover", row.pk, answer="yes").content.decode()
    assert home_office_of(authority) == authority.office


@pytest.mark.parametrize("ending", ["refused", "taken back"])
def test_offer_that_is_over_changes_nothing(authority: Authority, ending: str) -> None:
    contact = make_contact(authority.organisation)
    office, taker = other_office()
    row = hand_over(authority, office)
    if ending == "refused":
        post(contact, "handover", row.pk, answer="no", reason="We stay.")
    else:
        post(authority.first, "handover-withdraw", row.pk)
    page = post(taker, "handover", row.pk, answer="yes")
    assert "answered or taken back already" in page.content.decode()
    assert home_office_of(authority) == authority.office
    row.refresh_from_db()
    assert row.state == (AskedState.DECLINED if ending == "refused" else AskedState.WITHDRAWN)


def test_only_coordinators_receive_and_one_offer_is_open(authority: Authority) -> None:
    office, _taker = other_office()
    plain = make_organisation("No office")
    slugs = (authority.office.slug, authority.organisation.slug)
    post(authority.first, "handover-offer", *slugs, office=plain.pk)
    assert not Handover.objects.exists()
    for _twice in range(2):
        post(authority.first, "handover-offer", *slugs, office=office.pk)
    assert Handover.objects.count() == 1


def test_coordinator_is_not_handed_over(authority: Authority) -> None:
    office, _taker = other_office()
    page = post(authority.first, "handover-offer", authority.office.slug, authority.office.slug)
    assert page.status_code == 404
    assert not Handover.objects.filter(to_office=office).exists()


def test_contact_who_is_there_is_not_the_new_one(authority: Authority, clock: Clock) -> None:
    there = make_contact(authority.organisation)
    start(authority, authority.first)
    clock.move_to(AFTER)
    page = invite(authority, authority.first, there.email.upper())
    assert "already has this role" in page.content.decode()
    assert Recovery.objects.get().state == RecoveryState.RUNNING
