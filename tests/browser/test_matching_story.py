"""Matching from end to end: an official finds a host, the office plans the whole programme."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, ViewportSize, expect
from pytest_playwright import CreateContextCallback

from exchanges.enums import PlanState, VisitState
from exchanges.models import MatchingWeights, PlanPair, Programme, ProgrammePlan, StudyVisit
from tests.browser.crawl import Crawl
from tests.browser.player import Player, last_mail
from tests.browser.sample import load_demo
from tests.moment import Clock

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MOST_TABS = 120
PHONE: ViewportSize = {"width": 390, "height": 844}
TOPIC = "One-stop shops and information points"
REASONS = (
    "Three levels ahead of you on one-stop shops and information points",
    "Migration Information Point, a one-stop shop",
    "Works in English with you",
    "common windows, the first 12–14 January 2027",
    "1,176 km away",
)


@pytest.fixture
def programme(site: str, clock: Clock, settings: Any) -> Programme:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clock.move_to(MONDAY)
    return load_demo(MONDAY)


def test_official_finds_a_host_by_keyboard_and_proposes(
    programme: Programme, site: str, new_context: CreateContextCallback
) -> None:
    athens = Player(new_context().new_page(), site)
    athens.sign_in("contact@city-of-athens.example")
    press(athens, athens.page.get_by_role("link", name="Match", exact=True))
    athens.sees_heading("Who can teach Athens?")
    choose_topic(athens)
    assert hosts(athens) == ["Ljubljana", "Trieste", "Liège"]
    for words in REASONS:
        expect(host(athens, "Ljubljana")).to_contain_text(words)
    athens.picture("8-match")
    athens.finds_no_barrier()
    weigh_learning_in_return(athens)
    ask_why_not(athens)
    reference = invite(athens)
    assert StudyVisit.objects.get(reference=reference).state == VisitState.DRAFT
    fits_phones(athens, f"/proposals/{reference}/")


def test_official_finds_a_host_on_a_phone(
    programme: Programme, site: str, new_context: CreateContextCallback
) -> None:
    athens = Player(new_context(has_touch=True).new_page(), site)
    athens.page.set_viewport_size(PHONE)
    athens.sign_in("contact@city-of-athens.example")
    athens.go("/match/")
    page = athens.page
    page.get_by_text("Filter, and what counts").tap()
    page.get_by_label("Topic").select_option(label=TOPIC)
    athens.sees_heading("about one-stop shops and information points?")
    expect(page.locator(".host h3").first).to_have_text("Ljubljana")
    slider = page.get_by_role("slider", name="Learning in return")
    slider.evaluate(
        "slider => { slider.value = 100; "
        "slider.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    expect(page.locator(".host h3").first).to_have_text("Trieste")
    athens.finds_no_barrier()
    page.get_by_role("link", name="Invite Ljubljana").tap()
    athens.sees("Filled in for you")
    athens.finds_no_barrier()


def test_office_plans_forces_fixes_and_sends(
    programme: Programme, site: str, new_context: CreateContextCallback
) -> None:
    office = Player(new_context().new_page(), site)
    office.sign_in("contact@etuc.example")
    drafts = StudyVisit.objects.filter(state=VisitState.DRAFT).count()
    first = ask_for_plan(office)
    office.sees_heading("3 visits. Cities that take part: 9 of 9.")
    office.sees("Proven optimal")
    office.picture("9-plan")
    office.finds_no_barrier()
    force_athens_to_ljubljana(office)
    see_the_price(office)
    fix(office)
    sees_fixed_pair(office)
    sent = send_two(office)
    assert StudyVisit.objects.filter(state=VisitState.DRAFT).count() == drafts + 2
    open_what_was_suggested(Player(new_context().new_page(), site), sent)
    plans = f"/office/programmes/{programme.slug}/plans/"
    pages = ("", "new/", f"{first.number}/", f"{first.number}/pair/?guest=athens&host=sofia")
    more = [f"{first.number}/{page}/" for page in ("trust", "cities", "held", "basis", "send")]
    fits_phones(office, *(f"{plans}{page}" for page in (*pages, *more)))


def test_office_weighs_pairs_and_credits_by_keyboard(
    programme: Programme, site: str, new_context: CreateContextCallback
) -> None:
    office = Player(new_context().new_page(), site)
    office.sign_in("contact@etuc.example")
    office.go("/office/")
    press(office, office.page.get_by_role("link", name="What counts"))
    weight = office.page.get_by_label("Learning", exact=True)
    tab_to(office, weight)
    office.page.keyboard.press("Control+A")
    office.page.keyboard.type("920")
    points = office.page.locator("#shares tbody tr").first
    expect(points).to_contain_text("630")
    press(office, office.page.get_by_role("button", name="Save"))
    office.sees("New suggestions and new plans use these weights.")
    assert MatchingWeights.objects.get(programme=programme).learning == 920
    paths = ["weights/", "pairs/", "pairs/add/", "credits/", "credits/settle/"]
    fits_phones(office, *(f"/office/programmes/{programme.slug}/{path}" for path in paths))


def tab_to(player: Player, target: Locator) -> None:
    """With the Tab key alone."""
    expect(target).to_be_visible()
    for _number in range(MOST_TABS):
        if target.evaluate("element => element === document.activeElement"):
            return
        player.page.keyboard.press("Tab")
    raise AssertionError(f"{target} cannot be reached by keyboard")


def press(player: Player, target: Locator, key: str = "Enter") -> None:
    tab_to(player, target)
    player.page.keyboard.press(key)


def hosts(player: Player) -> list[str]:
    return player.page.locator(".host h3").all_inner_texts()


def host(player: Player, city: str) -> Locator:
    return player.page.locator(".host").filter(has=player.page.get_by_role("heading", name=city))


def choose_topic(player: Player) -> None:
    tab_to(player, player.page.get_by_label("Topic"))
    player.page.keyboard.type("One-stop")
    player.sees_heading("about one-stop shops and information points?")
    expect(player.page.locator("#results h2").first).to_have_text("3 cities can host you")


def weigh_learning_in_return(player: Player) -> None:
    """The order follows at once, and what stands above the list stays where it is."""
    slider = player.page.get_by_role("slider", name="Learning in return")
    press(player, slider, "End")
    expect(player.page.locator(".host h3").first).to_have_text("Trieste")
    assert slider.evaluate("element => element === document.activeElement")
    player.finds_no_barrier()


def ask_why_not(player: Player) -> None:
    refused = player.page.locator(".ruled-out")
    muggia = refused.filter(has_text="Muggia")
    expect(muggia).to_contain_text("Has no place to host this year")
    brussels = refused.filter(has_text="Brussels")
    expect(brussels).to_contain_text("coordinates the programme and neither hosts nor travels")
    press(player, muggia.get_by_role("link"))
    player.sees_heading("Why not Muggia?")
    player.finds_no_barrier()
    tab_to(player, player.page.get_by_label("Another city"))
    player.page.keyboard.type("Brussels")
    press(player, player.page.get_by_role("button", name="Show"))
    player.sees_heading("Why not Brussels?")
    player.finds_no_barrier()
    press(player, player.page.get_by_role("link", name="Find a host"))
    expect(player.page.locator(".host h3").first).to_have_text("Trieste")


def invite(player: Player) -> str:
    """With topic, host and days filled in; answers with the reference of the draft."""
    press(player, player.page.get_by_role("link", name="Reset"))
    expect(player.page.locator(".host h3").first).to_have_text("Ljubljana")
    press(player, player.page.get_by_role("link", name="Invite Ljubljana"))
    player.sees("Filled in for you")
    filled = player.page.get_by_role("region", name="Filled in for you")
    for words in (TOPIC, "Ljubljana, Slovenia", "12–14 January 2027"):
        expect(filled).to_contain_text(words)
    player.finds_no_barrier()
    press(player, player.page.get_by_role("button", name="Start"))
    player.page.wait_for_url(re.compile("/proposals/[^/]+/"))
    reference = player.page.url.split("/proposals/")[1].split("/")[0]
    player.go(f"/proposals/{reference}/cities/")
    chosen = player.page.locator(".host").filter(has_text="Ljubljana").get_by_role("radio")
    expect(chosen).to_be_checked()
    player.go(f"/proposals/{reference}/dates/")
    expect(player.page.get_by_label("12–14 January 2027")).to_be_checked()
    return reference


def ask_for_plan(player: Player) -> ProgrammePlan:
    player.go("/office/")
    press(player, player.page.get_by_role("link", name="Plans", exact=True))
    press(player, player.page.get_by_role("link", name="New plan"))
    player.sees_heading("What should the plan hold?")
    player.finds_no_barrier()
    press(player, player.page.get_by_role("button", name="Solve"))
    player.sees_heading("The plan waits for its turn")
    player.finds_no_barrier()
    return solve_what_waits()


def solve_what_waits() -> ProgrammePlan:
    """As the worker does it; the page that waits goes on by itself."""
    call_command("worker", "--once")
    plan = ProgrammePlan.objects.latest("number")
    assert plan.state == PlanState.SOLVED
    return plan


def force_athens_to_ljubljana(player: Player) -> None:
    press(player, player.page.get_by_role("link", name="Why not this pair?"))
    tab_to(player, player.page.get_by_label("Who travels"))
    player.page.keyboard.type("Athens")
    tab_to(player, player.page.get_by_label("Where to"))
    player.page.keyboard.type("Ljubljana")
    press(player, player.page.get_by_role("button", name="Ask"))
    player.sees("Nothing rules it out.")
    player.finds_no_barrier()
    press(player, player.page.get_by_role("button", name="See what it would cost"))
    player.sees_heading("The plan waits for its turn")


def see_the_price(player: Player) -> None:
    forced = solve_what_waits()
    player.sees(f"What it costs against plan {forced.number - 1}")
    expect(player.page.locator(".plan-price .figure")).to_contain_text(
        re.compile(r"\d+ points less")
    )
    player.picture("10-price")
    player.finds_no_barrier()


def fix(player: Player) -> None:
    press(player, player.page.get_by_role("link", name="Fix this pair"))
    player.sees_heading("Fix Athens to Ljubljana?")
    tab_to(player, player.page.get_by_label("Why is this pair fixed?"))
    player.page.keyboard.type("Both mayors have asked for it")
    player.finds_no_barrier()
    player.page.keyboard.press("Enter")
    player.sees("The pair is fixed for every plan from now on.")
    assert PlanPair.objects.get().reason == "Both mayors have asked for it"
    press(player, player.page.get_by_role("button", name="Solve again with all fixed pairs"))
    player.sees_heading("The plan waits for its turn")


def sees_fixed_pair(player: Player) -> None:
    plan = solve_what_waits()
    player.sees_heading("Cities that take part")
    visits = (plan.result or {})["visits"]
    assert "athens" in next(each["guests"] for each in visits if each["host"] == "ljubljana")
    row = player.page.locator(".plan-visits tbody tr").filter(has_text="Ljubljana")
    expect(row.filter(has_text="Athens")).to_have_count(1)


def send_two(player: Player) -> list[str]:
    """Answers with the references of the drafts."""
    boxes = player.page.locator(".plan-visits input[type=checkbox]")
    for number in range(2):
        press(player, boxes.nth(number), "Space")
    press(player, player.page.get_by_role("button", name="Send the chosen visits as proposals"))
    player.sees_heading("Check, then send the proposals")
    player.sees("Nothing has been sent yet.")
    player.picture("11-send")
    player.finds_no_barrier()
    press(player, player.page.get_by_role("button", name="Send 2 proposals"))
    player.sees_heading("2 proposals are on their way")
    player.finds_no_barrier()
    return player.page.locator(".panel-done strong").all_inner_texts()


def open_what_was_suggested(player: Player, references: list[str]) -> None:
    """Who would propose it reads the mail, and finds the draft filled in."""
    visit = StudyVisit.objects.get(reference=references[0])
    assert visit.proposer is not None
    email = f"contact@{visit.proposer.slug}.example"
    assert f"/proposals/{visit.reference}/" in last_mail(email)
    player.sign_in(email)
    player.go(f"/proposals/{visit.reference}/")
    player.sees(str(visit.host_city))
    player.finds_no_barrier()


def fits_phones(player: Player, *paths: str) -> None:
    """At both widths: nothing sticks out, and axe finds nothing."""
    crawl = Crawl(player.page, player.site)
    for path in paths:
        crawl.examine(path)
    assert not crawl.faults, "\n".join(crawl.faults)
