"""What no browser sends, and what no person was asked."""

from __future__ import annotations

import pytest
from django.test import Client

from exchanges.operations.visits.imports import HeldVisit, import_visit
from tests.factories import AT, Scene, make_completed_visit, make_draft

pytestmark = pytest.mark.django_db
TOO_LARGE = "9" * 26


def test_a_number_too_large_for_a_row_is_refused_in_every_list_of_boxes(
    client: Client, scene: Scene
) -> None:
    draft, held = make_draft(scene), make_completed_visit(scene)
    said = {"title": "Kept", "description": "Kept too", "purpose": "Kept", "report": "Kept"}
    numbers = {key: [TOO_LARGE] for key in ("topics", "organisations", "practices_seen")}
    for person, address in (
        (scene.owner, "/practices/add/"),
        (scene.owner, f"/proposals/{draft.reference}/learn/"),
        (scene.host, f"/visits/{held.reference}/close/"),
    ):
        client.force_login(person)
        response = client.post(address, {**said, **numbers})
        assert response.status_code == 200, address
        assert "Kept" in response.content.decode()


def test_nobody_is_asked_about_a_visit_held_before(client: Client, scene: Scene) -> None:
    held = HeldVisit(
        host_city=scene.host_city,
        title="Held",
        year=2022,
        guests=[scene.guest_city],
        host_organisations=[scene.host_union],
        guest_organisations=[scene.guest_authority],
    )
    visit = import_visit(programme=scene.programme, held=held, by=None, at=AT)
    client.force_login(scene.union)
    assert visit.reference not in client.get("/inbox/").content.decode()
    answer = visit.invitations.get(organisation=scene.host_union)
    assert client.get(f"/inbox/{answer.pk}/").status_code == 404
