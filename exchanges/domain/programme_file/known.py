"""The slugs that entries of a file may refer to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from exchanges.domain.programme_file.reading import Node


@dataclass(frozen=True, slots=True)
class Known:
    cities: frozenset[str]
    organisations: frozenset[str]
    topics: frozenset[str]


def slugs_in(file: Node, key: str) -> frozenset[str]:
    """Read before anything else, so that entries can refer to later ones; notes no fault."""
    entries = file.value.get(key) if isinstance(file.value, dict) else None
    found = entries if isinstance(entries, list) else []
    slugs = (each.get("slug") for each in found if isinstance(each, dict))
    return frozenset(slug for slug in slugs if isinstance(slug, str))


def read_days(node: Node) -> tuple[date, date]:
    start, end = node.need("start_date"), node.need("end_date")
    return _in_order(end, start.day(), end.day())


def read_days_if_known(node: Node) -> tuple[date | None, date | None]:
    """Both days or none."""
    start, end = node.maybe("start_date"), node.maybe("end_date")
    if not start.is_there and not end.is_there:
        return None, None
    return read_days(node)


def _in_order(end_node: Node, start: date | None, end: date | None) -> tuple[date, date]:
    if start and end and end < start:
        end_node.fault(f"{end} is before the start, {start}")
    return start or date.min, end or date.max
