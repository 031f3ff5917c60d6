"""Who can host and who can learn is for everybody in the programme, and for auditors.

The office decides what counts; auditors read.
"""

from __future__ import annotations

from typing import Any

from tests.matrix.case import DONE, Case, button, form, nothing, opens, page
from tests.matrix.cases.programmes import READS, WORKS, programme
from tests.matrix.world import MEMBERS, PARTNERS, World

INVOLVED = opens(f"{MEMBERS} {PARTNERS} host host_member office auditor")
LED_ON = dict.fromkeys(f"{MEMBERS} partner host host_member".split(), DONE)
CHOOSE = opens("office office_member auditor other_office", others=403) | LED_ON
"""The office and its auditor have two programmes; that of the other office has ended."""


def in_programme(world: World) -> dict[str, Any]:
    return {"programme": world.scene.programme.slug}


def other_weights(world: World) -> dict[str, Any]:
    return {"learning": "500"}


CASES: list[Case] = [
    *page("exchanges:match", in_programme, INVOLVED, "?topic=one-stop-shop"),
    *page("exchanges:match-guests", in_programme, INVOLVED, "?view=map"),
    *page("exchanges:match-compare", in_programme, INVOLVED, "?with=athens&with=ljubljana"),
    *page("exchanges:match-why", in_programme, INVOLVED, "?of=athens"),
    *page("exchanges:match-choose", nothing, CHOOSE, "?topic=one-stop-shop"),
    *page("exchanges:match-guests-choose", nothing, CHOOSE, "?view=map"),
    *page("exchanges:match-compare-choose", nothing, CHOOSE, "?with=athens&with=ljubljana"),
    *page("exchanges:match-why-choose", nothing, CHOOSE, "?of=athens"),
    *form("exchanges:weights-edit", programme(), READS, other_weights, auditor=403),
    *button("exchanges:weights-reset", programme(), WORKS),
]
