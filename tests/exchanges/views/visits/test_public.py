"""Closing a visit makes public exactly what the page says."""

from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exchanges.enums import PublicFact
from exchanges.models import Event, Invitation, Practice, StudyVisit, ThirdParty
from exchanges.operations.visits import naming, visits
from exchanges.permissions import NotAllowed
from exchanges.queries.visits.public import PublicVisit
from exchanges.words.formats import day_range, month
from exchanges.words.visits import public_facts
from tests.factories import (
    AT,
    Scene,
    make_completed_visit,
    make_confirmed_visit,
)

pytestmark = pytest.mark.django_db
SECRETS = {"purpose": "Hidden purpose", "state_reason": "Hidden reason", "note": "Hidden note"}


@pytest.fixture
def closed(scene: Scene) -> StudyVisit:
    """With all that a visit can have."""
    visit = make_completed_visit(scene)
    practice = Practice.objects.create(slug="shop", title="One-stop shop of the host")
    practice.organisations.set([scene.host_authority])
    visits.close(visit=visit, by=scene.host, at=AT, report="We learnt.", practices_seen=[practice])
    people = {"group_size": 7, "participants_about": 4321, "languages": ["sl"]}
    StudyVisit.objects.filter(pk=visit.pk).update(**SECRETS, **people)
    ThirdParty.objects.create(visit=visit, name="Hidden third party", side="guest")
    visit.refresh_from_db()
    return visit


def detail(visit: StudyVisit) -> str:
    return reverse("exchanges:visit-detail", args=[visit.reference])


def pages(scene: Scene, visit: StudyVisit) -> list[str]:
    """All pages on which the public meets a visit."""
    practice = visit.practices_seen.get()
    return [
        detail(visit),
        "/",
        "/map/",
        "/visits/",
        "/visits/?text=" + visit.reference,
        reverse("exchanges:practice-detail", args=[practice.slug]),
        *(
            reverse("exchanges:city-detail", args=[city.slug])
            for city in (scene.guest_city, scene.host_city)
        ),
        *(
            reverse("exchanges:organisation-detail", args=[organisation.slug])
            for organisation in (scene.guest_authority, scene.host_authority)
        ),
    ]


def days(visit: StudyVisit) -> list[str]:
    """The days as pages write them, without the month and the year."""
    assert visit.start_date is not None
    assert visit.end_date is not None
    return [day_range(visit.start_date, visit.end_date), visit.start_date.isoformat()]


def test_each_public_fact_has_words_and_a_field_and_nothing_else_has() -> None:
    assert len(public_facts()) == len(PublicFact)
    shown = {each.name for each in fields(PublicVisit)} - {"is_sample"}
    assert shown == {fact.value for fact in PublicFact} - {"map"}


@pytest.mark.parametrize("reader", ["anonymous", "stranger"])
def test_no_public_page_says_more(
    client: Client, scene: Scene, closed: StudyVisit, reader: str
) -> None:
    if reader != "anonymous":
        client.force_login(scene.stranger)
    for url in pages(scene, closed):
        text = client.get(url).content.decode()
        for hidden in (*SECRETS.values(), "Hidden third party", "4321", *days(closed)):
            assert hidden not in text, (url, hidden)


def test_the_public_page_says_what_the_list_names(
    client: Client, scene: Scene, closed: StudyVisit
) -> None:
    text = client.get(detail(closed)).content.decode()
    assert closed.start_date is not None
    expected = (
        closed.title,
        closed.reference,
        str(scene.guest_city),
        str(scene.host_city),
        month(closed.start_date),
        str(scene.topic),
        closed.practices_seen.get().title,
        "We learnt.",
    )
    assert [each for each in expected if each not in text] == []
    for organisation in (scene.guest_authority, scene.host_authority):
        assert organisation.name not in text


def test_those_who_took_part_still_read_all(
    client: Client, scene: Scene, closed: StudyVisit
) -> None:
    client.force_login(scene.owner)
    text = client.get(detail(closed)).content.decode()
    for known in ("Hidden purpose", "Hidden third party", scene.host_authority.name):
        assert known in text
    assert days(closed)[0] in client.get("/visits/").content.decode()


def test_the_close_page_names_each_fact(client: Client, scene: Scene) -> None:
    visit = make_completed_visit(scene)
    client.force_login(scene.host)
    page = client.get(reverse("exchanges:visit-close", args=[visit.reference])).content.decode()
    assert [words for words in public_facts() if f"<li>{words}</li>" not in page] == []


def named(client: Client, visit: StudyVisit, scene: Scene, answer: str) -> Any:
    slug = scene.guest_authority.slug
    url = reverse("exchanges:visit-named", args=[visit.reference, slug])
    return client.post(url, {"named": answer})


def test_an_organisation_is_named_when_its_contact_agrees_and_until_it_takes_it_back(
    client: Client, scene: Scene, closed: StudyVisit
) -> None:
    public, owner = Client(), client
    own = reverse("exchanges:organisation-detail", args=[scene.guest_authority.slug])
    name = scene.guest_authority.name
    owner.force_login(scene.owner)
    assert "Name the organisation" in owner.get(detail(closed)).content.decode()
    assert closed.reference not in public.get(own).content.decode()

    assert named(owner, closed, scene, "yes").status_code == 302
    assert name in public.get(detail(closed)).content.decode()
    assert scene.host_authority.name not in public.get(detail(closed)).content.decode()
    assert closed.reference in public.get(own).content.decode()
    assert Event.objects.latest("number").verb == "name_publicly"

    named(owner, closed, scene, "no")
    assert name not in public.get(detail(closed)).content.decode()
    assert closed.reference not in public.get(own).content.decode()
    assert Event.objects.latest("number").verb == "unname_publicly"


def test_agreeing_twice_is_recorded_once(scene: Scene, closed: StudyVisit) -> None:
    invitation = closed.invitations.get(organisation=scene.guest_authority)
    for _time in range(2):
        naming.set_named(invitation=invitation, is_named=True, by=scene.owner, at=AT)
    assert Event.objects.filter(verb="name_publicly").count() == 1


def test_nobody_agrees_for_another(scene: Scene, closed: StudyVisit) -> None:
    invitation = closed.invitations.get(organisation=scene.guest_authority)
    for person in (scene.host, scene.office, scene.colleague):
        with pytest.raises(NotAllowed):
            naming.set_named(invitation=invitation, is_named=True, by=person, at=AT)
    assert not Invitation.objects.filter(is_named=True).exists()


def test_one_agrees_after_the_visit_was_held(scene: Scene) -> None:
    visit = make_confirmed_visit(scene)
    invitation = visit.invitations.get(organisation=scene.guest_authority)
    with pytest.raises(naming.NotHeldYet):
        naming.set_named(invitation=invitation, is_named=True, by=scene.owner, at=AT)


def test_a_visit_known_by_its_month_shows_it(client: Client, closed: StudyVisit) -> None:
    known = date(2021, 5, 1)
    StudyVisit.objects.filter(pk=closed.pk).update(
        start_date=None, end_date=None, known_month=known
    )
    assert month(known) in client.get(detail(closed)).content.decode()
