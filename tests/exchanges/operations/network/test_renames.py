"""Who hears of another name of an organisation."""

from __future__ import annotations

import pytest

from agreements.enums import AgreementState
from exchanges.enums import Message
from exchanges.mail.rendering import render
from exchanges.models import Organisation, OutboxMessage, User
from exchanges.operations.network import organisations
from tests.factories import agreements as of_agreements
from tests.factories import make_contact
from tests.factories.authority import make_authority
from tests.moment import AT

pytestmark = pytest.mark.django_db


def rename(organisation: Organisation, name: str, by: User) -> None:
    values = {each: getattr(organisation, each) for each in organisations.ORGANISATION}
    organisations.edit(
        organisation=organisation,
        values=values | {"name": name},
        active_in=list(organisation.active_in.all()),
        revision=None,
        by=by,
        at=AT,
    )


def told() -> set[int | None]:
    rows = OutboxMessage.objects.filter(kind=Message.ORGANISATION_RENAMED)
    return set(rows.values_list("recipient", flat=True))


def test_home_office_hears_what_the_name_was_and_is() -> None:
    authority = make_authority()
    before = authority.organisation.name
    rename(authority.organisation, "Quite another name", make_contact(authority.organisation))
    contacts = authority.office.memberships.filter(role="contact")
    assert told() == set(contacts.values_list("user", flat=True))
    mail = render(OutboxMessage.objects.filter(kind=Message.ORGANISATION_RENAMED)[0], at=AT)
    assert f"{before} has another name now" in mail.subject
    assert f"Name before: {before}\nName now: Quite another name" in str(mail.body)


def test_nobody_hears_of_a_save_that_leaves_the_names() -> None:
    authority = make_authority()
    rename(
        authority.organisation, authority.organisation.name, make_contact(authority.organisation)
    )
    assert told() == set()


@pytest.mark.parametrize(
    ("state", "hear"),
    [
        (AgreementState.UPCOMING, True),
        (AgreementState.ACTIVE, True),
        (AgreementState.NOTICE_GIVEN, True),
        (AgreementState.EXPIRED, False),
        (AgreementState.TERMINATED, False),
    ],
)
def test_parties_of_agreements_that_are_not_over_hear_of_it(
    state: AgreementState, *, hear: bool
) -> None:
    visit = of_agreements.make_held_visit()
    agreement = of_agreements.bring_to(of_agreements.start_agreement(visit), state)
    renamed, *others = [party.organisation for party in of_agreements.parties(agreement)]
    by = of_agreements.contact(renamed)
    rename(renamed, "Quite another name", by)
    concerned = {
        role(other).pk
        for other in others
        for role in (of_agreements.contact, of_agreements.signatory)
    }
    assert concerned & told() == (concerned if hear else set())
    assert by.pk not in told()
