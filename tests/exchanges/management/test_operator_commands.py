"""What the operator does by commands, from an empty database on."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from exchanges.enums import MembershipRole, Message, RoleChangeState
from exchanges.models import AccountInvitation, Event, Organisation, OutboxMessage, RoleChange, User
from exchanges.operations.people import signatories
from tests.factories import AT, make_contact, make_member
from tests.factories.authority import make_authority

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parents[3] / "mlp_planner" / "data" / "umn_programme.json"


def run(*arguments: str, **options: object) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_from_an_empty_database_to_the_first_invitation(client: Client) -> None:
    """As the README's "Run it for real" says."""
    run("load_programme", str(FILE))
    run("createsuperuser", "--noinput", "--email", "operator@example.org", "--name", "Operator")
    run("appoint_contact", "etuc", "anna@etuc.example", "Anna Berg", "--language", "fr")
    anna = User.objects.get(email="anna@etuc.example")
    row = anna.memberships.get()
    assert (row.role, row.is_appointed, row.root) == (MembershipRole.CONTACT, True, anna)
    assert row.given_by is None
    assert Event.objects.get(verb="contact_appointed").data == {"person": anna.pk}
    assert OutboxMessage.objects.filter(kind=Message.CONTACT_APPOINTED, recipient=anna).exists()
    client.force_login(anna)
    people = reverse("exchanges:organisation-people", args=["etuc"])
    client.post(people, {"email": "second@etuc.example", "role": "contact"})
    invitation = AccountInvitation.objects.get()
    assert (invitation.invited_by, invitation.root) == (anna, anna)


def test_only_a_coordinator_gets_its_contacts_from_the_operator() -> None:
    authority = make_authority()
    about = ("mayor@milan.example", "Mayor")
    with pytest.raises(CommandError, match="Only a coordinator"):
        run("appoint_contact", authority.organisation.slug, *about)
    with pytest.raises(CommandError, match="no organisation"):
        run("appoint_contact", "nowhere", *about)
    with pytest.raises(CommandError, match="no e-mail address"):
        run("appoint_contact", authority.office.slug, "nonsense", "Mayor")
    with pytest.raises(CommandError, match="already"):
        run("appoint_contact", authority.office.slug, authority.first.email, "First")
    assert not Event.objects.exists()


def test_a_person_who_was_invited_can_be_appointed() -> None:
    authority = make_authority()
    person = make_contact(authority.office, root=authority.first)
    run("appoint_contact", authority.office.slug, person.email, "Ignored")
    row = person.memberships.get()
    assert (row.is_appointed, row.root) == (True, person)


def test_operator_lists_confirms_and_refuses_signatories() -> None:
    authority = make_authority()
    organisation = authority.organisation
    contact, mayor = make_contact(organisation), make_member(organisation)
    about = {"organisation": organisation, "name": "Ana", "function": "Mayor", "by": contact}
    signatories.propose(person=mayor, at=AT, **about)
    assert mayor.email in run("confirm_signatory")
    run("confirm_signatory", organisation.slug, mayor.email)
    assert mayor.memberships.get().proposal.confirmed_at == AT  # type: ignore[union-attr]
    with pytest.raises(CommandError, match="not proposed"):
        run("confirm_signatory", organisation.slug, mayor.email)
    signatories.propose(person=contact, at=AT, **about)
    run("confirm_signatory", organisation.slug, contact.email, refuse="Not known.")
    assert Event.objects.get(verb="signatory_refused").actor == "platform"


def test_operator_decides_about_roles() -> None:
    authority = make_authority()
    contact = make_contact(authority.office)
    change = RoleChange.objects.create(
        organisation=authority.office, person=contact, given=["contact"], made_at=AT,
        made_by=authority.first, state=RoleChangeState.OBJECTED,
    )  # fmt: skip
    assert str(change.pk) in run("decide_roles")
    with pytest.raises(CommandError, match="why"):
        run("decide_roles", str(change.pk), "yes", "")
    run("decide_roles", str(change.pk), "yes", "Nobody knows this person.")
    assert not contact.memberships.exists()


def test_account_is_closed_and_all_hear_of_it() -> None:
    authority = make_authority()
    organisation = Organisation.objects.get(pk=authority.organisation.pk)
    left, colleague = make_contact(organisation), make_contact(organisation)
    run("close_account", left.email)
    left.refresh_from_db()
    assert not left.is_active
    rows = OutboxMessage.objects.filter(kind=Message.ACCOUNT_CLOSED)
    assert {row.address or row.recipient.email for row in rows} == {left.email, colleague.email}  # type: ignore[union-attr]
    assert Event.objects.get().verb == "account_closed"
    with pytest.raises(CommandError):
        run("close_account", left.email)
