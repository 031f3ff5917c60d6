"""A file's held visits, and those whom they name and who were there before."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.test import Client

import mlp_planner
from agreements.operations import drafting
from exchanges.enums import AskedState, DisputeKind, Message
from exchanges.models import City, HeldVisitQuestion, Organisation, OutboxMessage, StudyVisit
from exchanges.operations.answers import AnsweredAlready
from exchanges.operations.network import disputes
from exchanges.operations.visits import held_questions
from exchanges.permissions import NotAllowed
from exchanges.queries.network.disputes import Ground, grounds_of
from exchanges.queries.visits.meetings import meetings_of
from tests.factories import make_contact, make_organisation
from tests.factories.agreements import usual_validity
from tests.moment import AT

pytestmark = pytest.mark.django_db
FILE = Path(mlp_planner.__file__).parent / "data" / "umn_programme.json"


def load(content: dict[str, Any], tmp_path: Path) -> str:
    path, out = tmp_path / "file.json", StringIO()
    path.write_text(json.dumps(content))
    call_command("load_programme", str(path), stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def stolen(tmp_path: Path) -> StudyVisit:
    """A visit of a second programme's file, which names organisations of the first."""
    content = json.loads(FILE.read_text())
    load(content, tmp_path)
    first = content["exchanges_held"][0]
    content["programme"] |= {"slug": "other", "short_title": "OTHER"}
    content["exchanges_held"] = [first | {"key": "made-up"}]
    assert "Not public until those named have confirmed: OTHER-" in load(content, tmp_path)
    return StudyVisit.objects.get(import_key="made-up")


def public(visit: StudyVisit) -> bool:
    return StudyVisit.objects.visible_to(AnonymousUser()).filter(pk=visit.pk).exists()


def test_a_file_that_makes_all_whom_it_names_asks_nobody(tmp_path: Path) -> None:
    load(json.loads(FILE.read_text()), tmp_path)
    assert not HeldVisitQuestion.objects.exists()
    assert all(public(visit) for visit in StudyVisit.objects.all())


def test_a_visit_that_names_others_is_not_public_until_all_confirm(stolen: StudyVisit) -> None:
    questions = list(stolen.held_questions.all())
    assert questions
    assert not public(stolen)
    assert Client().get(f"/visits/{stolen.reference}/").status_code != 200
    for number, question in enumerate(questions, start=1):
        organisation = (
            question.organisation or Organisation.objects.filter(active_in=question.city).first()
        )
        assert organisation is not None
        by = make_contact(organisation)
        held_questions.confirm(question=question, by=by, at=AT)
        with pytest.raises(AnsweredAlready):
            held_questions.confirm(question=question, by=by, at=AT)
        assert public(stolen) is (number == len(questions))


def test_a_no_keeps_it_from_the_public_until_the_operator_decides(stolen: StudyVisit) -> None:
    question = stolen.held_questions.exclude(organisation=None).first()
    assert question is not None
    assert question.organisation is not None
    by = make_contact(question.organisation)
    stolen.held_questions.exclude(pk=question.pk).update(state=AskedState.ACCEPTED)
    held_questions.refuse(question=question, reason="We were never there.", by=by, at=AT)
    assert not public(stolen)
    dispute = disputes.open_dispute(
        organisation=question.organisation,
        kind=DisputeKind.HELD_VISITS,
        city=None,
        text="We were never there.",
        by=by,
        at=AT,
    )
    disputes.decide(dispute=dispute, is_granted=True, decision="There is a list.", name="", at=AT)
    assert public(stolen)


def test_no_agreement_rests_on_it(stolen: StudyVisit) -> None:
    invitations = list(stolen.invitations.select_related("organisation", "city")[:2])
    drafter = invitations[0].organisation
    with pytest.raises(drafting.VisitNotConfirmed):
        drafting.start(
            visit=stolen,
            drafter=drafter,
            invitations=invitations,
            validity=usual_validity(),
            by=make_contact(drafter),
            at=AT,
        )


def test_contacts_are_asked_and_others_neither_see_nor_answer(stolen: StudyVisit) -> None:
    question = stolen.held_questions.exclude(organisation=None).first()
    assert question is not None
    assert question.organisation is not None
    contact = make_contact(question.organisation)
    stranger = make_contact(make_organisation("Elsewhere"))
    with pytest.raises(NotAllowed):
        held_questions.confirm(question=question, by=stranger, at=AT)
    client = Client()
    client.force_login(stranger)
    assert client.get(f"/held-visits/{question.pk}/").status_code == 404
    client.force_login(contact)
    assert "Say whether the visit to" in client.get("/").content.decode()
    page = client.post(f"/held-visits/{question.pk}/", {"answer": "yes"}, follow=True)
    assert "Your answer is sent" in page.content.decode()
    question.refresh_from_db()
    assert (question.state, question.answered_by) == (AskedState.ACCEPTED, contact)


def test_city_without_a_named_organisation_is_asked(tmp_path: Path) -> None:
    content = json.loads(FILE.read_text())
    load(content, tmp_path)
    held = next(each for each in content["exchanges_held"] if each.get("guest_cities"))
    content["programme"] |= {"slug": "other", "short_title": "OTHER"}
    content["exchanges_held"] = [{**held, "key": "made-up", "hosts": []}]
    acting = Organisation.objects.filter(active_in__slug=held["host_city"])[0]
    contact = make_contact(acting)
    load(content, tmp_path)
    visit = StudyVisit.objects.get(import_key="made-up")
    asked = set(visit.held_questions.values_list("city__slug", flat=True))
    assert asked == {held["host_city"], *held["guest_cities"], *held.get("co_host_cities", [])}
    told = OutboxMessage.objects.filter(kind=Message.HELD_VISIT_ASKED, recipient=contact)
    assert told.exists()
    question = visit.held_questions.get(city=City.objects.get(slug=held["host_city"]))
    held_questions.confirm(question=question, by=contact, at=AT)


def test_it_counts_for_no_city_in_any_matching(stolen: StudyVisit) -> None:
    city = stolen.host_city
    assert city is not None
    assert stolen.pk not in {each.visit.pk for each in meetings_of([city.pk])}
    stolen.held_questions.update(state=AskedState.ACCEPTED)
    held_questions.settle(stolen)
    assert stolen.pk in {each.visit.pk for each in meetings_of([city.pk])}


def test_office_of_the_file_puts_the_silence_of_a_city_to_the_operator(tmp_path: Path) -> None:
    content = json.loads(FILE.read_text())
    load(content, tmp_path)
    held = next(each for each in content["exchanges_held"] if each.get("guest_cities"))
    content["programme"] |= {"slug": "other", "short_title": "OTHER"}
    content["exchanges_held"] = [{**held, "key": "made-up", "hosts": []}]
    load(content, tmp_path)
    visit = StudyVisit.objects.get(import_key="made-up")
    acting = Organisation.objects.filter(active_in__slug=held["host_city"])[0]
    office = make_contact(visit.programme.coordinator)
    after = AT + timedelta(days=14)
    assert Ground(DisputeKind.HELD_VISITS) not in grounds_of(acting, AT)
    assert Ground(DisputeKind.HELD_VISITS) in grounds_of(acting, after)
    dispute = disputes.open_dispute(
        organisation=acting,
        kind=DisputeKind.HELD_VISITS,
        city=None,
        text="Nobody answers.",
        by=office,
        at=after,
    )
    visit.held_questions.exclude(city__slug=held["host_city"]).update(state=AskedState.ACCEPTED)
    disputes.decide(dispute=dispute, is_granted=True, decision="It is known.", name="", at=after)
    assert public(visit)
