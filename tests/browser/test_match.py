"""An official of Athens finds Ljubljana, by keyboard and on a phone."""

from __future__ import annotations

from datetime import UTC, datetime
from queue import SimpleQueue
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_playwright import CreateContextCallback

from exchanges.models import StudyVisit
from tests.browser.crawl import TOO_WIDE, violations
from tests.browser.player import Player
from tests.browser.sample import load_demo
from tests.moment import Clock

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ONE_STOP = "topic=one-stop-shop"
MATCH = f"/programmes/umn-next-sample/match/?{ONE_STOP}"


@pytest.fixture
def athens(site: str, clock: Clock, settings: Any, new_context: CreateContextCallback) -> Player:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clock.move_to(MONDAY)
    load_demo(MONDAY)
    player = Player(new_context().new_page(), site)
    player.sign_in("contact@city-of-athens.example")
    return player


def test_official_finds_a_host_weighs_compares_and_proposes_by_keyboard(athens: Player) -> None:
    page = athens.page
    athens.follow("Match")
    page.get_by_label("Topic").select_option("one-stop-shop")
    athens.sees_heading("Who can teach Athens about one-stop shops and information points?")
    expect(page.locator(".host h3").first).to_have_text("Ljubljana")
    expect(page.locator("#city-ljubljana .reasons")).to_contain_text("ahead of you on one-stop")
    expect(page.locator("#city-muggia")).to_contain_text("Is not ahead of you on this topic")
    expect(page.locator("#city-brussels")).to_contain_text("coordinates the programme")

    before = page.locator("#city-ljubljana .score").inner_text()
    press_on(page, "id_travel", "End")
    expect(page).to_have_url(f"{athens.site}{MATCH}&travel=100")
    expect(page.locator("#id_travel")).to_be_focused()
    expect(page.locator("#city-ljubljana .score")).not_to_have_text(before)
    shown = page.locator("#results").inner_text()
    share = page.locator("#id_travel").get_attribute("aria-valuetext")
    assert share
    page.reload()
    assert page.locator("#results").inner_text() == shown
    expect(page.locator("#id_travel")).to_have_attribute("aria-valuetext", share)
    expect(page.locator(".slider", has=page.locator("#id_travel"))).to_contain_text(share)
    assert page.locator("#id_travel").input_value() == "100"

    press_on(page, "with-ljubljana", "Space")
    press_on(page, "with-trieste", "Space")
    page.get_by_role("button", name="Compare").press("Enter")
    athens.sees_heading("Ljubljana · Trieste")
    page.go_back()
    page.get_by_role("link", name="Invite Ljubljana").press("Enter")
    page.get_by_role("button", name="Start").press("Enter")
    athens.sees("Ljubljana; Athens")
    visit = StudyVisit.objects.latest("pk")
    assert str(visit.host_city) == "Ljubljana"
    assert visit.date_options.count() == 3


def test_topic_chosen_before_htmx_is_there_counts(athens: Player) -> None:
    page, held = athens.page, SimpleQueue[Route]()
    page.route("**/htmx*.js", lambda route: held.put(route))
    page.goto(f"{athens.site}/match/", wait_until="commit")
    page.get_by_label("Topic").select_option("one-stop-shop")
    held.get_nowait().continue_()
    athens.sees_heading("about one-stop shops and information points?")


def test_back_shows_sliders_and_list_as_they_were(athens: Player) -> None:
    page = athens.page
    athens.go(f"/match/?{ONE_STOP}")
    press_on(page, "id_learning", "Home")
    expect(page).to_have_url(f"{athens.site}{MATCH}&learning=0")
    press_on(page, "id_mix", "End")
    expect(page).to_have_url(f"{athens.site}{MATCH}&learning=0&mix=100")
    page.go_back()
    expect(page).to_have_url(f"{athens.site}{MATCH}&learning=0")
    assert page.evaluate("sessionStorage.getItem('htmx-history-cache')") is None  # no page stays
    expect(page.locator("#id_mix")).to_have_value("8")
    expect(page.locator("#id_learning")).to_have_value("0")


def test_nothing_counts_is_said_at_once_and_taken_back(athens: Player) -> None:
    page = athens.page
    athens.go(f"/match/?{ONE_STOP}&language=0&dates=0&travel=0&novelty=0&mix=0&reciprocity=0")
    first = page.locator(".host h3").first.inner_text()
    press_on(page, "id_learning", "Home")
    expect(page.locator("#weights-error")).to_contain_text("Something has to count")
    assert page.locator(".host h3").first.inner_text() == first
    press_on(page, "id_learning", "ArrowRight")
    expect(page.locator("#weights-error")).not_to_contain_text("Something")


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_of_matching_fit_and_axe_finds_nothing(athens: Player, width: int) -> None:
    page = athens.page
    page.set_viewport_size({"width": width, "height": 900})
    faults = []
    for path in (
        f"/match/?{ONE_STOP}",
        f"/match/?{ONE_STOP}&view=map",
        "/match/guests/?learning=abc",
        "/match/compare/?with=ljubljana&with=trieste&with=muggia",
        "/match/compare/",
        f"/match/why/?of=muggia&{ONE_STOP}",
        "/match/why/?of=ljubljana",
    ):
        athens.go(path)
        faults += [f"{path}: {fault}" for fault in violations(page)]
        if (excess := page.evaluate(TOO_WIDE)) > 0:
            faults.append(f"{path}: {excess} pixels too wide")
    assert faults == []


def test_on_a_phone_the_list_comes_before_the_sliders(athens: Player) -> None:
    page = athens.page
    page.set_viewport_size({"width": 390, "height": 900})
    athens.go(f"/match/?{ONE_STOP}")
    expect(page.locator("#id_learning")).to_be_hidden()
    page.get_by_text("Filter, and what counts").press("Enter")
    expect(page.locator("#id_learning")).to_be_visible()


def press_on(page: Page, field: str, key: str) -> None:
    page.locator(f"#{field}").press(key)
