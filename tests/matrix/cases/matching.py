"""Who can host and who can learn is for everybody in the programme, and for auditors.

The office decides what counts; auditors read.
"""

from __future__ import annotations

from typing import Any

from tests.matrix.case import Case, button, form, nothing, opens, page
from tests.matrix.cases.programmes import READS, WORKS, programme
from tests.matrix.world import MEMBERS, PARTNERS, World

INVOLVED = opens(f"{MEMBERS} {PARTNERS} host host_member office auditor", others=403)


def other_weights(world: World) -> dict[str, Any]:
    return {"learning": "500"}


CASES: list[Case] = [
    *page("exchanges:match", nothing, INVOLVED, "?topic=one-stop-shop"),
    *page("exchanges:match-guests", nothing, INVOLVED, "?view=map"),
    *page("exchanges:match-compare", nothing, INVOLVED, "?with=athens&with=ljubljana"),
    *page("exchanges:match-why", nothing, INVOLVED, "?of=athens"),
    *form("exchanges:weights-edit", programme(), READS, other_weights, auditor=403),
    *button("exchanges:weights-reset", programme(), WORKS),
]
