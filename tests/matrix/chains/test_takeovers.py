"""Ways to get rights over an organisation that another office brought in."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

import mlp_planner
from exchanges.enums import AskedState
from exchanges.models import AccountInvitation, Organisation, Partner, Programme, User
from tests.factories import make_appointed, make_contact, make_organisation, make_programme
from tests.factories.authority import Authority, make_authority
from tests.matrix.chains.test_signatories import post

pytestmark = pytest.mark.django_db
FILE = Path(mlp_planner.__file__).parent / "data" / "umn_programme.json"


@pytest.fixture
def authority() -> Authority:
    return make_authority()


def other_office() -> tuple[Programme, User]:
    office = make_organisation("Other office")
    Organisation.objects.filter(pk=office.pk).update(home_office=office)
    office.refresh_from_db()
    return make_programme(coordinator=office), make_appointed(office)


def tries(organisation: Organisation, by: User) -> list[int]:
    """Everything by which an office could take it over; the status of each answer."""
    slug, home = organisation.slug, organisation.home_office
    assert home is not None
    identity = {"name": "Mine now", "kind": organisation.kind, "city": organisation.city_id}
    asked: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
        ("organisation-edit", (slug,), identity),
        ("organisation-people", (slug,), {"email": "mine@example.org", "role": "contact"}),
        ("recovery", (home.slug, slug), {"reason": "Nobody answers."}),
        ("handover-offer", (home.slug, slug), {"office": by.memberships.get().organisation_id}),
    ]
    return [post(by, name, *arguments, **data).status_code for name, arguments, data in asked]


def test_programme_dated_1990_gives_no_right(authority: Authority) -> None:
    make_contact(authority.organisation)
    programme, by = other_office()
    new = {
        "coordinator": programme.coordinator_id,
        "names_en": "The first of all",
        "short_title": "FIRST",
        "start_date": "1990-01-01",
        "end_date": "1991-12-31",
        "max_exchanges": 1,
        "eu_percent": "90",
    }
    post(by, "programme-add", **new)
    first = Programme.objects.get(short_title="FIRST")
    post(by, "partner-add", first.slug, organisation=authority.organisation.pk, role="umn_member")
    assert first.partnership_invitations.get().state == AskedState.OPEN
    assert set(tries(authority.organisation, by)) <= {403, 404}
    authority.organisation.refresh_from_db()
    assert authority.organisation.home_office == authority.office
    assert authority.organisation.name == "City of Milan"
    assert not AccountInvitation.objects.exists()


def test_file_with_the_slug_of_another_gives_no_right(tmp_path: Path) -> None:
    call_command("load_programme", str(FILE), stdout=StringIO())
    content = json.loads(FILE.read_text())
    coordinator, *others = content["organisations"]
    puppet = {"slug": "puppet", "name": "Puppet", "city": "liege", "active_in": ["liege"]}
    content["programme"] |= {"slug": "stolen", "short_title": "STOLEN", "coordinator": "puppet"}
    content["programme"]["start_date"] = "1990-01-01"
    content["exchanges_held"] = []
    content["organisations"] = [coordinator | puppet, *others]
    path = tmp_path / "stolen.json"
    path.write_text(json.dumps(content))
    call_command("load_programme", str(path), stdout=StringIO())
    puppets = Organisation.objects.get(slug="puppet")
    liege = Organisation.objects.get(slug="city-of-liege")
    assert liege.home_office != puppets
    assert not Partner.objects.filter(programme__slug="stolen", organisation=liege).exists()
    assert liege.city not in puppets.active_in.all()
    assert set(tries(liege, make_appointed(puppets))) <= {403, 404}
