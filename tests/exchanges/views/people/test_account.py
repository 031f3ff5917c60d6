from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse

from exchanges.enums import MembershipRole
from exchanges.links import PURPOSE_ACCOUNT, PURPOSE_INVITATION, make_token
from exchanges.models import AccountInvitation, Membership, User
from exchanges.operations.people import invitations
from exchanges.views.active import active_organisation
from tests.factories import AT, Scene, make_organisation, make_user
from tests.moment import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(scene: Scene) -> AccountInvitation:
    return invitations.invite(
        organisation=scene.guest_authority,
        email="new@example.org",
        role=MembershipRole.CONTACT,
        by=scene.owner,
        at=AT,
    )


def link(invitation: AccountInvitation, **other: object) -> str:
    parts = {"subject": invitation.pk, "person": 0, "generation": invitation.generation, **other}
    purpose = str(parts.pop("purpose", PURPOSE_ACCOUNT))
    token = make_token(purpose, **parts)  # type: ignore[arg-type]
    return reverse("exchanges:account-join", args=[token])


NEW = {"name": "Νίκος", "language": "el"}


def test_join_shows_who_invites_to_what(client: Client, invitation: AccountInvitation) -> None:
    answer = client.get(link(invitation))
    page = answer.content.decode()
    for words in ("Owner invites you to act for City of Pordenone", "Contact", "new@example.org"):
        assert words in page
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert not User.objects.filter(email="new@example.org").exists()


def test_join_head_changes_nothing(client: Client, invitation: AccountInvitation) -> None:
    assert client.head(link(invitation)).status_code == 200
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_join_opens_an_account_and_signs_in(client: Client, invitation: AccountInvitation) -> None:
    answer = client.post(link(invitation), NEW)
    assert answer["Location"] == reverse(settings.LOGIN_REDIRECT_URL)
    person = User.objects.get(email="new@example.org")
    assert (person.name, person.language) == ("Νίκος", "el")
    assert client.session["_auth_user_id"] == str(person.pk)
    account = client.get(reverse("exchanges:account"))
    assert account["Content-Language"] == "el"
    assert len(client.get(reverse("usersessions_list")).context["sessions"]) == 1


def test_join_cannot_choose_another_address(client: Client, invitation: AccountInvitation) -> None:
    client.post(link(invitation), {**NEW, "email": "boss@example.org"})
    assert not User.objects.filter(email="boss@example.org").exists()


@pytest.mark.parametrize("name", ["", "x" * 151, "a\u202eb", "a\x00b"])
def test_join_refuses_a_wrong_name_and_keeps_the_link(
    client: Client, invitation: AccountInvitation, name: str
) -> None:
    answer = client.post(link(invitation), {**NEW, "name": name})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["name"])
    assert client.post(link(invitation), NEW).status_code == 302


@pytest.mark.parametrize("path", ["x", "1-0-", "1-0-ΑΒΓ", "9" * 30 + "-0-abc", "1-0-abc\x00"])
def test_a_text_that_is_no_token_is_not_found(
    client: Client, invitation: AccountInvitation, path: str
) -> None:
    assert client.get(f"/j/{path}/").status_code == 404


@pytest.mark.parametrize(
    "other",
    [{"subject": 999}, {"person": 5}, {"generation": 1}, {"purpose": PURPOSE_INVITATION}],
)
def test_foreign_token_is_not_found(
    client: Client, invitation: AccountInvitation, other: dict[str, object]
) -> None:
    token = link(invitation).split("-", 2)[2]
    forged = link(invitation, **other)
    if other == {"person": 5}:
        forged = reverse("exchanges:account-join", args=[f"{invitation.pk}-5-{token.rstrip('/')}"])
    for answer in (client.get(forged), client.post(forged, NEW)):
        assert answer.status_code == 404
        assert "new@example.org" not in answer.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize(
    ("end", "words"),
    [("used", "accepted already"), ("revoked", "taken back"), ("resent", "newer link")],
)
def test_link_that_is_over_says_why(
    client: Client, scene: Scene, invitation: AccountInvitation, end: str, words: str
) -> None:
    url = link(invitation)
    if end == "used":
        client.post(url, NEW)
        client.logout()
    elif end == "revoked":
        invitations.revoke(invitation=invitation, by=scene.owner, at=AT)
    else:
        invitations.resend(invitation=invitation, by=scene.owner, at=AT)
    for answer in (client.get(url), client.post(url, NEW)):
        assert answer.status_code == 410
        assert words in answer.content.decode()


def test_expired_link_says_so(client: Client, invitation: AccountInvitation, clock: Clock) -> None:
    clock.move_to(AT + timedelta(days=14))
    answer = client.post(link(invitation), NEW)
    assert answer.status_code == 410
    assert "has run out" in answer.content.decode()


def test_owner_of_an_account_signs_in_first(client: Client, invitation: AccountInvitation) -> None:
    person = make_user("new@example.org")
    for answer in (client.get(link(invitation)), client.post(link(invitation), NEW)):
        assert f"{reverse('account_login')}?next={link(invitation)}" in answer.content.decode()
    assert not person.memberships.exists()
    client.force_login(person)
    assert "Accept" in client.get(link(invitation)).content.decode()
    assert client.post(link(invitation)).status_code == 302
    assert person.memberships.get().role == "contact"


def test_another_person_is_asked_to_sign_out(
    client: Client, scene: Scene, invitation: AccountInvitation
) -> None:
    client.force_login(scene.stranger)
    answer = client.get(link(invitation))
    assert "you are signed in as" in answer.content.decode()
    assert client.post(link(invitation), NEW).status_code == 403
    assert scene.stranger.memberships.count() == 1


def test_account_asks_to_sign_in(client: Client) -> None:
    for name in ("account", "people"):
        url = reverse(f"exchanges:{name}")
        assert client.get(url)["Location"] == f"{reverse('account_login')}?next={url}"
    for name in ("organisation-switch",):
        assert client.post(reverse(f"exchanges:{name}")).status_code == 302


def test_account_saves_name_and_language(client: Client, scene: Scene) -> None:
    client.force_login(scene.owner)
    client.post(reverse("exchanges:account"), {"name": "Giulia", "language": "it"})
    scene.owner.refresh_from_db()
    assert (scene.owner.name, scene.owner.language) == ("Giulia", "it")


@pytest.mark.parametrize("language", ["", "xx", "de"])
def test_account_refuses_a_language_that_we_do_not_speak(
    client: Client, scene: Scene, language: str
) -> None:
    client.force_login(scene.owner)
    url = reverse("exchanges:account")
    answer = client.post(url, {"name": "Giulia", "language": language})
    assert list(answer.context["form"].errors) == ["language"]


def test_switch_holds_for_the_session(client: Client, scene: Scene) -> None:
    second = make_organisation("Second")
    Membership.objects.create(user=scene.owner, organisation=second, role=MembershipRole.MEMBER)
    client.force_login(scene.owner)
    url, account = reverse("exchanges:organisation-switch"), reverse("exchanges:account")
    assert client.get(account).context["shell"].organisation == scene.guest_authority
    answer = client.post(url, {"organisation": second.pk, "next": account})
    assert answer["Location"] == account
    assert client.get(account).context["shell"].organisation == second


@pytest.mark.parametrize("chosen", ["", "x", "0", "9999999999999999999999", "-1"])
def test_switch_to_nothing_is_not_found(client: Client, scene: Scene, chosen: str) -> None:
    client.force_login(scene.owner)
    url = reverse("exchanges:organisation-switch")
    assert client.post(url, {"organisation": chosen}).status_code == 404
    assert client.post(url, {"organisation": scene.host_union.pk}).status_code == 404
    assert client.get(url).status_code == 405


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_switch_does_not_lead_away(client: Client, scene: Scene, onward: str) -> None:
    client.force_login(scene.owner)
    asked = {"organisation": scene.guest_authority.pk, "next": onward}
    answer = client.post(reverse("exchanges:organisation-switch"), asked)
    assert answer["Location"] == reverse(settings.LOGIN_REDIRECT_URL)


def test_organisation_that_one_left_is_not_acted_for(client: Client, scene: Scene) -> None:
    request = RequestFactory().get("/")
    request.user = scene.owner
    request.session = client.session
    request.session["organisation"] = scene.host_union.pk
    assert active_organisation(request) == scene.guest_authority


def language_of(client: Client, **headers: str) -> str:
    return client.get(reverse("account_login"), headers=headers)["Content-Language"]


def test_language_follows_the_browser_then_the_choice_then_the_person(
    client: Client, scene: Scene
) -> None:
    assert language_of(client, accept_language="sl") == "sl"
    client.post(reverse("set_language"), {"language": "bg", "next": "/"})
    assert language_of(client, accept_language="sl") == "bg"
    scene.owner.language = "it"
    scene.owner.save()
    client.force_login(scene.owner)
    account = client.get(reverse("exchanges:account"), headers={"accept-language": "sl"})
    assert account["Content-Language"] == "it"


def test_language_chosen_while_signed_in_is_kept_with_the_person(
    client: Client, scene: Scene
) -> None:
    client.force_login(scene.owner)
    client.post(reverse("set_language"), {"language": "fr"})
    scene.owner.refresh_from_db()
    assert scene.owner.language == "fr"
    client.post(reverse("set_language"), {"language": "xx"})
    scene.owner.refresh_from_db()
    assert scene.owner.language == "fr"
    assert Client().get(reverse("set_language")).status_code == 405


def test_frame_asks_nothing_for_who_is_not_signed_in(
    client: Client, django_assert_num_queries: Callable[..., object]
) -> None:
    with django_assert_num_queries(0):
        client.get("/j/x/")
