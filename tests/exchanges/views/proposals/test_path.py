"""The whole path, from the first page to the picked date."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from exchanges.enums import InvitationState, VisitState
from exchanges.links import PURPOSE_INVITATION, make_token
from exchanges.models import Invitation, StudyVisit, TopicLevel
from tests.factories import Scene, make_scene
from tests.moment import moved, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    scene = make_scene()
    TopicLevel.objects.create(city=scene.host_city, topic=scene.topic, level=3)
    return scene


def link_of(invitation: Invitation, person: int) -> str:
    token = make_token(
        PURPOSE_INVITATION,
        subject=invitation.pk,
        person=person,
        generation=invitation.generation,
    )
    return f"/i/{token}/"


def test_proposal_goes_from_start_to_picked_date(client: Client, scene: Scene) -> None:
    client.force_login(scene.owner)
    page = client.get("/visits/propose/", follow=True)
    assert page.status_code == 200
    proposer = page.context["form"]["organisation"].value()
    data = {"organisation": proposer, "side": "guest"}
    started = client.post(page.redirect_chain[-1][0], data)
    visit = StudyVisit.objects.get()
    address = f"/proposals/{visit.reference}/"
    assert started["Location"] == address
    assert client.get(address).status_code == 200

    def save(step: str, **values: object) -> str:
        assert client.get(f"{address}{step}/").status_code == 200
        visit.refresh_from_db()
        data = {"revision": visit.revision, "then": "next", **values}
        answer = client.post(f"{address}{step}/", data)
        assert answer.status_code == 302, answer.content.decode()
        return str(answer["Location"])

    onward = save("learn", title="One-stop shops", purpose="See it.", topics=[scene.topic.pk])
    assert onward == f"{address}cities/"
    assert save("cities", host="ljubljana") == f"{address}dates/"
    days = {"rows": 2, "start_0": posted("2027-03-09"), "end_0": posted("2027-03-11")}
    days |= {"start_1": posted("2027-04-06"), "end_1": posted("2027-04-08")}
    assert save("dates", **days) == f"{address}invited/"
    asked = [scene.host_authority.pk, scene.host_union.pk]
    assert save("invited", organisations=asked) == f"{address}details/"
    onward = save(
        "details", group_size=6, languages=["en"], answer_by=posted("2026-12-12"), message=""
    )
    assert onward == f"{address}check/"

    page = client.get(f"{address}check/")
    assert page.status_code == 200
    assert "Send the invitations" in page.content.decode()
    visit.refresh_from_db()
    sent = client.post(f"{address}check/", {"revision": visit.revision})
    assert sent["Location"] == f"{address}sent/"
    assert client.get(f"{address}sent/").status_code == 200
    visit.refresh_from_db()
    assert visit.state == VisitState.PROPOSED

    options = list(visit.date_options.all())
    assert [option.start_date for option in options] == [
        moved(date(2027, 3, 9)),
        moved(date(2027, 4, 6)),
    ]
    for person, organisation in (
        (scene.host, scene.host_authority),
        (scene.union, scene.host_union),
    ):
        invitation = visit.invitations.get(organisation=organisation)
        link, somebody = link_of(invitation, person.pk), Client()
        assert somebody.get(link).status_code == 200
        answers = {f"option-{option.pk}": "yes" for option in options}
        data = {"action": "accept", "revision": invitation.revision, "word": "", **answers}
        answered = somebody.post(link, data)
        assert answered.status_code == 302, answered.content.decode()
        assert "you take part" in somebody.get(link).content.decode()
        invitation.refresh_from_db()
        assert invitation.state == InvitationState.ACCEPTED

    pick = f"/visits/{visit.reference}/dates/{options[0].pk}/pick/"
    assert "Pick this date" in client.get(pick).content.decode()
    assert client.post(pick).status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.start_date) == (VisitState.AGREED, moved(date(2027, 3, 9)))
