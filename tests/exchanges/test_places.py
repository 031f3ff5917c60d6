"""A wing that the core does not know is shown and run where the core offers a place."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from exchanges.exports.spreadsheet import Table
from exchanges.exports.tables import programme_tables
from exchanges.queries.actions import Action, action_sources
from exchanges.queries.proposals.steps import Step, proposal_steps, steps_missing
from exchanges.registry import Registry
from exchanges.views.programmes.menu import MenuEntry, OfficePanel, office_menu, office_panels
from exchanges.views.visits.panels import VisitPanel, visit_panels
from exchanges.words.proposals import SummaryLine
from tests.factories import make_confirmed_visit, make_draft
from tests.moment import AT

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def test_entries_come_by_order_then_by_name():
    place: Registry[str] = Registry("a place")
    place.add("b", "second", order=10)
    place.add("a", "first", order=10)
    place.add("c", "before all", order=5)
    assert list(place) == ["before all", "first", "second"]


def test_a_name_stands_once():
    place: Registry[str] = Registry("a place")
    place.add("a", "first", order=1)
    with pytest.raises(ValueError, match="a is registered twice: a place"):
        place.add("a", "other", order=2)
    assert list(place) == ["first"]


def test_an_action_of_a_wing_needs_a_person_on_the_home_page(scene):
    soon = (AT + timedelta(days=1)).date()

    def source(roles, at):
        assert (roles.user, at) == (scene.owner, AT)
        words = ("flag", "Count soon", "", "Count")
        return [Action(*words, "exchanges:visit-detail", "V-1", by_date=soon)]

    with action_sources.with_entry("evidence", source, order=90):
        answer = signed_in(scene.owner).get(reverse("home"))
    assert "Count soon" in answer.content.decode()


def test_a_panel_of_a_wing_is_loaded_on_the_documents_of_a_visit(scene):
    visit = make_confirmed_visit(scene)
    panel = VisitPanel("documents", "exchanges:visit-people", "Evidence", "Evidence of this visit")
    client = signed_in(scene.owner)
    with visit_panels.with_entry("evidence", panel, order=90):
        answer = client.get(reverse("exchanges:visit-documents", args=[visit.reference]))
    address = reverse("exchanges:visit-people", args=[visit.reference])
    assert f'hx-get="{address}"' in answer.content.decode()
    assert "Evidence of this visit" in answer.content.decode()
    assert (
        "Evidence"
        not in client.get(
            reverse("exchanges:visit-documents", args=[visit.reference])
        ).content.decode()
    )


def test_a_wing_adds_to_the_office_s_menu_and_home(scene):
    entry = MenuEntry("Claims", "exchanges:event-list", count=lambda programme: 7)
    panel = OfficePanel("partials/empty.html", lambda programme: None)
    with (
        office_menu.with_entry("claims", entry, order=25),
        office_panels.with_entry("claims", panel, order=90),
    ):
        page = signed_in(scene.office).get(reverse("exchanges:office")).content.decode()
    assert 'Claims</a><span class="soft num">7</span>' in page
    assert page.index("Partners and budgets") < page.index("Claims</a>") < page.index("Auditors")


def test_a_step_of_a_wing_comes_after_the_core_s_and_holds_up_sending(scene):
    visit = make_draft(scene)
    before = steps_missing(visit, AT)

    def page(visit, at, data, then):
        raise NotImplementedError

    step = Step(
        "What it costs",
        lambda visit: [SummaryLine("Costs", ("1,200 euros",))],
        lambda visit, at: True,
        page,
        "exchanges/proposals/step.html",
    )
    client = signed_in(scene.owner)
    with proposal_steps.with_entry("costs", step, order=90):
        assert steps_missing(visit, AT) == (*before, "costs")
        tasks = client.get(reverse("exchanges:proposal", args=[visit.reference]))
        check = client.get(reverse("exchanges:proposal-check", args=[visit.reference]))
    assert "What it costs" in tasks.content.decode()
    assert "1,200 euros" in check.content.decode()
    address = reverse("exchanges:proposal-step", args=[visit.reference, "costs"])
    assert client.get(address).status_code == 404


def test_a_table_of_a_wing_is_downloaded_by_the_office(scene):
    address = reverse("exchanges:programme-table", args=[scene.programme.slug, "claims", "csv"])
    client = signed_in(scene.office)
    assert client.get(address).status_code == 404
    with programme_tables.with_entry("claims", lambda programme: Table(["a", "b"], []), order=90):
        answer = client.get(address)
    assert answer.content.decode("utf-8-sig") == "a,b\r\n"
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
