"""Reading values out of parsed JSON; what is wrong is noted with its path, and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from exchanges.domain.plain_text import forbidden_characters

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MONTH = re.compile(r"\d{4}-\d{2}")
LANGUAGE = re.compile(r"[a-z]{2,3}")
COUNTRY = re.compile(r"[A-Z]{2}")
NAME_LANGUAGES = ("en", "fr", "it", "el", "sl", "bg")
MOST_SHOWN = 40
MISSING: Any = object()


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the file. A reader that finds a fault notes it and returns a value of its type."""

    value: Any
    path: str
    faults: list[str]

    def fault(self, words: str) -> None:
        self.faults.append(f"{self.path or 'file'}: {words}")

    @property
    def is_there(self) -> bool:
        return self.value is not MISSING

    def need(self, key: str) -> Node:
        child = self.maybe(key)
        if isinstance(self.value, dict) and not child.is_there:
            child.fault("missing")
        return child

    def maybe(self, key: str) -> Node:
        path = f"{self.path}.{key}" if self.path else key
        known = self.value if isinstance(self.value, dict) else {}
        value = known.get(key)
        return Node(MISSING if value is None else value, path, self.faults)

    def members(self) -> list[tuple[str, Node]]:
        known = self._typed(dict, "an object") or {}
        return [
            (key, Node(value, f"{self.path}.{key}", self.faults)) for key, value in known.items()
        ]

    def items(self) -> list[Node]:
        known = self._typed(list, "a list") or []
        return [
            Node(each, f"{self.path}[{number}]", self.faults) for number, each in enumerate(known)
        ]

    def text(self, longest: int = 200, *, may_have_lines: bool = False) -> str:
        text: str = self._typed(str, "text") or ""
        if self.is_there and isinstance(self.value, str):
            self._check_text(text, longest, may_have_lines)
        return text

    def slug(self, longest: int = 50) -> str:
        text = self.text(longest)
        if text and not SLUG.fullmatch(text):
            self.fault(f"{shown(text)} is no slug: use a to z, 0 to 9 and single hyphens")
        return text

    def reference(self, known: Container[str], noun: str) -> str:
        text: str = self._typed(str, "text") or ""
        if isinstance(self.value, str) and text not in known:
            self.fault(f"unknown {noun} {shown(text)}")
        return text

    def references(self, known: Container[str], noun: str) -> tuple[str, ...]:
        found = [each.reference(known, noun) for each in (self.items() if self.is_there else [])]
        if len(set(found)) < len(found):
            self.fault(f"the same {noun} stands there twice")
        return tuple(found)

    def choice(self, values: Iterable[str], noun: str) -> str:
        return self.reference(list(values), noun)

    def whole(self, least: int, most: int) -> int:
        number = self._typed(int, "a whole number")
        if number is None:
            return least
        if not least <= number <= most:
            self.fault(f"{shown(number)} is not from {least} to {most}")
        return int(number)

    def flag(self, *, otherwise: bool) -> bool:
        found = self._typed(bool, "true or false")
        return otherwise if found is None else bool(found)

    def degrees(self, most: int) -> float:
        number = self._typed((int, Decimal), "a number") or 0
        if not -most <= number <= most:
            self.fault(f"{shown(number)} is off the earth: from {-most} to {most}")
            return 0.0
        return float(number)

    def decimal(self, *, digits: int, places: int) -> Decimal | None:
        """A number from 0 on, as a number or as text with a point."""
        raw = self._typed((str, int, Decimal), "a decimal number")
        if raw is None:
            return None
        try:
            number = Decimal(raw)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or (isinstance(raw, str) and not re.fullmatch("[-0-9.]+", raw)):
            self.fault(f"{shown(raw)} is no decimal number")
            return None
        if number < 0:
            self.fault(f"{shown(raw)} is negative")
        elif number >= 10 ** (digits - places) or number != round(number, places):
            self.fault(f"{shown(raw)} has more than {digits - places}+{places} digits")
        return number

    def day(self) -> date | None:
        return self._date(DAY, "", "a date such as 2026-09-01")

    def month(self) -> date | None:
        return self._date(MONTH, "-01", "a month such as 2026-09")

    def zone(self) -> str:
        name = self.text(64)
        if name and name not in _zones():
            self.fault(f"{shown(name)} is no time zone of the IANA database")
        return name

    def link(self) -> str:
        link = self.text(200)
        try:
            parts = urlsplit(link)
            is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            is_web = False
        if link and not (is_web and " " not in link):
            self.fault(f"{shown(link)} is no web address")
        return link

    def codes(self, pattern: re.Pattern[str], noun: str) -> tuple[str, ...]:
        return tuple(each.code(pattern, noun) for each in self.items()) if self.is_there else ()

    def code(self, pattern: re.Pattern[str], noun: str) -> str:
        text = self.text()
        if text and not pattern.fullmatch(text):
            self.fault(f"{shown(text)} is no {noun} code")
        return text

    def names(self, longest: int = 100) -> dict[str, str]:
        """A name in several languages; English is what the others fall back to."""
        if not self.is_there:
            return {}
        self.need("en")
        found = {}
        for language, node in self.members():
            if language not in NAME_LANGUAGES:
                node.fault(f"unknown language {shown(language)}")
            found[language] = node.text(longest)
        return found

    def _date(self, pattern: re.Pattern[str], rest: str, noun: str) -> date | None:
        text: str | None = self._typed(str, noun)
        if text is None:
            return None
        try:
            if pattern.fullmatch(text):
                return date.fromisoformat(text + rest)
        except ValueError:
            pass
        self.fault(f"{shown(text)} is not {noun}")
        return None

    def _check_text(self, text: str, longest: int, may_have_lines: bool) -> None:
        if not text.strip():
            self.fault("empty")
        if len(text) > longest:
            self.fault(f"longer than {longest} characters")
        found = forbidden_characters(text, allow_lines=may_have_lines)
        if found:
            codes = ", ".join(f"U+{ord(sign):04X}" for sign in found)
            self.fault(f"has characters that cannot be shown: {codes}")

    def _typed(self, kinds: type | tuple[type, ...], noun: str) -> Any:
        """The value, or None when it is missing or of another type. true is no number."""
        if not self.is_there:
            return None
        kinds = kinds if isinstance(kinds, tuple) else (kinds,)
        is_bool = isinstance(self.value, bool)
        if isinstance(self.value, kinds) and is_bool == (bool in kinds):
            return self.value
        self.fault(f"{noun} is expected, not {shown(self.value)}")
        return None


def shown(value: Any) -> str:
    """The value in one short printable line."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, str):
        text = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in value)
        return f'"{text[:MOST_SHOWN]}…"' if len(text) > MOST_SHOWN else f'"{text}"'
    names = {True: "true", False: "false"} if isinstance(value, bool) else {}
    return str(names.get(value, value))[:MOST_SHOWN]


def refuse_twice(nodes: Iterable[Node], key: str) -> None:
    """Notes every entry whose `key` an entry before it has."""
    seen: dict[Any, str] = {}
    for node in nodes:
        child = node.maybe(key)
        if not isinstance(child.value, str):
            continue
        if child.value in seen:
            child.fault(f"{shown(child.value)} stands there already, at {seen[child.value]}")
        seen.setdefault(child.value, child.path)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
