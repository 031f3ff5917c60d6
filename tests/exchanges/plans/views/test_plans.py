"""The pages with which the office plans the whole programme."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from i18nfield.strings import LazyI18nString

from exchanges.enums import PairRule, PlanKind, PlanState
from exchanges.models import City, CityProfile, OutboxMessage, PlanPair, ProgrammePlan, SentRow
from exchanges.plans.domain.problem import points_of
from exchanges.plans.domain.snapshot import from_json
from exchanges.plans.forms import CitiesField
from exchanges.plans.operations import asking as operations
from tests.error_summary import links_of, lost_links
from tests.factories import AT, make_organisation, make_partner
from tests.factories.plans import Network, make_network, make_plan, make_solved_plan, solve_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def network(client: Client) -> Network:
    found = make_network()
    client.force_login(found.office)
    return found


def address(network: Network, rest: str = "") -> str:
    return f"/office/programmes/{network.programme.slug}/plans/{rest}"


def asked(network: Network, **changes: Any) -> dict[str, Any]:
    return {
        "cities": sorted(network.cities),
        "exchanges": 2,
        "fairness": "everyone",
        "country_share": 60,
        "time_limit": 30,
        **changes,
    }


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_empty_list_says_what_to_do(client: Client, network: Network) -> None:
    page = words(client.get(address(network)))
    assert "No plan yet" in page
    assert address(network, "new/") in page


def test_form_starts_with_all_cities_and_all_exchanges_left(
    client: Client, network: Network
) -> None:
    form = client.get(address(network, "new/")).context["form"]
    assert form["cities"].value() == sorted(network.cities)
    assert form["exchanges"].value() == 3


def test_plan_is_asked_for_solved_and_shown(client: Client, network: Network) -> None:
    response = client.post(address(network, "new/"), asked(network))
    assert response["Location"] == address(network, "1/")
    assert "waits for its turn" in words(client.get(response["Location"]))
    solve_now(ProgrammePlan.objects.get())
    page = client.get(response["Location"])
    assert page.context["page"].headline in words(page)
    assert "Proven optimal" in words(page)
    rows = page.context["page"].rows
    assert sum(row.points for row in rows) == page.context["page"].result.score


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no city": ({"cities": []}, "Choose the cities"),
    "one city": ({"cities": ["athens"]}, "One city cannot visit itself"),
    "one city twice": ({"cities": ["athens", "athens"]}, "One city cannot visit itself"),
    "a city of nowhere": ({"cities": ["athens", "atlantis"]}, "of this programme only"),
    "ten thousand cities": ({"cities": "\n".join(f"c-{n}" for n in range(10_000))}, "Choose fewer"),
    "no exchange": ({"exchanges": 0}, "greater than or equal to 1"),
    "negative": ({"exchanges": -3}, "greater than or equal to 1"),
    "huge": ({"exchanges": "9" * 40}, "less than or equal to 200"),
    "more than are left": ({"exchanges": 100}, "what the programme has left"),
    "no number": ({"country_share": "NaN"}, "whole number"),
    "no fairness": ({"fairness": "luck"}, "valid choice"),
    "forever": ({"time_limit": 86400}, "less than or equal to 300"),
    "one country": ({"cities": ["pordenone", "trieste"]}, "country"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_wishes_get_a_sentence_and_stay_typed(
    client: Client, network: Network, name: str
) -> None:
    changes, sentence = BAD[name]
    data = asked(network, **changes)
    response = client.post(address(network, "new/"), data)
    assert response.status_code == 200
    assert sentence in words(response)
    assert "There is a problem" in words(response)
    assert response.context["form"]["exchanges"].value() == str(data["exchanges"])
    assert not ProgrammePlan.objects.exists()


@pytest.mark.parametrize("separator", ["\r\n", "\n", ", ", " ", ";"])
def test_cities_are_one_field_of_ids_too(client: Client, network: Network, separator: str) -> None:
    sent = asked(network, cities=separator.join(sorted(network.cities)))
    assert client.post(address(network, "new/"), sent).status_code == 302
    request = json.loads(ProgrammePlan.objects.get().request)
    assert sorted(each["slug"] for each in request["cities"]) == sorted(network.cities)


def test_more_than_a_thousand_cities_are_asked_for_without_javascript(
    client: Client, network: Network
) -> None:
    """The page of a large network as a browser sends it, with one line taken out."""
    slugs = [f"town-{number}" for number in range(1_050)]
    authority = make_organisation("Union of towns", city=network.cities["athens"])
    authority.active_in.add(*_many_cities(slugs))
    make_partner(network.programme, authority)
    page = client.get(address(network, "new/"))
    assert 'type="checkbox"' not in words(page)
    refused = words_kept(client.post(address(network, "new/"), asked(network, cities="")))
    assert (links_of(refused), lost_links(refused)) == (["id_cities_0"], [])
    lines = html.unescape(re.findall(r'name="cities"[^>]*>([^<]*)<', words_kept(page))[0])
    kept = [line for line in lines.splitlines() if line != "Town 7 (SI)"]
    assert len(kept) == len(lines.splitlines()) - 1 > 1_000

    sent = asked(network, cities="\r\n".join(kept))
    assert client.post(address(network, "new/"), sent).status_code == 302
    request = json.loads(ProgrammePlan.objects.get().request)
    asked_for = {each["slug"] for each in request["cities"]}
    assert "town-7" not in asked_for
    assert len(asked_for) == len(kept)


def test_cities_of_one_name_are_told_apart_by_their_slugs() -> None:
    field = CitiesField(choices=[("a", "Alba (IT)"), ("b", "Alba (IT)"), ("c", "Como (IT)")])
    assert field.lines() == {"a": "a", "b": "b", "c": "Como (IT)"}
    assert field.clean(["b\ncomo (it)"]) == ["b", "c"]
    with pytest.raises(ValidationError):
        field.clean(["Alba (IT)"])


def words_kept(response: Any) -> str:
    return str(response.content.decode())


def _many_cities(slugs: list[str]) -> list[City]:
    """As a large network has them; the factories would take seconds."""
    cities = City.objects.bulk_create(
        City(
            slug=slug,
            names=LazyI18nString({"en": f"Town {slug.partition('-')[2]}"}),
            country="SI",
            latitude=46,
            longitude=14,
            time_zone="Europe/Ljubljana",
            languages=["sl"],
        )
        for slug in slugs
    )
    CityProfile.objects.bulk_create(
        CityProfile(city=city, working_languages=["en"], hosting_capacity=1, guest_capacity=1,
                    places_for_guests=10, delegation_size=2)
        for city in cities
    )  # fmt: skip
    return cities


def test_progress_is_a_fragment_until_the_plan_is_solved(client: Client, network: Network) -> None:
    plan = make_plan(network)
    told = {"method": "model", "objective": 900, "bound": 1000, "visits": 2, "seconds": 1.5}
    ProgrammePlan.objects.filter(pk=plan.pk).update(state=PlanState.SOLVING, progress=told)
    htmx = {"HTTP_HX_REQUEST": "true"}
    text = words(client.get(address(network, "1/"), **htmx))
    assert "<html" not in text
    assert 'value="90"' in text
    assert "at most 10%" in text
    assert 'hx-swap-oob="innerHTML"' in text
    next_url = re.findall(r'hx-get="([^"]+)"', text)[0]
    again = words(client.get(next_url, **htmx))
    assert "hx-swap-oob" not in again  # the reader of the screen heard it
    ProgrammePlan.objects.filter(pk=plan.pk).update(state=PlanState.QUEUED)
    solve_now(plan)
    assert client.get(address(network, "1/"), **htmx)["HX-Refresh"] == "true"


def test_waiting_plan_can_be_stopped_and_asked_for_again(client: Client, network: Network) -> None:
    make_plan(network)
    assert "1" in words(client.get(f"/office/?programme={network.programme.slug}"))
    client.post(address(network, "1/stop/"))
    assert "This plan was not solved" in words(client.get(address(network, "1/")))
    response = client.post(address(network, "1/again/"))
    assert response["Location"] == address(network, "2/")


def test_office_finds_a_plan_that_is_being_solved(client: Client, network: Network) -> None:
    make_plan(network)
    page = words(client.get(f"/office/?programme={network.programme.slug}"))
    assert f'<a href="{address(network, "1/")}">Plan 1</a> waits to be solved.' in page


PAGES = ("", "1/", "1/cities/", "1/trust/", "1/pair/", "1/held/", "1/basis/", "1/send/?row=0")


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_pages_take_the_same_number_of_queries_for_more_visits(
    client: Client, network: Network
) -> None:
    few = make_solved_plan(network, exchanges=1)
    many = make_solved_plan(network, exchanges=3, country_share=100)
    assert len(few.result["visits"]) < len(many.result["visits"])
    for page in PAGES[1:]:
        url = address(network, page)
        assert queries_of(client, url) == queries_of(client, url.replace("/1/", "/2/")), page


def test_list_takes_the_same_number_of_queries_for_more_plans(
    client: Client, network: Network
) -> None:
    make_solved_plan(network)
    one = queries_of(client, address(network))
    make_solved_plan(network, exchanges=1)
    make_solved_plan(network, exchanges=2)
    assert queries_of(client, address(network)) == one


def pair_outside(plan: ProgrammePlan) -> tuple[str, str]:
    """Possible, and not in the plan."""
    inside = {(guest, row["host"]) for row in plan.result["visits"] for guest in row["guests"]}
    return min(set(points_of(from_json(plan.request))) - inside)


def test_pair_is_forced_priced_fixed_and_solved_again(client: Client, network: Network) -> None:
    plan = make_solved_plan(network, exchanges=2)
    guest, host = pair_outside(plan)
    query = f"guest={guest}&host={host}"
    assert "Nothing rules it out" in words(client.get(address(network, f"1/pair/?{query}")))
    response = client.post(address(network, "1/pair/"), {"guest": guest, "host": host})
    assert response["Location"] == address(network, "2/")
    forced = solve_now(ProgrammePlan.objects.get(number=2))
    assert (forced.kind, forced.based_on) == (PlanKind.FORCED, plan)
    page = client.get(address(network, "2/"))
    lost = plan.result["score"] - forced.result["score"]
    assert page.context["beside"].points == lost
    assert page.context["price"] in words(page)
    fix = address(network, f"2/pair/fix/?{query}")
    assert "This field is required" in words(client.post(fix, {"reason": " "}))
    assert client.post(fix, {"reason": "They asked."})["Location"] == address(network, "2/")
    assert PlanPair.objects.get().rule == PairRule.FIXED
    assert client.post(address(network, "2/again/"))["Location"] == address(network, "3/")
    again = solve_now(ProgrammePlan.objects.get(number=3))
    assert (guest, host) in from_json(again.request).fixed
    assert any(row["host"] == host and guest in row["guests"] for row in again.result["visits"])


def test_ruled_out_pair_says_why_and_offers_no_price(client: Client, network: Network) -> None:
    make_solved_plan(network)
    page = words(client.get(address(network, "1/pair/?guest=pordenone&host=trieste")))
    assert "Both are in Italy" in page
    assert "See what it would cost" not in page


@pytest.mark.parametrize(
    "query", ["guest=athens&host=athens", "guest=athens", "guest=x&host=y", "guest=%00&host=1e999"]
)
def test_question_about_no_pair_gets_a_sentence(
    client: Client, network: Network, query: str
) -> None:
    make_solved_plan(network)
    response = client.get(address(network, f"1/pair/?{query}"))
    assert response.status_code == 200
    assert "There is a problem" in words(response)
    assert client.post(address(network, "1/pair/"), {"guest": "x"}).status_code == 200


def test_chosen_visits_are_checked_sent_once_and_shown(client: Client, network: Network) -> None:
    plan = make_solved_plan(network, exchanges=3, country_share=100)
    check = client.get(address(network, "1/send/?row=0&row=1&row=1&row=77&row=-1&row=x"))
    assert "Nothing has been sent yet" in words(check)
    assert [row.number for _preview, row in check.context["previews"]] == [0, 1]
    assert not SentRow.objects.exists()
    sent = address(network, "1/sent/?row=0&row=1")
    for _click in range(2):
        response = client.post(address(network, "1/send/"), {"row": ["0", "1"]})
        assert response["Location"] == sent
    assert SentRow.objects.filter(plan=plan).count() == 2
    assert OutboxMessage.objects.count() == 2
    assert "2 proposals are on their way" in words(client.get(sent))
    rows = client.get(address(network, "1/")).context["page"].rows
    assert [row.can_be_sent for row in rows[:2]] == [False, False]


def test_nothing_chosen_is_not_sent(client: Client, network: Network) -> None:
    make_solved_plan(network)
    assert "No visit is chosen" in words(client.get(address(network, "1/send/")))
    response = client.post(address(network, "1/send/"), {"row": ["99", "x"]})
    assert response.status_code == 409
    assert "Choose at least one visit" in words(response)


def test_called_off_visit_offers_a_repair(client: Client, network: Network) -> None:
    make_solved_plan(network, exchanges=2)
    client.post(address(network, "1/send/"), {"row": ["0"]})
    assert "was called off" not in words(client.get(address(network, "1/")))
    visit = SentRow.objects.get().visit
    assert visit is not None
    visit.delete()
    assert "A visit of this plan was called off" in words(client.get(address(network, "1/")))
    response = client.post(address(network, "1/repair/"))
    assert response["Location"] == address(network, "2/")
    repaired = solve_now(ProgrammePlan.objects.get(number=2))
    assert repaired.kind == PlanKind.REPAIR
    page = client.get(address(network, "2/"))
    assert "What the repair changes in plan 1" in words(page)
    assert page.context["page"].points < 10_000  # not what was kept on top
    line = client.get(address(network)).context["rows"][0]
    assert line.points == page.context["page"].points


def test_nothing_called_off_is_not_repaired(client: Client, network: Network) -> None:
    make_solved_plan(network)
    page = words(client.post(address(network, "1/repair/"), follow=True))
    assert "nothing to repair" in page
    assert ProgrammePlan.objects.count() == 1


def test_same_snapshot_solved_again_is_exactly_as_good(client: Client, network: Network) -> None:
    plan = make_solved_plan(network)
    client.post(address(network, "1/again/"), {"with": "same"})
    again = solve_now(ProgrammePlan.objects.get(number=2))
    assert again.request_sha256 == plan.request_sha256
    assert "It is exactly as good" in words(client.get(address(network, "2/")))


def test_plans_stand_side_by_side(client: Client, network: Network) -> None:
    one = make_solved_plan(network, exchanges=3, country_share=100)
    other = make_solved_plan(network, exchanges=1)
    page = client.get(address(network, "1/compare/?with=2"))
    beside = page.context["beside"]
    assert beside.points == one.result["score"] - other.result["score"]
    assert len(beside.changes) >= len(one.result["visits"])
    nowhere = ("with=9", "with=x", "with=", "alternative=9", "alternative=-1", "with=" + "9" * 50)
    for query in nowhere:
        assert client.get(address(network, f"1/compare/?{query}")).status_code == 404, query
    answer = client.get(address(network, "1/compare/"))
    assert answer["Location"] == address(network, "1/trust/")


def test_trust_says_how_good_the_plan_is_and_what_else_would_do(
    client: Client, network: Network
) -> None:
    solve_now(make_plan(network, exchanges=3, country_share=100), trust_seconds=20)
    page = client.get(address(network, "1/trust/"))
    trust = page.context["trust"]
    assert not trust.is_pending
    assert trust.alternatives
    for said in (trust.fairness, trust.worst_off, trust.stability.words):
        assert said
    shown = client.get(address(network, "1/compare/?alternative=1"))
    assert len(shown.context["beside"].different) >= 2


def test_trust_that_is_still_worked_out_asks_again(client: Client, network: Network) -> None:
    plan = make_solved_plan(network)
    ProgrammePlan.objects.filter(pk=plan.pk).update(analysis=None)
    assert "still being worked out" in words(client.get(address(network, "1/trust/")))
    htmx = {"HTTP_HX_REQUEST": "true"}
    assert client.get(address(network, "1/trust/"), **htmx).status_code == 204
    ProgrammePlan.objects.filter(pk=plan.pk).update(analysis={"failure": "killed"})
    assert client.get(address(network, "1/trust/"), **htmx)["HX-Refresh"] == "true"
    assert "not enough time" in words(client.get(address(network, "1/trust/")))


def test_note_is_all_that_changes(client: Client, network: Network) -> None:
    plan = make_solved_plan(network)
    url = address(network, "1/basis/")
    revision = client.get(url).context["form"].initial["revision"]
    client.post(url, {"note": "Για το συμβούλιο", "revision": revision})
    plan.refresh_from_db()
    assert plan.note == "Για το συμβούλιο"
    late = client.post(url, {"note": "За борда", "revision": revision})
    assert "Somebody else saved" in words(late)
    assert "За борда" in words(late)
    plan.refresh_from_db()
    assert plan.note == "Για το συμβούλιο"


def test_plan_can_be_taken_away(client: Client, network: Network) -> None:
    plan = make_solved_plan(network)
    whole = json.loads(client.get(address(network, "1/plan.json")).content)
    assert whole["request"] == json.loads(plan.request)
    assert whole["result"] == plan.result
    table = client.get(address(network, "1/plan.csv"))
    lines = table.content.decode("utf-8-sig").splitlines()
    guests = sum(len(row["guests"]) for row in plan.result["visits"])
    assert len(lines) == 1 + guests
    assert table["Content-Disposition"].startswith("attachment")


def test_city_without_needs_and_room_is_left_out_with_the_reason(
    client: Client, network: Network
) -> None:
    city = network.cities["sofia"]
    city.learning_needs.all().delete()
    city.profile.hosting_capacity = 0
    city.profile.save()
    page = words(client.get(address(network, "new/")))
    assert "Cannot take part now" in page
    make_solved_plan(network)
    left = client.get(address(network, "1/cities/")).context["left_out"]
    assert [row.place.slug for row in left] == ["sofia"]
    assert "It can be matched with no other city" in left[0].left_out


def test_plan_of_another_programme_is_not_found(client: Client, network: Network) -> None:
    make_solved_plan(network)
    for number in ("2", "0", "9" * 30):
        assert client.get(address(network, f"{number}/")).status_code == 404
    assert client.get("/office/programmes/other/plans/1/").status_code == 404


def test_list_is_filtered_and_ordered(client: Client, network: Network) -> None:
    plan = make_solved_plan(network, exchanges=2)
    guest, host = pair_outside(plan)
    forced = operations.force_pair(
        plan=plan, guest=network.cities[guest], host=network.cities[host], by=network.office, at=AT
    )
    rows = client.get(address(network, "?kind=forced&sort=oldest")).context["rows"]
    assert [row.plan for row in rows] == [forced]
    rows = client.get(address(network, "?sort=oldest&kind=%00&page=zz")).context["rows"]
    assert [row.plan.number for row in rows] == [1, 2]
    assert "No plan of this kind" in words(client.get(address(network, "?kind=repair")))
