"""An office plans with cities whose organisations are asked and have not accepted."""

from __future__ import annotations

import pytest
from django.test import Client

from exchanges.enums import AskedState
from exchanges.models import PartnershipInvitation, ProgrammePlan, StudyVisit
from exchanges.operations.programmes import partnerships
from exchanges.plans.domain.snapshot import visits_of
from exchanges.plans.operations import sending
from exchanges.plans.queries.requests import usual_options
from exchanges.queries.matching.data import load_matching_data
from tests.factories import make_question
from tests.factories.plans import Network, make_network, make_solved_plan
from tests.moment import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    """In which the two organisations of one city are asked again."""
    network = make_network()
    for partner in network.programme.partners.filter(organisation__city__slug=ASKED):
        make_question(network.programme, partner.organisation, role=partner.role)
        partner.delete()
    return network


ASKED = "athens"


def rows_with(plan: ProgrammePlan) -> list[int]:
    visits = visits_of((plan.result or {})["visits"])
    return [n for n, each in enumerate(visits) if ASKED in (each.host, *each.guests)]


def test_asked_city_is_offered_unticked_and_marked(network: Network, client: Client) -> None:
    assert ASKED not in usual_options(network.programme, AT).cities
    client.force_login(network.office)
    page = client.get(f"/office/programmes/{network.programme.slug}/plans/new/")
    marked = [each.slug for each in page.context["cities"] if not each.has_accepted]
    assert marked == [ASKED]
    assert ASKED not in page.context["chosen"]
    assert page.content.decode().count("not accepted") == 1


def test_matches_and_others_do_not_see_it(network: Network) -> None:
    assert ASKED not in load_matching_data(network.programme, AT).facts


def test_plan_with_it_says_so_and_sends_none_of_its_visits(
    network: Network, client: Client
) -> None:
    plan = make_solved_plan(network)
    [row, *_more] = rows_with(plan)
    client.force_login(network.office)
    page = client.get(f"/office/programmes/{network.programme.slug}/plans/{plan.number}/")
    assert "has accepted to take part yet: Athens" in page.content.decode()
    with pytest.raises(sending.RowsNotSendable, match="Nobody in Athens has accepted"):
        sending.send_rows(plan=plan, rows=[row], by=network.office, at=AT)
    assert not StudyVisit.objects.filter(programme=network.programme).exists()


def test_once_it_has_accepted_its_visits_are_sent(network: Network, client: Client) -> None:
    plan = make_solved_plan(network)
    for asked in PartnershipInvitation.objects.filter(state=AskedState.OPEN):
        contact = asked.organisation.memberships.get(role="contact").user
        partnerships.accept(asked=asked, by=contact, at=AT)
    client.force_login(network.office)
    page = client.get(f"/office/programmes/{network.programme.slug}/plans/{plan.number}/")
    assert "has accepted to take part yet" not in page.content.decode()
    [sent] = sending.send_rows(plan=plan, rows=rows_with(plan)[:1], by=network.office, at=AT)
    assert sent.visit is not None


def test_asked_organisation_does_not_count_in_a_city_that_takes_part(network: Network) -> None:
    some = network.programme.partners.filter(role="umn_member").first()
    assert some is not None
    make_question(network.programme, some.organisation, role=some.role)
    some.delete()
    found = load_matching_data(network.programme, AT, with_asked=True)
    assert not found.facts[some.organisation.city.slug].has_umn_member
