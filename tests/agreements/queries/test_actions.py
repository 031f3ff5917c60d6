from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.enums import AgreementState
from agreements.queries.actions import agreement_actions
from exchanges.models import StudyVisit
from exchanges.queries.people.roles import roles_of
from tests.factories.agreements import (
    approve,
    bring_to,
    colleague,
    contact,
    parties,
    sign,
    signatory,
    start_agreement,
)
from tests.moment import AT

pytestmark = pytest.mark.django_db
S = AgreementState


def waiting(scene):
    """For whom of the scene something waits, and which page it leads to."""
    people = {
        "drafter": contact(scene.drafter),
        "party": contact(scene.hosts[0]),
        "outside": contact(scene.hosts[1]),
        "colleague": colleague(scene.drafter),
        "signatory": signatory(scene.hosts[0]),
        "other signatory": signatory(scene.drafter),
        "office": scene.office,
        "auditor": scene.auditor,
        "stranger": scene.stranger,
    }
    return {
        name: [action.url_name.removeprefix("agreements:agreement-") for action in found]
        for name, user in people.items()
        if (found := agreement_actions(roles_of(user), AT))
    }


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (S.DRAFT, {"drafter": ["detail"]}),
        (S.PROPOSED, {"drafter": ["approve"], "party": ["approve"]}),
        (S.APPROVED, {"drafter": ["send-out"], "office": ["send-out"]}),
        (S.OUT_FOR_SIGNATURE, {"signatory": ["sign"], "other signatory": ["sign"]}),
        (S.ACTIVE, {}),
        (S.UPCOMING, {}),
        (S.EXPIRED, {}),
        (S.NOTICE_GIVEN, {}),
        (S.DECLINED, {}),
        (S.WITHDRAWN, {}),
        (S.TERMINATED, {}),
        (S.VOID, {}),
    ],
)
def test_whose_move_it_is_gets_an_action(scene, state, expected):
    bring_to(start_agreement(scene), state)
    assert waiting(scene) == expected


def test_who_has_done_it_waits_no_more(scene):
    agreement = bring_to(start_agreement(scene), S.PROPOSED)
    approve(parties(agreement)[0])
    assert waiting(scene) == {"drafter": ["approve"]}
    approve(parties(agreement)[1])
    agreement = bring_to(start_agreement(scene, scene.organisations), S.OUT_FOR_SIGNATURE)
    sign(parties(agreement)[0])
    assert "signatory" not in waiting(scene)


def test_action_says_with_whom_and_by_when(scene):
    agreement = bring_to(start_agreement(scene), S.PROPOSED)
    [action] = agreement_actions(roles_of(contact(scene.hosts[0])), AT)
    assert action.title == f"Approve the agreement with {scene.guests[0].name}"
    assert action.detail == f"{agreement.reference}, version 1"
    assert action.url_argument == agreement.reference
    assert action.by_date is not None
    assert action.by_date > AT.date()


def test_number_of_queries_does_not_grow(scene):
    def count():
        with CaptureQueriesContext(connection) as captured:
            found = agreement_actions(roles_of(contact_person), AT)
        return len(captured), len(found)

    contact_person = contact(scene.drafter)
    bring_to(start_agreement(scene), S.PROPOSED)
    one = count()
    bring_to(start_agreement(scene, [scene.hosts[1], scene.guests[0]]), S.PROPOSED)
    bring_to(start_agreement(scene, scene.organisations), S.APPROVED)
    three = count()
    assert (one[1], three[1]) == (1, 3)
    assert one[0] == three[0] <= 6


def test_after_a_visit_an_agreement_waits_for_those_who_met(scene):
    day = AT.date() - timedelta(days=70)
    StudyVisit.objects.filter(pk=scene.visit.pk).update(start_date=day, end_date=day)
    assert waiting(scene) == {}
    day = AT.date() - timedelta(days=20)
    StudyVisit.objects.filter(pk=scene.visit.pk).update(start_date=day, end_date=day)
    expected = {name: ["start"] for name in ("drafter", "party", "outside")}
    assert waiting(scene) == expected
    StudyVisit.objects.filter(pk=scene.visit.pk).update(is_unconfirmed=True)
    assert waiting(scene) == {}
    StudyVisit.objects.filter(pk=scene.visit.pk).update(is_unconfirmed=False)
    bring_to(start_agreement(scene), S.WITHDRAWN)
    assert waiting(scene) == {}


def test_before_its_end_an_agreement_waits_for_the_contacts_of_its_parties(scene):
    agreement = bring_to(start_agreement(scene), S.EXPIRING)
    assert waiting(scene) == {"drafter": ["detail"], "party": ["detail"]}
    [action] = agreement_actions(roles_of(contact(scene.hosts[0])), AT)
    assert action.title == f"Go on, or let the agreement with {scene.guests[0].name} end"
    assert action.by_date == agreement.valid_until
    late = AT + timedelta(days=81)
    assert agreement_actions(roles_of(contact(scene.hosts[0])), late) == []
