from datetime import UTC, datetime

import pytest
from django.core.mail import EmailMultiAlternatives
from django.http import Http404

from mlp_planner.demo import mail as pages
from mlp_planner.mail_folder import EmailBackend

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.mlp_planner.demo_urls")]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DEMO, settings.MAIL_DIR = True, tmp_path / "mail"
    return settings.MAIL_DIR


def send(subject, to="host@example.org", text="Open http://localhost:8000/i/7-3-abc_-d/ please"):
    mail = EmailMultiAlternatives(
        subject, text, "planner@example.org", [to],
        headers={"Date": "Sun, 22 Nov 2026 09:00:00 +0000"},
    )  # fmt: skip
    mail.attach_alternative("<p>html</p>", "text/html")
    mail.attach("visit.ics", b"BEGIN:VCALENDAR\r\n", "application/octet-stream")
    EmailBackend().send_messages([mail])


def key():
    return pages._keys()[0]


def test_list_without_mail_says_what_to_do(client):
    assert "No mail yet" in client.get("/demo/mail/").content.decode()


def test_list_shows_the_newest_first(client):
    send("Older")
    send("Newer")
    page = client.get("/demo/mail/")
    assert [each.subject for each in page.context["mails"]] == ["Newer", "Older"]
    assert page.context["mails"][0].sent_at == datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_list_narrows_to_an_address(client):
    send("For the host")
    send("For the union", to="union@example.org")
    page = client.get("/demo/mail/", {"to": "Union@"})
    assert [each.subject for each in page.context["mails"]] == ["For the union"]


def test_detail_shows_the_text_with_links_and_the_attachment(client):
    send("Γεια σας")
    page = client.get(f"/demo/mail/{key()}/").content.decode()
    assert "Γεια σας" in page
    assert 'href="http://localhost:8000/i/7-3-abc_-d/"' in page
    assert f'href="/demo/mail/{key()}/0/"' in page


def test_detail_escapes_what_a_mail_says(client):
    send("<script>alert(1)</script>", text="<script>alert(2)</script> javascript:alert(3)")
    for path in ("/demo/mail/", f"/demo/mail/{key()}/"):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert 'href="javascript' not in page


def test_attachment_is_downloaded_as_it_is(client):
    send("With a calendar")
    response = client.get(f"/demo/mail/{key()}/0/")
    assert response.content == b"BEGIN:VCALENDAR\r\n"
    assert response.headers["Content-Disposition"] == 'attachment; filename="visit.ics"'
    assert client.get(f"/demo/mail/{key()}/1/").status_code == 404


@pytest.mark.parametrize("name", ["..%2Fsecret", "0", "00000000000000000000-1-000000", "x.eml"])
def test_a_foreign_name_is_not_found(client, folder, name):
    folder.mkdir()
    (folder.parent / "secret.eml").write_text("secret")
    assert client.get(f"/demo/mail/{name}/").status_code == 404


def test_outside_the_demo_there_is_nothing(client, settings, rf):
    send("Private")
    settings.DEMO = False
    for path in ("/demo/mail/", f"/demo/mail/{key()}/", f"/demo/mail/{key()}/0/"):
        assert client.get(path).status_code == 404
    with pytest.raises(Http404):
        pages.mail_list(rf.get("/"))


def test_only_reading_is_possible(client):
    assert client.post("/demo/mail/").status_code == 405
