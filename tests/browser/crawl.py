"""Walks through the pages that a reader can reach, and notes what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

WIDTHS = (1280, 390)
AXE_OPTIONS: dict[str, Any] = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}
FILES = (".ics", ".csv", ".xlsx", ".json", "/pdf/", "/download/")
OUTSIDE = ("/operator/", "/static/")
PAGES_OF_A_KIND = 2
LINKS = "links => links.map(link => link.href.baseVal ?? link.href)"
HAS_AXE = "'axe' in window"
AXE = """options => axe.run(document, options).then(found => found.violations.flatMap(rule =>
    rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')} ${node.html.slice(0, 160)}`)
))"""
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"


@dataclass
class Crawl:
    """`seen` counts the pages of each URL name; `known` are those that axe need not look at."""

    page: Page
    site: str
    known: frozenset[str] = frozenset()
    examined: set[str] = field(default_factory=set)
    seen: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def walk(self, starts: Iterable[str]) -> None:
        waiting = [f"{self.site}{path}" for path in starts]
        known = set(waiting)
        while waiting:
            for url in self.visit(waiting.pop(0)):
                if url not in known:
                    known.add(url)
                    waiting.append(url)

    def visit(self, url: str) -> list[str]:
        """The links of the page, unless enough pages of its kind were visited."""
        name = name_of(urlsplit(url).path)
        if name is None or self.seen[name] >= (1 if name in self.known else PAGES_OF_A_KIND):
            return []
        self.seen[name] += 1
        if not self.open(url):
            return []
        self.look(name_of(urlsplit(self.page.url).path) or name)
        return list(self.links())

    def examine(self, path: str) -> None:
        """This one page, with axe in any case."""
        if self.open(f"{self.site}{path}"):
            self.look(path)

    def open(self, url: str) -> bool:
        answer = self.page.goto(url)
        if answer is None or answer.status >= 400:
            self.faults.append(f"{url}: answers {answer and answer.status}")
            return False
        return True

    def look(self, name: str) -> None:
        """At both widths; with axe the first time that it is called with this name."""
        is_new = name not in self.examined | self.known
        self.examined.add(name)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            if (excess := self.page.evaluate(TOO_WIDE)) > 0:
                self.faults.append(f"{self.page.url} at {width}: {excess} pixels too wide")
            if is_new:
                for fault in violations(self.page):
                    self.faults.append(f"{self.page.url} ({name}) at {width}: {fault}")

    def links(self) -> Iterator[str]:
        for href in self.page.locator("a[href]").evaluate_all(LINKS):
            url = urldefrag(href).url.partition("?")[0]
            is_page = not url.endswith(FILES) and not urlsplit(url).path.startswith(OUTSIDE)
            if url.startswith(f"{self.site}/") and is_page:
                yield url


def violations(page: Page) -> list[str]:
    if not page.evaluate(HAS_AXE):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(AXE, AXE_OPTIONS)
    return found


def name_of(path: str) -> str | None:
    try:
        return resolve(path).view_name
    except Resolver404:
        return None
