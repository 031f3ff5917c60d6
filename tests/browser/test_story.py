"""The main job from end to end: four people, each with a browser of their own."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, date, datetime
from typing import Any

import pytest
import vobject
from django.core.management import call_command
from playwright.sync_api import expect
from pytest_playwright import CreateContextCallback

from agreements.models import Agreement
from exchanges.models import Programme, StudyVisit
from tests.browser.player import Player, link_in_mail
from tests.browser.sample import load_demo
from tests.moment import Clock

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AFTER_THE_VISIT = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)
FIRST_DAY, LAST_DAY = date(2027, 3, 9), date(2027, 3, 10)
SESSIONS = (
    (FIRST_DAY, "09:30", "11:00", "Welcome in the town hall", "Town hall, Red Room"),
    (FIRST_DAY, "11:30", "13:00", "The one-stop shop at work", "Točka VEM"),
    (LAST_DAY, "09:00", "12:00", "What we take home", "Town hall, Red Room"),
)
PARTIES = {
    "city-of-pordenone": "Comune di Pordenone",
    "city-of-ljubljana": "Mestna občina Ljubljana",
    "nsds": "Neodvisni",
}


@pytest.fixture
def programme(site: str, clock: Clock, settings: Any) -> Programme:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clock.move_to(MONDAY)
    return load_demo(MONDAY)


def test_visit_goes_from_proposal_to_signed_agreement(
    programme: Programme, site: str, clock: Clock, new_context: CreateContextCallback
) -> None:
    pordenone, union, ljubljana, office = (Player(new_context().new_page(), site) for _ in range(4))
    used_before = programme.exchanges.exclude(visit=None).count()

    pordenone.sign_in("contact@city-of-pordenone.example")
    pordenone.picture("home")
    reference = propose(pordenone)
    accept_from_mail(union, "contact@nsds.example")
    accept_from_mail(ljubljana, "contact@city-of-ljubljana.example")
    pick_date(pordenone)
    confirm(office, reference, used_before)

    ljubljana.sign_in("contact@city-of-ljubljana.example")
    build_agenda(ljubljana, reference)
    read_calendar(pordenone, reference)

    clock.move_to(AFTER_THE_VISIT)  # their sessions are over by then
    call_command("worker", "--once")  # so that the code is not followed by a reminder
    ljubljana.sign_in("contact@city-of-ljubljana.example")
    pordenone.sign_in("contact@city-of-pordenone.example")
    complete(ljubljana, reference)
    agreement = draft_agreement(pordenone, reference)
    approve(union, "contact@nsds.example", agreement)
    approve(ljubljana, "contact@city-of-ljubljana.example", agreement)
    approve(pordenone, "contact@city-of-pordenone.example", agreement)
    send_out(pordenone, agreement)
    sign(pordenone, "city-of-pordenone", agreement)
    sign(union, "nsds", agreement)
    sign(ljubljana, "city-of-ljubljana", agreement)
    office.sign_in("contact@etuc.example")
    find_in_register(office, agreement)
    read_document(ljubljana, agreement)


def propose(player: Player) -> str:
    page = player.page
    player.follow("Propose a visit")
    player.press("Start")
    player.follow("Begin")
    page.get_by_label("Title of the visit").fill("One-stop shops for new residents")
    page.get_by_label("What do you want to see").fill("How one counter serves everybody.")
    page.get_by_label("One-stop shops and information points").check()
    player.press("Save and go on")
    choose_ljubljana(player)
    offer_dates(player)
    player.sees_heading("Who is invited?")
    expect(page.get_by_label("City Municipality of Ljubljana")).to_be_checked()
    player.press("Save and go on")
    page.get_by_label("How many people travel").fill("4")
    page.get_by_label("English").check()
    page.get_by_label("Answer by").fill("2026-12-14")
    player.press("Save and go on")
    player.sees_heading("Check, then send the invitations")
    player.press("Send the invitations")
    player.sees_heading("The invitations are on their way")
    player.finds_no_barrier()
    return page.locator(".panel-done strong").inner_text()


def choose_ljubljana(player: Player) -> None:
    """It is suggested first or second, with its reason in words."""
    player.sees_heading("Who can teach Pordenone?")
    suggested = player.page.locator(".hosts > .host")
    ljubljana = suggested.filter(has_text="Ljubljana")
    assert ljubljana.locator(".rank").inner_text() in ("1", "2")
    expect(ljubljana.locator(".reasons")).to_contain_text("one-stop shops and information points")
    ljubljana.get_by_role("radio").check()
    player.picture("1-propose")
    player.press("Save and go on")


def offer_dates(player: Player) -> None:
    days = ((FIRST_DAY, LAST_DAY), (date(2027, 4, 6), date(2027, 4, 7)))
    for number, (first, last) in enumerate(days, start=1):
        option = player.page.get_by_role("group", name=f"Option {number}")
        option.get_by_label("First day").fill(first.isoformat())
        option.get_by_label("Last day").fill(last.isoformat())
    player.press("Save and go on")


def accept_from_mail(player: Player, email: str) -> None:
    """By the link alone: nobody is signed in."""
    player.go(link_in_mail(email))
    player.sees_heading("Will you host Pordenone in Ljubljana?")
    for option in player.page.locator("fieldset.dates .tri").all():
        option.get_by_role("radio", name="Yes").check()
    player.page.get_by_label("A word to those who ask").fill("You are welcome.")
    player.picture("2-answer")
    player.press("Accept")
    player.sees_heading("Thank you, you take part")
    player.finds_no_barrier()
    assert not [each for each in player.page.context.cookies() if each["name"] == "sessionid"]


def pick_date(player: Player) -> None:
    player.go("/")
    player.page.get_by_role("link", name="Pick the date for Ljubljana").click()
    player.sees("All who accepted have answered. Pick the date.")
    player.picture("3-pick")
    player.follow(re.compile("Pick 9–10 March 2027"))
    player.press("Pick this date")
    player.sees("The visit takes place on 9–10 March 2027")


def confirm(player: Player, reference: str, used_before: int) -> None:
    player.sign_in("contact@etuc.example")
    player.sees(f"{used_before} of 8 used")
    player.go(f"/visits/{reference}/")
    player.follow("Confirm the visit")
    player.picture("4-confirm")
    player.press("Confirm the visit")
    player.go("/")
    player.sees(f"{used_before + 1} of 8 used")


def build_agenda(player: Player, reference: str) -> None:
    player.page.get_by_role("link", name="Build the agenda for Ljubljana").click()
    for day, start, end, title, venue in SESSIONS:
        player.page.get_by_role("link", name="Add a session").click()
        player.page.get_by_label("Title").fill(title)
        player.page.get_by_label("Day").select_option(day.isoformat())
        player.page.get_by_label("Start").fill(start)
        player.page.get_by_label("End", exact=True).fill(end)
        player.page.get_by_label(re.compile("^Venue")).fill(venue)
        player.press("Save the session")
        expect(player.page.get_by_role("heading", name=title)).to_be_visible()
    player.picture("5-agenda")


def read_calendar(player: Player, reference: str) -> None:
    """With a parser that is not ours."""
    player.go(f"/visits/{reference}/")
    link = player.page.get_by_role("link", name="Calendar file")
    content = player.fetch(f"{player.site}{link.get_attribute('href')}")
    calendar = vobject.readOne(content.decode())
    sessions = {
        event.summary.value: (event.dtstart.value, event.location.value)
        for event in calendar.vevent_list
        if isinstance(event.dtstart.value, datetime)
    }
    assert {title for _, _, _, title, _ in SESSIONS} == set(sessions)
    start, place = sessions["The one-stop shop at work"]
    assert start.astimezone(UTC) == datetime(2027, 3, 9, 10, 30, tzinfo=UTC)
    assert "Točka VEM" in place


def complete(player: Player, reference: str) -> None:
    player.go("/")
    player.page.get_by_role("link", name="Complete the visit in Ljubljana").click()
    player.follow("Complete the visit")
    player.press("Yes, it took place")
    expect(player.page.locator(".lead-in .state")).to_contain_text("Completed")
    assert StudyVisit.objects.get(reference=reference).state == "completed"


def draft_agreement(player: Player, reference: str) -> str:
    player.go(f"/visits/{reference}/documents/")
    player.follow("Draft an agreement")
    player.press("Make the draft")
    player.follow("Propose to the parties")
    player.press("Propose to the parties")
    player.sees("The agreement is proposed to all parties.")
    return Agreement.objects.get(visit__reference=reference).reference


def approve(player: Player, email: str, agreement: str) -> None:
    player.sign_in(email)
    player.page.get_by_role("link", name=re.compile("^Approve the agreement with")).first.click()
    player.sees(agreement)
    player.press(re.compile("^Approve for"))
    player.sees("Approved by")


def send_out(player: Player, agreement: str) -> None:
    player.go(f"/agreements/{agreement}/")
    player.follow("Send out for signature")
    player.press("Send out for signature")
    player.sees("The agreement is out for signature.")


def sign(player: Player, organisation: str, agreement: str) -> None:
    player.sign_in(f"signatory@{organisation}.example")
    player.go(f"/agreements/{agreement}/")
    player.follow("Read and sign")
    player.finds_no_barrier()
    player.press("Send me a code")
    player.type_code_of(f"signatory@{organisation}.example")
    player.finds_no_barrier()
    player.page.get_by_role("checkbox").check()
    player.picture("6-sign", from_top=False)
    player.press(re.compile("^Sign for"))
    player.sees_heading(f"{agreement} is signed")
    player.finds_no_barrier()


def find_in_register(player: Player, agreement: str) -> None:
    player.page.get_by_role("navigation").get_by_role("link", name="Agreements").first.click()
    player.page.get_by_label("State").select_option("active")
    player.page.get_by_label("City").select_option("ljubljana")
    player.press("Filter")
    expect(player.page).to_have_url(re.compile("state=active"))
    row = player.page.get_by_role("row").filter(has_text=agreement)
    expect(row).to_contain_text("City Municipality of Ljubljana")
    player.picture("7-register")


def read_document(player: Player, agreement: str) -> None:
    player.go(f"/agreements/{agreement}/")
    link = player.page.get_by_role("link", name="PDF").first
    content = player.fetch(f"{player.site}{link.get_attribute('href')}")
    text = " ".join(text_of(content).split())
    for name in PARTIES.values():
        assert name in text
    assert ", signatory" in text
    assert agreement in text
    player.follow("Public verification page")
    player.sees_heading("This agreement is in force")


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()
