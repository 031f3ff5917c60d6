"""A person at a browser of their own."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect

from tests.browser.crawl import violations

LINK = re.compile(r"https?://\S+/i/\S+")
CODE = re.compile(r"^\s*([0-9A-Z]{3,4}-?[0-9A-Z]{3,4})\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Player:
    page: Page
    site: str

    def sign_in(self, email: str) -> None:
        """By the code in a mail."""
        self.page.context.clear_cookies()
        self.go("/accounts/login/")
        self.page.get_by_label("E-mail address").first.fill(email)
        self.press("Send me a code")
        self.type_code_of(email).press("Enter")
        expect(self.page.locator("h1")).to_contain_text("you")
        assert self.page.url == f"{self.site}/"

    def type_code_of(self, email: str) -> Locator:
        """Fill in the code of the newest mail; returns the field."""
        code = self.page.locator("input[name=code]")
        expect(code).to_be_visible()
        found = CODE.search(last_mail(email))
        assert found
        code.fill(found[1])
        return code

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else f"{self.site}{path}")

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name).click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("link", name=name).first.click()

    def sees(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    def sees_heading(self, words: str) -> None:
        expect(self.page.locator("h1")).to_contain_text(words)

    def picture(self, name: str, *, from_top: bool = True) -> None:
        """For the README, when PICTURES names a folder: `make pictures`."""
        if folder := os.environ.get("PICTURES"):
            if from_top:
                self.page.evaluate("scrollTo(0, 0)")
            self.page.wait_for_load_state("networkidle")
            # to hide the caret would leave a style attribute, which htmx must not copy
            self.page.screenshot(path=Path(folder) / f"{name}.png", caret="initial")

    def finds_no_barrier(self) -> None:
        """For pages that only a step of the story leads to."""
        assert violations(self.page) == []

    def fetch(self, url: str) -> bytes:
        """A file, as the person signed in gets it."""
        answer = self.page.context.request.get(url)
        assert answer.ok, f"{answer.status} {url}"
        return answer.body()


def last_mail(email: str) -> str:
    """The text of the newest mail to this person, once the worker has been round."""
    call_command("worker", "--once")
    texts = [str(sent.body) for sent in mail.outbox if sent.to == [email]]
    assert texts, f"no mail to {email}"
    return texts[-1]


def link_in_mail(email: str) -> str:
    found = LINK.search(last_mail(email))
    assert found
    return found[0]
