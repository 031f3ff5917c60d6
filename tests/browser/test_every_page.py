"""Every page that can be reached: fit for all, fit for phones, silent, and in six languages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect
from pytest_playwright import CreateContextCallback

from agreements.enums import AgreementState
from agreements.models import Agreement
from exchanges.enums import InvitationState, VisitState
from exchanges.links import PURPOSE_INVITATION, make_token
from exchanges.models import City, Invitation, Programme, StudyVisit, User
from exchanges.words.proposals import ProposalStep
from tests.browser.crawl import Crawl, violations
from tests.browser.sample import load_demo
from tests.moment import Clock

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WALKERS = {
    "anonymous": "",
    "office": "contact@etuc.example",
    "official": "contact@city-of-liege.example",
}
REACHED = {
    "home", "exchanges:visit-list", "exchanges:visit-agenda", "exchanges:visit-people",
    "exchanges:agenda-item-add", "exchanges:visit-confirm", "exchanges:visit-close",
    "exchanges:city-profile-edit", "exchanges:city-profile-part", "exchanges:practice-edit",
    "exchanges:record-check",
    "exchanges:record-heads",
    "exchanges:match", "exchanges:match-guests", "exchanges:match-why", "plans:plan-list",
    "plans:plan-new", "plans:plan-detail", "plans:plan-trust", "plans:plan-held",
    "exchanges:weights-edit", "plans:pair-list", "exchanges:credit-list",
    "exchanges:organisation-people", "agreements:agreement-list", "agreements:agreement-detail",
    "agreements:agreement-start", "agreements:verify-version", "demo-people", "usersessions_list",
}  # fmt: skip
pytestmark = pytest.mark.urls("tests.mlp_planner.demo_urls")


@pytest.fixture
def demo(site: str, clock: Clock, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.DEMO, settings.CLOCK_FILE = True, tmp_path / "clock"
    clock.move_to(MONDAY)


@pytest.fixture
def programme(demo: None) -> Programme:
    return load_demo(MONDAY)


@pytest.fixture
def planned(demo: None) -> Programme:
    """With a plan that is solved."""
    return load_demo(MONDAY, with_plan=True)


def test_every_page_is_sound(
    planned: Programme, site: str, new_context: CreateContextCallback
) -> None:
    examined: set[str] = set()
    faults: list[str] = []
    for reader, email in WALKERS.items():
        page = new_context().new_page()
        if email:
            become(page, site, email)
        crawl = Crawl(page, site, frozenset(examined))
        crawl.walk(["/", "/demo/", "/accounts/login/"])
        assert len(crawl.seen) > 5, reader
        examined |= crawl.examined if email else set()
        faults += [f"{reader}: {fault}" for fault in crawl.faults]
        page.context.close()
    assert not faults, "\n".join(faults)
    assert examined >= REACHED


def test_every_step_of_a_visit_is_sound(
    programme: Programme, site: str, new_context: CreateContextCallback
) -> None:
    faults: list[str] = []
    for email, paths in steps().items():
        page = new_context().new_page()
        if email:
            become(page, site, email)
        crawl = Crawl(page, site)
        for path in paths:
            crawl.examine(path)
            assert page.url.endswith(path)
        faults += [f"{email}: {fault}" for fault in crawl.faults]
        page.context.close()
    assert not faults, "\n".join(faults)


def steps() -> dict[str, list[str]]:
    """What waits for whom in the sample, page by page."""
    draft = StudyVisit.objects.get(state=VisitState.DRAFT)
    proposed = StudyVisit.objects.get(state=VisitState.PROPOSED)
    invitation = proposed.invitations.get(state=InvitationState.OPEN)
    agreement = Agreement.objects.get(state=AgreementState.PROPOSED).reference
    option = proposed.date_options.earliest("pk")
    return {
        "": [link_to(invitation)],
        "contact@city-of-trieste.example": [
            reverse("exchanges:visit-propose", args=["umn-next-sample"]),
            reverse("exchanges:proposal", args=[draft.reference]),
            *(
                reverse("exchanges:proposal-step", args=[draft.reference, step])
                for step in ProposalStep
            ),
            reverse("exchanges:proposal-check", args=[draft.reference]),
            reverse("exchanges:proposal-discard", args=[draft.reference]),
        ],
        "contact@eka.example": [
            reverse("exchanges:inbox"),
            reverse("exchanges:invitation-respond", args=[invitation.pk]),
        ],
        "contact@city-of-milan.example": [
            reverse("exchanges:visit-detail", args=[proposed.reference]),
            reverse("exchanges:visit-pick-date", args=[proposed.reference, option.pk]),
            reverse("exchanges:invitation-add", args=[proposed.reference]),
            reverse("exchanges:invitation-withdraw", args=[proposed.reference, invitation.pk]),
            reverse("exchanges:visit-withdraw", args=[proposed.reference]),
        ],
        "contact@citub.example": [
            reverse("agreements:agreement-detail", args=[agreement]),
            reverse("agreements:agreement-approve", args=[agreement]),
            reverse("agreements:agreement-decline", args=[agreement]),
        ],
    }


def link_to(invitation: Invitation) -> str:
    """As it stands in the mail to a contact."""
    person = User.objects.filter(memberships__organisation=invitation.organisation).earliest("pk")
    token = make_token(
        PURPOSE_INVITATION,
        subject=invitation.pk,
        person=person.pk,
        generation=invitation.generation,
    )
    return reverse("exchanges:invitation-answer", args=[token])


@pytest.mark.parametrize("language", ["fr", "it", "el", "sl", "bg"])
def test_names_of_cities_follow_the_language(
    programme: Programme, site: str, page: Page, language: str
) -> None:
    page.goto(f"{site}/partners/")
    page.locator(".who summary").click()
    page.locator(f".who button[lang={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    with translation.override(language):
        names = [str(city) for city in City.objects.filter(slug__in=["liege", "athens", "sofia"])]
    for name in names:
        expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    page.goto(f"{site}/")
    for name in names:
        expect(page.locator(".map .city").filter(has_text=name).first).to_be_visible()


def test_page_that_is_not_there_is_sound(
    programme: Programme, site: str, page: Page, console_faults: list[str]
) -> None:
    answer = page.goto(f"{site}/nowhere/")
    assert answer
    assert answer.status == 404
    assert violations(page) == []
    console_faults.clear()


def become(page: Page, site: str, email: str) -> None:
    page.goto(f"{site}/demo/")
    person = User.objects.get(email=email)
    page.locator(f'form[action="/demo/{person.pk}/"] button').first.click()
    expect(page.locator("h1")).to_contain_text("you")
