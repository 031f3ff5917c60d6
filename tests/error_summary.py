"""Where the links of a page's error summary lead."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

CONTROLS = {"input", "select", "textarea", "button", "a"}
WITHOUT_END = {"input", "img", "br", "meta", "link", "hr"}


class Page(HTMLParser):
    """The ids of a page, those that take the focus, and the links of its error summary."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.takes_focus: set[str] = set()
        self.links: list[str] = []
        self.depth = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if self.depth or "summary-errors" in (found.get("class") or "").split():
            self.depth += tag not in WITHOUT_END
            if tag == "a":
                self.links.append((found["href"] or "").removeprefix("#"))
        name = found.get("id")
        if name:
            self.ids[name] += 1
            is_control = tag in CONTROLS and found.get("type") != "hidden"
            if "disabled" not in found and (is_control or "tabindex" in found):
                self.takes_focus.add(name)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= bool(self.depth)


def links_of(text: str) -> list[str]:
    """Return the ids to which the error summary of a page leads."""
    return Page(text).links


def lost_links(text: str) -> list[str]:
    """Return those of them that are not there once, or that cannot take the focus."""
    page = Page(text)
    return [each for each in page.links if page.ids[each] != 1 or each not in page.takes_focus]
