from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchanges.enums import MembershipRole
from exchanges.models import AccountInvitation, User
from exchanges.operations.people import invitations
from tests.factories import AT, Scene, make_contact, make_member

pytestmark = pytest.mark.django_db
EVERYBODY = ("anonymous", "stranger", "partner", "colleague", "owner", "office")
SIGN_IN = 302


@pytest.fixture
def invitation(scene: Scene) -> AccountInvitation:
    return invitations.invite(
        organisation=scene.guest_authority,
        email="new@example.org",
        role=MembershipRole.CONTACT,
        by=scene.owner,
        at=AT,
    )


def client_of(scene: Scene, who: str) -> Client:
    client = Client()
    if who != "anonymous":
        client.force_login(getattr(scene, who))
    return client


def statuses(scene: Scene, ask: Callable[[Client], int]) -> dict[str, int]:
    return {who: ask(client_of(scene, who)) for who in EVERYBODY}


def url_of(scene: Scene, name: str, *rest: object) -> str:
    return reverse(f"exchanges:{name}", args=[scene.guest_authority.slug, *rest])


LOCKED = {"anonymous": SIGN_IN, "stranger": 404, "partner": 404, "colleague": 403}


def test_people_are_shown_to_members_and_the_office(scene: Scene) -> None:
    url = url_of(scene, "organisation-people")
    assert statuses(scene, lambda client: client.get(url).status_code) == {
        **LOCKED,
        "colleague": 200,
        "owner": 200,
        "office": 200,
    }


def test_people_are_invited_by_contacts(scene: Scene) -> None:
    url = url_of(scene, "organisation-people")
    asked = {"email": "new@example.org", "role": "member"}
    ends = statuses(scene, lambda client: client.post(url, asked).status_code)
    assert ends == {**LOCKED, "anonymous": 403, "owner": 302, "office": 403}
    assert AccountInvitation.objects.count() == 1


@pytest.mark.parametrize("name", ["person-roles", "person-end"])
def test_roles_are_open_to_contacts(scene: Scene, name: str) -> None:
    url = url_of(scene, name, scene.colleague.pk)
    ends = statuses(scene, lambda client: client.get(url).status_code)
    assert ends == {**LOCKED, "owner": 200, "office": 403}


def test_roles_are_changed_by_contacts(scene: Scene) -> None:
    url = url_of(scene, "person-roles", scene.colleague.pk)
    ends = statuses(scene, lambda client: client.post(url, {"roles": []}).status_code)
    assert ends == {**LOCKED, "owner": 302, "office": 403}


def test_membership_is_ended_by_contacts(scene: Scene) -> None:
    url = url_of(scene, "person-end", scene.colleague.pk)
    for who, status in {**LOCKED, "office": 403, "owner": 302}.items():
        assert client_of(scene, who).post(url).status_code == status, who
    assert not scene.colleague.memberships.exists()


@pytest.mark.parametrize("name", ["account-invitation-resend", "account-invitation-revoke"])
def test_invitations_are_handled_by_contacts(
    scene: Scene, invitation: AccountInvitation, name: str
) -> None:
    url = url_of(scene, name, invitation.pk)
    ends = statuses(scene, lambda client: client.post(url).status_code)
    assert ends == {**LOCKED, "owner": 302, "office": 403}
    assert client_of(scene, "owner").get(url).status_code == 405


def test_invitation_of_another_organisation_is_not_found(
    scene: Scene, invitation: AccountInvitation
) -> None:
    slug = scene.host_authority.slug
    for name in ("account-invitation-resend", "account-invitation-revoke"):
        url = reverse(f"exchanges:{name}", args=[slug, invitation.pk])
        assert client_of(scene, "host").post(url).status_code == 404
    url = reverse("exchanges:person-roles", args=[slug, scene.owner.pk])
    assert client_of(scene, "host").get(url).status_code == 404


def test_people_leads_to_the_organisation_one_acts_for(scene: Scene) -> None:
    client = client_of(scene, "owner")
    answer = client.get(reverse("exchanges:people"))
    assert answer["Location"] == url_of(scene, "organisation-people")
    scene.owner.memberships.all().delete()
    assert client.get(reverse("exchanges:people")).status_code == 404


def test_members_see_no_addresses_and_no_invitations(
    scene: Scene, invitation: AccountInvitation
) -> None:
    url = url_of(scene, "organisation-people")
    seen = client_of(scene, "colleague").get(url).content.decode()
    assert "Owner" in seen
    assert scene.owner.email not in seen
    assert invitation.email not in seen
    assert invitation.email in client_of(scene, "owner").get(url).content.decode()


def test_refused_invitation_keeps_what_was_typed(
    scene: Scene, invitation: AccountInvitation
) -> None:
    asked = {"email": "new@example.org", "role": "contact"}
    answer = client_of(scene, "owner").post(url_of(scene, "organisation-people"), asked)
    page = answer.content.decode()
    assert "This address is invited already" in page
    assert 'value="new@example.org"' in page


@pytest.mark.parametrize("email", ["", "new", "a@b", "new@exa\u202emple.org", "n\x00w@x.org"])
def test_wrong_address_is_refused_at_the_field(scene: Scene, email: str) -> None:
    url = url_of(scene, "organisation-people")
    answer = client_of(scene, "owner").post(url, {"email": email, "role": "contact"})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["email"]


def test_last_contact_is_told_why(scene: Scene) -> None:
    client = client_of(scene, "owner")
    for name in ("person-roles", "person-end"):
        answer = client.post(url_of(scene, name, scene.owner.pk))
        assert answer.status_code == 200
        assert "last contact" in answer.content.decode()


def test_who_ends_the_own_membership_lands_on_the_account(scene: Scene) -> None:
    make_contact(scene.guest_authority)
    answer = client_of(scene, "owner").post(url_of(scene, "person-end", scene.owner.pk))
    assert answer["Location"] == reverse("exchanges:account")


@pytest.mark.parametrize("function", ["x" * 151, "a\u202eb", "two\x07", "a\x00b"])
def test_function_with_forbidden_text_is_refused(scene: Scene, function: str) -> None:
    url = url_of(scene, "person-roles", scene.colleague.pk)
    answer = client_of(scene, "owner").post(url, {"roles": ["contact"], "function": function})
    assert list(answer.context["form"].errors) == ["function"]
    assert answer.context["form"]["roles"].value() == ["contact"]


def test_people_page_has_a_constant_number_of_queries(scene: Scene) -> None:
    client, url = client_of(scene, "owner"), url_of(scene, "organisation-people")
    client.get(url)
    counts = []
    for rows in (1, 3):
        for number in range(rows):
            make_member(scene.guest_authority)
            invitations.invite(
                organisation=scene.guest_authority,
                email=f"new-{rows}-{number}@example.org",
                role=MembershipRole.MEMBER,
                by=scene.owner,
                at=AT,
            )
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 17


@pytest.mark.parametrize(("language", "word"), [("fr", "Membre"), ("el", "Μέλος")])
def test_roles_are_named_in_the_language_of_the_reader(
    scene: Scene, language: str, word: str
) -> None:
    User.objects.filter(pk=scene.owner.pk).update(language=language)
    client = client_of(scene, "owner")
    client.cookies["django_language"] = language
    form = client.get(url_of(scene, "organisation-people")).content.decode().partition("<form")[2]
    assert word in form
    assert "Member" not in form.replace("Membership", "")
