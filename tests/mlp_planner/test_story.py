"""From the proposal to the signature, on whatever day it begins; `make test-anyday` names four.

The same path is played with four browsers in `tests/browser/test_story.py`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from agreements.domain.validity import Validity, usual_end
from agreements.enums import AgreementState
from agreements.models import Agreement
from agreements.operations import approvals, drafting, signatures
from agreements.queries.parties import accepted_invitations, current_version
from exchanges.enums import MessageState, VisitState
from exchanges.models import OutboxMessage, StudyVisit, User
from exchanges.operations.visits import visits
from tests.factories import Scene, make_agenda_item, make_confirmed_visit
from tests.factories.agreements import approve, sign
from tests.moment import Clock

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def delivered() -> int:
    """Let the worker do all that is due; returns how many mails left."""
    before = len(mail.outbox)
    call_command("worker", "--once")
    assert not OutboxMessage.objects.filter(state=MessageState.FAILED).exists()
    return len(mail.outbox) - before


def test_a_proposal_becomes_a_signed_agreement(scene: Scene, clock: Clock) -> None:
    visit = make_confirmed_visit(scene)
    make_agenda_item(scene, visit)
    assert delivered() > 0
    file = signed_in(scene.owner).get(reverse("exchanges:visit-ics", args=[visit.reference]))
    events = icalendar.Calendar.from_ical(file.content).walk("VEVENT")
    whole, session = sorted(
        events, key=lambda event: isinstance(event.decoded("DTSTART"), datetime)
    )
    assert whole.decoded("DTSTART") == visit.start_date
    assert session.decoded("DTSTART").date() == visit.start_date
    assert session.decoded("DTSTART").tzinfo is not None

    clock.move_to(datetime.combine(after(visit, 1), time(12), UTC))
    visits.complete(visit=visit, by=scene.host, at=clock.now())
    report = {"report": "We saw a one-stop shop.", "practices_seen": []}
    visits.close(visit=visit, by=scene.owner, at=clock.now(), **report)
    visit.refresh_from_db()
    assert visit.state == VisitState.CLOSED

    agreement = started(scene, visit, clock)
    approvals.propose(agreement=agreement, by=scene.owner, at=clock.now())
    for party in agreement.parties.all():
        approve(party, clock.now())
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.APPROVED
    signatures.send_out(agreement=agreement, by=scene.owner, at=clock.now())
    for party in agreement.parties.all():
        sign(party, clock.now())
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.ACTIVE
    assert delivered() > 0

    signed_in(scene.office).get(reverse("home"))
    version = current_version(agreement)
    address = reverse("agreements:verify-version", args=[agreement.reference, version.sha256[:16]])
    assert Client().get(address).status_code == 200
    call_command("verify_record")


def after(visit: StudyVisit, days: int) -> date:
    assert visit.end_date is not None
    return visit.end_date + timedelta(days=days)


def started(scene: Scene, visit: StudyVisit, clock: Clock) -> Agreement:
    return drafting.start(
        visit=visit,
        drafter=scene.guest_authority,
        invitations=list(accepted_invitations(visit)),
        validity=Validity(clock.today(), usual_end(clock.today()), 6),
        by=scene.owner,
        at=clock.now(),
    )
