"""The office plans the whole programme; auditors read, and nobody else knows of it."""

from __future__ import annotations

from typing import Any

from tests.matrix.case import Case, Kwargs, button, form, opens, page
from tests.matrix.cases.programmes import programme
from tests.matrix.world import World

READS = opens("office auditor")
WORKS = opens("office", refuses="auditor")


def planned(world: World) -> dict[str, Any]:
    return {"slug": world.plan.programme.slug}


def plan(row: str = "plan") -> Kwargs:
    def kwargs(world: World) -> dict[str, Any]:
        return {**planned(world), "number": getattr(world, row).number}

    return kwargs


def as_table(world: World) -> dict[str, Any]:
    return {**plan()(world), "kind": "xlsx"}


def first_row(world: World) -> dict[str, Any]:
    return {"row": ["0"]}


def pair(world: World) -> dict[str, Any]:
    return {"guest": "zadar", "host": "brno"}


def another_note(world: World) -> dict[str, Any]:
    return {"note": "For the board"}


def other_pair(world: World) -> dict[str, Any]:
    guest, host = world.scene.host_city.slug, world.scene.guest_city.slug
    return {"guest": guest, "host": host, "rule": "forbidden", "reason": "Too far"}


def because(world: World) -> dict[str, Any]:
    return {"reason": "They asked for it."}


def wishes(world: World) -> dict[str, Any]:
    return {"exchanges": 1}


CASES: list[Case] = [
    *page("plans:pair-list", programme(), READS),
    *form("plans:pair-add", programme(), WORKS, other_pair),
    *button("plans:pair-remove", programme("pair"), WORKS),
    *page("plans:plan-list", planned, READS),
    *form("plans:plan-new", planned, WORKS, wishes),
    *page("plans:plan-detail", plan(), READS),
    *page("plans:plan-detail", plan("waiting_plan"), READS),
    *page("plans:plan-cities", plan(), READS),
    *page("plans:plan-held", plan(), READS),
    *form("plans:plan-basis", plan(), READS, another_note, auditor=403),
    *page("plans:plan-table", as_table, READS),
    *page("plans:plan-json", plan(), READS),
    # trust
    *page("plans:plan-trust", plan(), READS),
    *form("plans:plan-pair", plan(), READS, pair, auditor=403),
    *page("plans:plan-compare", plan(), READS, "?with=2"),
    # solving
    *button("plans:plan-stop", plan("waiting_plan"), WORKS),
    *button("plans:plan-again", plan(), WORKS),
    # No visit was called off: nothing to repair
    *button("plans:plan-repair", plan(), WORKS, writes=False),
    # sending
    *page("plans:plan-send", plan(), WORKS, "?row=0"),
    *button("plans:plan-send", plan(), WORKS, first_row),
    *page("plans:plan-sent", plan("sent_plan"), READS),
]  # fmt: skip


def fixing() -> list[Case]:
    """The pair stands in the address."""
    asks = "?guest=zadar&host=brno"
    [shows] = page("plans:plan-pair-fix", plan(), WORKS, asks)
    [sends] = button("plans:plan-pair-fix", plan(), WORKS, because)
    return [shows, Case(sends.url_name, sends.kwargs, "POST", sends.data, sends.expected, asks)]


CASES += fixing()
