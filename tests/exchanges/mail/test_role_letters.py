from __future__ import annotations

import pytest
from django.test import Client

from exchanges.enums import Message
from exchanges.mail.registry import Obsolete
from exchanges.mail.rendering import render
from exchanges.models import OutboxMessage, RoleChange, User
from exchanges.operations.people import people, signatories
from tests.factories import AT, make_contact, make_member
from tests.factories.authority import make_authority

pytestmark = pytest.mark.django_db


def mail_to(person: User, kind: Message) -> str:
    message = OutboxMessage.objects.filter(recipient=person, kind=kind).latest("pk")
    return str(render(message, at=AT).body)


def link_in(text: str) -> str:
    [link] = [word for word in text.split() if word.startswith("http")]
    return link.partition("localhost:8000")[2]


def test_colleague_objects_by_the_link_in_the_mail_and_the_office_finds_its_list() -> None:
    authority = make_authority()
    contact, colleague, member = (
        make(authority.organisation, root=authority.first)
        for make in (make_contact, make_contact, make_member)
    )
    proposal = signatories.propose(
        organisation=authority.organisation, person=member, name="Ana Novak", function="Mayor",
        by=contact, at=AT,
    )  # fmt: skip
    text = mail_to(colleague, Message.SIGNATORY_PROPOSED)
    assert "Ana Novak is to sign agreements for City of Milan." in text
    assert "object with one click" in text
    page = Client().post(link_in(text), follow=True)
    assert "You have objected" in page.content.decode()
    office = mail_to(authority.second, Message.SIGNATORY_PROPOSED)
    assert link_in(office) == f"/home-office/{authority.office.slug}/"
    assert "object with one click" not in office
    signatories.withdraw(proposal=proposal, by=contact, at=AT)
    assert "withdrawn" in mail_to(colleague, Message.SIGNATORY_ENDED)
    with pytest.raises(Obsolete):
        mail_to(colleague, Message.SIGNATORY_PROPOSED)


def test_who_was_removed_objects_by_the_link_in_the_mail() -> None:
    authority = make_authority()
    bad, good = (make_contact(authority.organisation) for _ in range(2))
    people.end_membership(person=good, organisation=authority.organisation, by=bad, at=AT)
    text = mail_to(good, Message.ROLE_CHANGED)
    assert "Roles taken: Contact" in text
    Client().get(link_in(text))
    assert RoleChange.objects.get().objected_at is None
    Client().post(link_in(text))
    assert RoleChange.objects.get().objected_by == good
    assert "gives no notice" in mail_to(authority.second, Message.ROLE_OBJECTED)
