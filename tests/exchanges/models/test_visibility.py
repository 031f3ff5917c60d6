"""Who sees a visit, state by state."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from exchanges.models import Auditor, StudyVisit
from exchanges.operations.proposals import asking
from exchanges.operations.visits import visits
from tests.factories import (
    AT,
    Scene,
    make_agreed_visit,
    make_completed_visit,
    make_confirmed_visit,
    make_draft,
    make_proposed_visit,
    make_scene,
    make_user,
)

pytestmark = pytest.mark.django_db
INSIDERS = {"owner", "colleague"}
ASKED = {"host", "union", "office"}


def make_closed_visit(scene: Scene) -> StudyVisit:
    visit = make_completed_visit(scene)
    return visits.close(visit=visit, by=scene.host, at=AT, report="Good.", practices_seen=[])


def make_cancelled_visit(scene: Scene) -> StudyVisit:
    return visits.cancel(visit=make_confirmed_visit(scene), by=scene.host, at=AT, reason="Flood")


EVERYBODY = INSIDERS | ASKED | {"partner", "stranger", "anonymous", "auditor"}


@pytest.mark.parametrize(
    ("make", "seers"),
    [
        (make_draft, INSIDERS),
        (make_proposed_visit, INSIDERS | ASKED | {"auditor"}),
        (make_agreed_visit, INSIDERS | ASKED | {"auditor"}),
        (make_confirmed_visit, INSIDERS | ASKED | {"auditor", "partner"}),
        (make_cancelled_visit, INSIDERS | ASKED | {"auditor", "partner"}),
        (make_completed_visit, INSIDERS | ASKED | {"auditor", "partner"}),
        (make_closed_visit, EVERYBODY),
    ],
)
def test_a_visit_is_seen_by_whom_it_concerns(
    make: Callable[[Scene], StudyVisit], seers: set[str]
) -> None:
    scene = make_scene()
    visit = make(scene)
    auditor = make_user()
    given = {"given_by": scene.office, "given_at": AT}
    Auditor.objects.create(programme=scene.programme, user=auditor, **given)
    people = {"anonymous": AnonymousUser(), "auditor": auditor}
    people |= {name: getattr(scene, name) for name in EVERYBODY - set(people)}
    found = {
        name
        for name, person in people.items()
        if StudyVisit.objects.visible_to(person).filter(pk=visit.pk).exists()
    }
    assert found == seers


def test_a_visit_is_listed_once_for_who_sees_it_for_several_reasons() -> None:
    scene = make_scene()
    visit = make_confirmed_visit(scene)
    assert list(StudyVisit.objects.visible_to(scene.owner)) == [visit]


def test_a_withdrawn_invitation_shows_the_visit_no_more() -> None:
    scene = make_scene()
    visit = make_proposed_visit(scene)
    invitation = visit.invitations.get(organisation=scene.host_union)
    asking.withdraw(invitation=invitation, by=scene.owner, at=AT)
    assert not StudyVisit.objects.visible_to(scene.union).exists()
