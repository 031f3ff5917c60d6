"""What the office decides about matching: its own programme's, and auditors read."""

from __future__ import annotations

from typing import Any

from tests.matrix.case import Case, button, form, opens
from tests.matrix.cases.office import programme
from tests.matrix.world import World

READS = opens("office auditor")
WORKS = opens("office", refuses="auditor")


def other_weights(world: World) -> dict[str, Any]:
    return {"learning": "500"}


CASES: list[Case] = [
    *form("exchanges:office-weights", programme(), READS, other_weights, auditor=403),
    *button("exchanges:office-weights-reset", programme(), WORKS),
]
