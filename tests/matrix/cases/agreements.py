"""An agreement is its drafter's until proposed, then the parties', office's and auditors'."""

from __future__ import annotations

from typing import Any

from agreements.domain.validity import usual_end
from agreements.queries.parties import current_version
from tests.matrix.case import DONE, PUBLIC, SIGNED_IN, Case, Kwargs, button, form, opens, page
from tests.matrix.cases.visits import INSIDERS, STRANGERS, of, reason
from tests.matrix.world import MEMBERS, PARTNERS, World
from tests.moment import AT

OF_DRAFT = opens("owner", refuses="colleague signatory")
READERS = opens(INSIDERS)
SENDERS = opens("owner office", refuses="colleague signatory host host_member auditor")
PARTIES = opens("owner host", refuses="colleague signatory host_member office auditor")


def in_state(state: str) -> Kwargs:
    return lambda world: {"reference": getattr(world, f"agreement_{state}").reference}


def version(world: World) -> dict[str, Any]:
    agreement = world.agreement_active
    return {"reference": agreement.reference, "hash16": current_version(agreement).hash16}


def start(world: World) -> dict[str, Any]:
    return {
        "drafter": world.scene.guest_authority.pk,
        "hosts": [world.scene.host_authority.pk],
        "guests": [world.scene.guest_authority.pk],
        "valid_from": AT.date().isoformat(),
        "valid_until": usual_end(AT.date()).isoformat(),
        "notice_months": "6",
    }


def start_for_host(world: World) -> dict[str, Any]:
    return start(world) | {"drafter": world.scene.host_authority.pk}


def terms(world: World) -> dict[str, Any]:
    return {
        "title": "Another title",
        "valid_from": AT.date().isoformat(),
        "valid_until": usual_end(AT.date()).isoformat(),
        "notice_months": "6",
        "clauses": "1",
        "clause-0-key": "purpose",
        "clause-0-heading": "Purpose",
        "clause-0-text": "To learn.",
        "revision": world.agreement_draft.revision,
    }


def signed(world: World) -> dict[str, Any]:
    return {"intent": "on"}


CASES: list[Case] = [
    *page("agreements:agreement-list", lambda w: {}, SIGNED_IN),
    *page("agreements:agreement-table", lambda w: {"kind": "csv"}, SIGNED_IN),
    *page("agreements:visit-panel", of("completed"), opens(f"{INSIDERS} {PARTNERS}")),
    *page("agreements:visit-panel", of("closed"),
          opens(f"{INSIDERS} {PARTNERS}", refuses=STRANGERS)),
    # The host cannot draft for the guest: the form says so.
    *form("agreements:agreement-start", of("completed"), opens(
        "owner host", refuses=f"colleague signatory host_member office auditor {PARTNERS}"),
        start, host=200),
    *form("agreements:agreement-start", of("completed"), opens(
        "owner host", refuses=f"colleague signatory host_member office auditor {PARTNERS}"),
        start_for_host, owner=200),
    *page("agreements:agreement-detail", in_state("draft"), opens(MEMBERS)),
    *page("agreements:agreement-pdf", in_state("draft"), opens(MEMBERS)),
    *page("agreements:agreement-terms", in_state("draft"), opens(MEMBERS)),
    *page("agreements:agreement-detail", in_state("proposed"), READERS),
    *page("agreements:agreement-detail", in_state("active"), READERS),
    *page("agreements:agreement-pdf", in_state("active"), READERS),
    *page("agreements:agreement-terms", in_state("active"), READERS),
    *form("agreements:agreement-edit", in_state("draft"), OF_DRAFT, terms),
    *page("agreements:agreement-edit", in_state("proposed"), opens(
        "owner", refuses="colleague signatory host host_member office auditor")),
    *form("agreements:agreement-approve", in_state("proposed"), PARTIES),
    *form("agreements:agreement-sign", in_state("out_for_signature"), opens(
        "signatory", refuses="owner colleague host host_member office auditor"), signed),
    *button("agreements:agreement-sign-code", in_state("out_for_signature"), opens(
        "signatory", refuses="owner colleague host host_member office auditor")),
    *page("agreements:agreement-signed", in_state("active"),
          READERS | dict.fromkeys(INSIDERS.split(), DONE) | {"signatory": 200}),
    *form("agreements:agreement-propose", in_state("draft"), OF_DRAFT),
    *form("agreements:agreement-send-out", in_state("approved"), SENDERS),
    *form("agreements:agreement-recall", in_state("out_for_signature"), SENDERS, reason),
    *form("agreements:agreement-decline", in_state("proposed"), PARTIES, reason),
    *form("agreements:agreement-withdraw", in_state("proposed"), opens(
        "owner", refuses="colleague signatory host host_member office auditor"), reason),
    *form("agreements:agreement-terminate", in_state("active"), PARTIES, reason),
    *form("agreements:agreement-void", in_state("active"), opens(
        "office", refuses=f"{MEMBERS} host host_member auditor"), reason),
    *page("agreements:verify", lambda w: {}, PUBLIC),
    *page("agreements:verify-version", version, PUBLIC),
    *page("agreements:verify-version", lambda w: version(w) | {"hash16": "0" * 16},
          opens(others=404, anonymous=404)),
]  # fmt: skip
