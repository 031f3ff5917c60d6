import csv
import io
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.domain.validity import Validity
from agreements.enums import AgreementState
from tests.factories.agreements import (
    bring_to,
    contact,
    start_agreement,
)
from tests.moment import AT

pytestmark = pytest.mark.django_db
LIST, CSV = "agreements:agreement-list", "/agreements/register.csv"


def references(page):
    return [agreement.reference for agreement, _next in page.context["rows"]]


def get(client, **query):
    return client.get(reverse(LIST), query)


@pytest.fixture
def four(scene, client):
    """In force, running out in 80 days, proposed, declined: as the office sees them."""
    hosts, guests = scene.hosts, scene.guests
    soon = Validity(AT.date() - timedelta(days=900), AT.date() + timedelta(days=80), 6)
    made = {
        "active": bring_to(start_agreement(scene, [hosts[0], guests[0]]), AgreementState.ACTIVE),
        "ending": bring_to(
            start_agreement(scene, [hosts[1], guests[0]], validity=soon), AgreementState.ACTIVE
        ),
        "proposed": bring_to(
            start_agreement(scene, [hosts[0], guests[0], guests[1]]), AgreementState.PROPOSED
        ),
        "declined": bring_to(
            start_agreement(scene, [hosts[1], guests[0], guests[1]]), AgreementState.DECLINED
        ),
    }
    client.force_login(scene.office)
    return {name: agreement.reference for name, agreement in made.items()}


def test_register_has_all_with_sums_and_next_steps(client, four):
    page = get(client)
    assert set(references(page)) == set(four.values())
    sums = page.context["sums"]
    assert (sums.total, sums.in_force, sums.runs_out, sums.on_the_way) == (4, 2, 1, 1)
    steps = {agreement.reference: step for agreement, step in page.context["rows"]}
    assert steps[four["proposed"]] == "0 of 3 approved"


def test_what_runs_out_is_one_click_away(client, four):
    page = get(client)
    assert '?until=90"' in page.content.decode()
    assert references(get(client, until="90")) == [four["ending"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "proposed"}, {"proposed"}),
        ({"state": "nonsense"}, {"active", "ending", "proposed", "declined"}),
        ({"text": "obcina ljubljana"}, {"active", "proposed"}),
        ({"text": "НЕЗАВИСИМ"}, {"ending", "declined"}),
        ({"text": "nowhere"}, set()),
        ({"text": "Ljubljana  ΕΡΓΑΤΙΚΟ"}, {"proposed", "declined"}),
        ({"text": "pordenone partnership"}, {"active", "ending", "proposed", "declined"}),
        ({"text": "a" * 5000}, set()),
        ({"text": "\x00"}, {"active", "ending", "proposed", "declined"}),
        ({"city": "nowhere"}, set()),
        ({"until": "365", "state": "active"}, {"ending"}),
        ({"page": "99"}, {"active", "ending", "proposed", "declined"}),
        ({"page": "x", "sort": "drop table"}, {"active", "ending", "proposed", "declined"}),
    ],
)
def test_filter_narrows(client, four, query, expected):
    page = get(client, **query)
    assert page.status_code == 200
    assert set(references(page)) == {four[name] for name in expected}


def test_reference_and_city_narrow(client, four, scene):
    assert references(get(client, text=four["active"].lower())) == [four["active"]]
    assert set(references(get(client, city=scene.visit.host_city.slug))) == set(four.values())


def test_rows_are_sorted_as_asked(client, four):
    assert references(get(client, sort="reference")) == sorted(four.values())
    assert references(get(client, sort="-reference")) == sorted(four.values(), reverse=True)
    assert references(get(client))[0] == four["ending"]


def test_fragment_equals_the_reload(client, four):
    url = reverse(LIST) + "?state=active"
    whole = client.get(url)
    part = client.get(url, headers={"hx-request": "true"})
    assert part["Vary"].count("HX-Request") == 1
    fragment = part.content.decode().strip()
    assert fragment.startswith('<div id="results">')
    assert fragment in whole.content.decode()
    assert "<html" not in fragment


def test_long_register_has_pages(client, four, monkeypatch):
    monkeypatch.setattr("agreements.views.register.A_PAGE", 3)
    first, second = get(client, sort="reference"), get(client, sort="reference", page="2")
    assert references(first) + references(second) == sorted(four.values())
    assert "sort=reference" in first.content.decode()


def test_empty_register_says_what_to_do(client, scene):
    client.force_login(scene.office)
    assert "No agreements yet" in get(client).content.decode()
    assert "No agreement fits" in get(client, state="void").content.decode()


def test_partner_sees_no_register_but_its_own(client, scene, four):
    client.force_login(contact(scene.hosts[1]))
    page = get(client)
    assert set(references(page)) == {four["ending"], four["declined"]}
    assert "Register" not in page.content.decode()


def test_csv_has_the_rows_of_the_filter(client, four):
    answer = client.get(CSV, {"state": "active"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["Reference"] for row in rows} == {four["active"], four["ending"]}
    assert rows[0]["Valid until"] == (AT.date() + timedelta(days=80)).isoformat()
    assert rows[0]["Parties"] == "Независим профсъюз; Comune di Pordenone"


def test_formula_in_a_name_is_text_in_the_file(client, scene, four):
    scene.hosts[0].name = '=HYPERLINK("http://example.org")'
    scene.hosts[0].save()
    rows = list(csv.DictReader(io.StringIO(client.get(CSV).content.decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row.values()]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_excel_file_has_days_as_days_and_no_formula(client, scene, four):
    scene.hosts[0].name = '=HYPERLINK("http://example.org")'
    scene.hosts[0].save()
    answer = client.get("/agreements/register.xlsx", {"state": "active"})
    assert answer["Content-Disposition"].endswith('.xlsx"')
    with ZipFile(io.BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "=HYPERLINK(" in texts
    assert four["active"] in texts
    assert AT.date().isoformat() not in texts
    days = (AT.date() + timedelta(days=80) - date(1899, 12, 30)).days
    assert f"<v>{days}</v>" in sheet


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_number_of_queries_does_not_grow(client, scene):
    client.force_login(scene.office)
    urls = [reverse(LIST), CSV, reverse("home")]
    choices = [
        [scene.hosts[0], scene.guests[0]],
        [scene.hosts[1], scene.guests[0]],
        scene.organisations,
    ]
    first = bring_to(start_agreement(scene, choices[0]), AgreementState.PROPOSED)
    detail = reverse("agreements:agreement-detail", args=[first.reference])
    one = [queries_of(client, url) for url in (*urls, detail)]
    for parties in choices[1:]:
        bring_to(start_agreement(scene, parties), AgreementState.PROPOSED)
    assert [queries_of(client, url) for url in (*urls, detail)] == one


def test_detail_asks_no_more_with_more_parties(client, scene):
    client.force_login(scene.office)
    two = bring_to(start_agreement(scene), AgreementState.ACTIVE)
    four = bring_to(start_agreement(scene, scene.organisations), AgreementState.ACTIVE)
    urls = [reverse("agreements:agreement-detail", args=[each.reference]) for each in (two, four)]
    assert len({queries_of(client, url) for url in urls}) == 1
