import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse

from exchanges.models import OutboxMessage, User
from tests.factories import AT, make_confirmed_visit, make_scene
from tests.factories.proofs import sign_in_with_second_factor

pytestmark = pytest.mark.django_db
MODELS = list(apps.get_app_config("exchanges").get_models())


@pytest.fixture
def operator(client: Client) -> User:
    person = User.objects.create_superuser("operator@example.org", name="Operator")
    sign_in_with_second_factor(client, person)
    return person


def test_every_model_is_registered() -> None:
    secret = {"IssuedCode"}
    inline = {"Membership"}
    missing = [model.__name__ for model in MODELS if model not in admin.site._registry]
    assert set(missing) == inline | secret


@pytest.mark.parametrize("model", [Authenticator, EmailAddress, Session, UserSession])
def test_what_signs_people_in_is_not_in_the_admin(model: type[Model]) -> None:
    """Whoever reads or changes such a row becomes anybody."""
    assert not admin.site.is_registered(model)


def test_admin_leads_to_the_sign_in_page_of_accounts(client: Client) -> None:
    index = client.get(reverse("admin:index"))
    login = client.get(index["Location"])
    assert login["Location"].startswith(reverse("account_login"))


def test_admin_is_closed_to_who_is_not_an_operator(client: Client) -> None:
    client.force_login(make_scene().office)
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_operator_opens_every_list_and_row(
    client: Client, operator: User, model: type[User]
) -> None:
    if model not in admin.site._registry:
        return
    make_confirmed_visit(make_scene())
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    row = model._default_manager.first()
    if row is not None:
        assert client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200


@pytest.mark.parametrize("name", ["event", "eventhead", "outboxmessage", "studyvisit", "exchange"])
def test_what_operations_write_is_read_only(client: Client, operator: User, name: str) -> None:
    make_confirmed_visit(make_scene())
    row = apps.get_model("exchanges", name)._default_manager.first()
    assert row is not None
    for act, args in (("add", []), ("change", [row.pk]), ("delete", [row.pk])):
        url = reverse(f"admin:exchanges_{name}_{act}", args=args)
        assert client.post(url, {"post": "yes"}).status_code == 403


def test_outbox_shows_no_sealed_content(client: Client, operator: User) -> None:
    message = OutboxMessage.objects.create(
        kind="account", address="a@example.org", secret=b"sealed-code", queued_at=AT, due_at=AT
    )
    page = client.get(reverse("admin:exchanges_outboxmessage_change", args=[message.pk]))
    assert "sealed" not in page.content.decode()


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model.__name__)
def test_operator_changes_nothing_here(client: Client, operator: User, model: type[User]) -> None:
    """Else roles, addresses and organisations would change outside the record."""
    if model is Group:
        return  # it is taken off where the URLs are made
    table = admin.site._registry[model]
    request = RequestFactory().get("/")
    request.user = operator
    rights = table.get_model_perms(request)
    assert rights == {"add": False, "change": False, "delete": False, "view": True}


def test_operator_needs_a_second_factor(client: Client) -> None:
    person = User.objects.create_superuser("operator@example.org", name="Operator")
    client.force_login(person)
    index = reverse("admin:index")
    answer = client.get(index, follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("mfa_index"))
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    answer = client.get(client.get(index)["Location"])
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    assert client.post(reverse("admin:exchanges_user_changelist")).status_code == 302
    sign_in_with_second_factor(client, person)
    assert client.get(index).status_code == 200


def test_operator_has_no_right_in_any_programme(client: Client, operator: User) -> None:
    scene = make_scene()
    visit = make_confirmed_visit(scene)
    for url in (
        reverse("exchanges:visit-detail", args=[visit.reference]),
        reverse("exchanges:organisation-people", args=[scene.guest_authority.slug]),
        reverse("exchanges:programme-partners", args=[scene.programme.slug]),
    ):
        assert client.get(url).status_code == 404
