"""The office's pages: whom they open to, and what they show."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exchanges.enums import Message, MessageState
from exchanges.models import Auditor, OutboxMessage, Partner, User
from tests.factories import (
    AT,
    Scene,
    make_agreed_visit,
    make_confirmed_visit,
    make_draft,
    make_organisation,
    make_partner,
    make_programme,
    make_proposed_visit,
    make_user,
)

pytestmark = pytest.mark.django_db

READ = {"anonymous": 302, "stranger": 404, "colleague": 404, "owner": 404, "auditor": 200}
WRITE = READ | {"auditor": 403}
READ_ALL = {"anonymous": 302, "stranger": 403, "colleague": 403, "owner": 403, "auditor": 200}
WRITE_ALL = READ_ALL | {"auditor": 403}
PAGES: dict[str, dict[str, int]] = {
    "/office/": READ_ALL,
    "/office/?programme={slug}": READ_ALL,
    "/office/outbox/": READ_ALL,
    "/office/record/": READ_ALL,
    "/office/cities/": WRITE_ALL,
    "/office/cities/add/": WRITE_ALL,
    "/office/cities/ljubljana/": WRITE_ALL,
    "/office/topics/": WRITE_ALL,
    "/office/topics/add/": WRITE_ALL,
    "/office/topics/one-stop-shop/": WRITE_ALL,
    "/office/programmes/add/": WRITE_ALL,
    "/office/programmes/{slug}/": WRITE,
    "/office/programmes/{slug}/partners/": READ,
    "/office/programmes/{slug}/partners.csv": READ,
    "/office/programmes/{slug}/partners/add/": WRITE,
    "/office/programmes/{slug}/partners/new/": WRITE,
    "/office/programmes/{slug}/partners/{partner}/": WRITE,
    "/office/programmes/{slug}/partners/{partner}/remove/": WRITE,
    "/office/programmes/{slug}/events/": READ,
    "/office/programmes/{slug}/auditors/": READ,
}
POSTS: dict[str, dict[str, int]] = {
    "/office/outbox/{message}/retry/": WRITE_ALL,
    "/office/programmes/{slug}/auditors/{audit}/take/": WRITE,
}


@pytest.fixture
def auditor(scene: Scene) -> User:
    person = make_user("auditor@example.org", name="Auditor")
    Auditor.objects.create(
        programme=scene.programme, user=person, given_by=scene.office, given_at=AT
    )
    return person


def failed_message(scene: Scene, **fields: Any) -> OutboxMessage:
    told = {"recipient": scene.owner, "kind": Message.INVITATION, **fields}
    return OutboxMessage.objects.create(
        queued_at=AT, due_at=AT, state=MessageState.FAILED, last_error="refused", **told
    )


def statuses(
    client: Client, scene: Scene, auditor: User, url: str, method: str = "get"
) -> dict[str, int]:
    """What each role gets; the office last, as it may change something."""
    address = url.format(
        slug=scene.programme.slug,
        partner=scene.programme.partners.get(organisation=scene.host_union).pk,
        message=failed_message(scene).pk,
        audit=Auditor.objects.get(user=auditor).pk,
    )
    found = {"anonymous": getattr(client, method)(address).status_code}
    people = {name: getattr(scene, name) for name in ("stranger", "colleague", "owner")}
    for role, person in (people | {"auditor": auditor, "office": scene.office}).items():
        client.force_login(person)
        found[role] = getattr(client, method)(address).status_code
    return found


@pytest.mark.parametrize("url", PAGES)
def test_page_opens_to_whom_it_should(
    client: Client, scene: Scene, auditor: User, url: str
) -> None:
    assert statuses(client, scene, auditor, url) == PAGES[url] | {"office": 200}


@pytest.mark.parametrize("url", [url for url, may in PAGES.items() if may["auditor"] == 403])
def test_sending_is_for_the_office_only(
    client: Client, scene: Scene, auditor: User, url: str
) -> None:
    found = statuses(client, scene, auditor, url, "post")
    if url in ("/office/cities/", "/office/topics/"):
        assert found == dict.fromkeys(found, 405) | {"anonymous": 302}
    else:
        office = 302 if url.endswith("remove/") else 200
        assert found == PAGES[url] | {"office": office}


@pytest.mark.parametrize("url", POSTS)
def test_button_is_for_the_office_only(
    client: Client, scene: Scene, auditor: User, url: str
) -> None:
    assert statuses(client, scene, auditor, url, "post") == POSTS[url] | {"office": 302}


@pytest.mark.parametrize("url", POSTS)
def test_button_is_not_a_link(client: Client, scene: Scene, auditor: User, url: str) -> None:
    assert statuses(client, scene, auditor, url)["office"] == 405


def test_auditor_does_not_appoint_auditors(client: Client, scene: Scene, auditor: User) -> None:
    client.force_login(auditor)
    url = f"/office/programmes/{scene.programme.slug}/auditors/"
    assert client.post(url, {"email": scene.owner.email}).status_code == 403
    assert scene.programme.auditors.count() == 1


def test_office_of_another_programme_finds_nothing(client: Client, scene: Scene) -> None:
    other = make_programme(slug="other")
    client.force_login(scene.office)
    for path in ("", "partners/", "partners.csv", "auditors/", "events/", "partners/add/"):
        assert client.get(f"/office/programmes/{other.slug}/{path}").status_code == 404
    assert client.get("/office/?programme=other").status_code == 404


def test_office_does_not_edit_a_partner_through_another_programme(
    client: Client, scene: Scene
) -> None:
    other = make_programme(slug="other")
    foreign = make_partner(other, make_organisation())
    client.force_login(scene.office)
    url = f"/office/programmes/{scene.programme.slug}/partners/{foreign.pk}/"
    assert client.get(url).status_code == 404
    assert client.post(f"{url}remove/").status_code == 404
    assert Partner.objects.filter(pk=foreign.pk).exists()


def test_office_shows_stuck_visits_first_with_whom_they_wait_for(
    client: Client, scene: Scene, clock: Any
) -> None:
    make_draft(scene)
    agreed = make_agreed_visit(scene)
    answer_by = AT.date() + timedelta(days=3)
    stuck = make_proposed_visit(scene, answer_by=answer_by)
    clock.move_to(AT + timedelta(days=4))
    client.force_login(scene.office)
    waiting = client.get("/office/").context["waiting"]
    assert [(each.visit.pk, each.is_stuck) for each in waiting] == [
        (stuck.pk, True),
        (agreed.pk, False),
    ]
    asked = {each.name for each in waiting[0].organisations}
    assert asked == {scene.host_authority.name, scene.host_union.name}


def test_office_counts_exchanges_that_are_used(client: Client, scene: Scene) -> None:
    make_confirmed_visit(scene)
    client.force_login(scene.office)
    context = client.get("/office/").context
    assert context["used"] == 1
    assert context["dots"] == ["used", *[""] * 7]
    assert context["states"] == [("confirmed", "Confirmed", 1)]


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_office_pages_take_the_same_number_of_queries_for_more_rows(
    client: Client, scene: Scene
) -> None:
    slug = scene.programme.slug
    urls = ["/office/", f"/office/programmes/{slug}/partners/", "/office/outbox/"]
    urls += [f"/office/programmes/{slug}/partners.csv", "/office/topics/", "/office/cities/"]
    client.force_login(scene.office)
    make_proposed_visit(scene)
    failed_message(scene)
    before = {url: queries_of(client, url) for url in urls}
    for _number in range(2):
        make_proposed_visit(scene)
        make_partner(scene.programme, make_organisation())
        failed_message(scene)
    assert {url: queries_of(client, url) for url in urls} == before


def test_outbox_shows_addresses_to_the_office_only(
    client: Client, scene: Scene, auditor: User
) -> None:
    failed_message(scene)
    client.force_login(scene.office)
    assert scene.owner.email in client.get("/office/outbox/").content.decode()
    client.force_login(auditor)
    page = client.get("/office/outbox/").content.decode()
    assert "refused" in page
    assert scene.owner.email not in page


def test_failed_message_can_be_tried_again(client: Client, scene: Scene) -> None:
    message = failed_message(scene)
    client.force_login(scene.office)
    client.post(f"/office/outbox/{message.pk}/retry/")
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED


def test_account_mail_cannot_be_tried_again_and_the_page_says_why(
    client: Client, scene: Scene
) -> None:
    message = failed_message(scene, kind=Message.ACCOUNT)
    client.force_login(scene.office)
    page = client.post(f"/office/outbox/{message.pk}/retry/", follow=True).content.decode()
    assert "erased" in page
    message.refresh_from_db()
    assert message.state == MessageState.FAILED


@pytest.mark.django_db(transaction=True)
def test_csv_of_partners_is_safe_and_complete(client: Client, scene: Scene) -> None:
    scene.host_union.about = "x"
    scene.host_union.native_name = "=cmd|' /C calc'!A0"
    scene.host_union.save()
    partner = scene.programme.partners.get(organisation=scene.host_union)
    partner.eligible_eur = Decimal("10486.00")
    partner.save()
    client.force_login(scene.office)
    response = client.get(f"/office/programmes/{scene.programme.slug}/partners.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8-sig")
    assert "'=cmd|' /C calc'!A0" in text
    assert "10486.00" in text
    assert len(text.splitlines()) == 1 + scene.programme.partners.count()
