"""A form that comes too late loses no words, and says that nothing was saved."""

import pytest
from django.test import Client
from django.utils.html import escape

from exchanges.models import StudyVisit
from tests.factories import Scene, make_confirmed_visit, make_draft

pytestmark = pytest.mark.django_db
TEXT = "Πώς φτάνουν οι νεοφερμένοι στη δουλειά; <b>& more"


def learn_url(visit: StudyVisit) -> str:
    return f"/proposals/{visit.reference}/learn/"


def test_words_of_who_was_signed_out_are_shown(scene: Scene, client: Client) -> None:
    visit = make_draft(scene)
    url = learn_url(visit)
    data = {
        "title": "A title",
        "purpose": TEXT,
        "csrfmiddlewaretoken": "abcd" * 16,
        "revision": "1",
    }
    answer = client.post(url, data, headers={"referer": f"http://testserver{url}?tab=1"})
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "nothing was saved" in text
    assert escape(TEXT) in text
    assert "abcdabcd" not in text
    assert f'href="/accounts/login/?next={url.replace("/", "%2F")}%3Ftab%3D1"' in text
    assert StudyVisit.objects.get(pk=visit.pk).purpose != TEXT


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("", "%2F"),
        ("https://evil.example/visits/", "%2F"),
        ("//evil.example/visits/", "%2F"),
        ("javascript:alert(1)", "%2F"),
        ("http://testserver/visits/", "%2Fvisits%2F"),
    ],
)
def test_a_button_leads_to_the_sign_in_and_back_to_its_page(
    client: Client, referer: str, back: str
) -> None:
    answer = client.post("/first-steps/dismiss/", headers={"referer": referer} if referer else {})
    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={back}"


def test_a_page_leads_to_the_sign_in_and_back(client: Client) -> None:
    assert client.get("/inbox/?x=1")["Location"] == "/accounts/login/?next=/inbox/%3Fx%3D1"


def test_no_secret_is_shown_again(client: Client) -> None:
    names = ("password", "new_password2", "code", "otp_code", "client_secret", "token")
    data = dict.fromkeys(names, "swordfish") | {"title": "Some words"}
    text = client.post("/inbox/", data).content.decode()
    assert "Some words" in text
    assert "swordfish" not in text


def test_a_form_without_its_token_keeps_its_words_and_advises_no_reload(scene: Scene) -> None:
    visit = make_draft(scene)
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.owner)
    url = learn_url(visit)
    answer = client.post(url, {"purpose": TEXT}, headers={"referer": f"http://testserver{url}"})
    text = answer.content.decode()
    assert answer.status_code == 403
    assert escape(TEXT) in text
    assert f'<a href="{url}">' in text
    assert "reload" not in text.lower()
    assert "<form" not in text


def test_an_address_of_a_button_says_so(scene: Scene, client: Client) -> None:
    visit = make_confirmed_visit(scene)
    client.force_login(scene.owner)
    answer = client.get(f"/visits/{visit.reference}/dates/ask/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "This address belongs to a button." in answer.content.decode()
