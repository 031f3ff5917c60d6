"""Who can host and who can learn is for everybody in the programme, and for auditors."""

from __future__ import annotations

from tests.matrix.case import Case, nothing, opens, page
from tests.matrix.world import MEMBERS, PARTNERS

INVOLVED = opens(f"{MEMBERS} {PARTNERS} host host_member office auditor", others=403)

CASES: list[Case] = [
    *page("exchanges:match", nothing, INVOLVED, "?topic=one-stop-shop"),
    *page("exchanges:match-guests", nothing, INVOLVED, "?view=map"),
    *page("exchanges:match-compare", nothing, INVOLVED, "?with=athens&with=ljubljana"),
    *page("exchanges:match-why", nothing, INVOLVED, "?of=athens"),
]
