"""The office plans the whole programme; auditors read, and nobody else knows of it."""

from __future__ import annotations

from typing import Any

from tests.matrix.case import Case, Kwargs, button, form, opens, page
from tests.matrix.world import World

READS = opens("office auditor")
WORKS = opens("office", refuses="auditor")


def planned(world: World) -> dict[str, Any]:
    return {"slug": world.plan.programme.slug}


def plan(row: str = "plan") -> Kwargs:
    def kwargs(world: World) -> dict[str, Any]:
        return {**planned(world), "number": getattr(world, row).number}

    return kwargs


def first_row(world: World) -> dict[str, Any]:
    return {"row": ["0"]}


def pair(world: World) -> dict[str, Any]:
    return {"guest": "zadar", "host": "brno"}


def another_note(world: World) -> dict[str, Any]:
    return {"note": "For the board"}


def because(world: World) -> dict[str, Any]:
    return {"reason": "They asked for it."}


def wishes(world: World) -> dict[str, Any]:
    return {"exchanges": 1}


CASES: list[Case] = [
    *page("exchanges:plan-list", planned, READS),
    *form("exchanges:plan-new", planned, WORKS, wishes),
    *page("exchanges:plan-detail", plan(), READS),
    *page("exchanges:plan-detail", plan("waiting_plan"), READS),
    *page("exchanges:plan-cities", plan(), READS),
    *page("exchanges:plan-held", plan(), READS),
    *form("exchanges:plan-basis", plan(), READS, another_note, auditor=403),
    *page("exchanges:plan-csv", plan(), READS),
    *page("exchanges:plan-json", plan(), READS),
    # trust
    *page("exchanges:plan-trust", plan(), READS),
    *form("exchanges:plan-pair", plan(), READS, pair, auditor=403),
    *page("exchanges:plan-compare", plan(), READS, "?with=2"),
    # solving
    *button("exchanges:plan-stop", plan("waiting_plan"), WORKS),
    *button("exchanges:plan-again", plan(), WORKS),
    # No visit was called off: nothing to repair
    *button("exchanges:plan-repair", plan(), WORKS, writes=False),
    # sending
    *page("exchanges:plan-send", plan(), WORKS, "?row=0"),
    *button("exchanges:plan-send", plan(), WORKS, first_row),
    *page("exchanges:plan-sent", plan("sent_plan"), READS),
]  # fmt: skip


def fixing() -> list[Case]:
    """The pair stands in the address."""
    asks = "?guest=zadar&host=brno"
    [shows] = page("exchanges:plan-pair-fix", plan(), WORKS, asks)
    [sends] = button("exchanges:plan-pair-fix", plan(), WORKS, because)
    return [shows, Case(sends.url_name, sends.kwargs, "POST", sends.data, sends.expected, asks)]


CASES += fixing()
