"""What the office decides about matching: its own programme's, and auditors read."""

from __future__ import annotations

from typing import Any

from tests.matrix.case import Case, button, form, opens, page
from tests.matrix.cases.office import programme
from tests.matrix.world import World

READS = opens("office auditor")
WORKS = opens("office", refuses="auditor")


def other_weights(world: World) -> dict[str, Any]:
    return {"learning": "500"}


def other_pair(world: World) -> dict[str, Any]:
    guest, host = world.scene.host_city.slug, world.scene.guest_city.slug
    return {"guest": guest, "host": host, "rule": "forbidden", "reason": "Too far"}


CASES: list[Case] = [
    *form("exchanges:weights-edit", programme(), READS, other_weights, auditor=403),
    *button("exchanges:weights-reset", programme(), WORKS),
    *page("plans:pair-list", programme(), READS),
    *form("plans:pair-add", programme(), WORKS, other_pair),
    *button("plans:pair-remove", programme("pair"), WORKS),
    *page("exchanges:credit-list", programme(), READS),
    *page("exchanges:credits-settle", programme(), WORKS),
    # The programme still has exchanges: nothing to settle yet
    *button("exchanges:credits-settle", programme(), WORKS, writes=False),
]
