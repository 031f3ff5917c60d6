"""Who sees a visit in which state, and whose move it is."""

from __future__ import annotations

from typing import Any

from tests.matrix.case import PUBLIC, Case, Kwargs, button, form, opens, page
from tests.matrix.world import MEMBERS, OUTSIDERS, PARTNERS, World

ASKED = "host host_member"
READERS = "office auditor"
INSIDERS = f"{MEMBERS} {ASKED} {READERS}"
SEERS = f"{INSIDERS} {PARTNERS}"
STRANGERS = " ".join(OUTSIDERS)


def of(state: str, **rows: str) -> Kwargs:
    """The reference of the visit in this state, and the keys of these rows."""

    def kwargs(world: World) -> dict[str, Any]:
        keys = {name: getattr(world, row).pk for name, row in rows.items()}
        return {"reference": getattr(world, state).reference, **keys}

    return kwargs


def of_guest(state: str) -> Kwargs:
    return lambda world: of(state)(world) | {"slug": world.scene.guest_authority.slug}


def session(world: World) -> dict[str, Any]:
    return {
        "day": world.confirmed.start_date.isoformat(),
        "start": "14:00",
        "end": "14:30",
        "kind": "meeting",
        "title": "Another session",
    }


def delegate(world: World) -> dict[str, Any]:
    return {"name": "Ana", "email": "ana@example.org", "function": "Clerk"}


def reason(world: World) -> dict[str, Any]:
    return {"reason": "Flood."}


def named(world: World) -> dict[str, Any]:
    return {"named": "yes"}


def report(world: World) -> dict[str, Any]:
    return {"report": "We learned."}


NOBODY_ELSE = opens(MEMBERS)
TABS = ("visit-agenda", "visit-people", "visit-documents")
HOSTS_EDIT = opens("host office", refuses=f"{MEMBERS} host_member auditor {PARTNERS}")
OWNER_NAMES = opens("owner", refuses=f"colleague signatory {ASKED} {READERS} {PARTNERS}")
ITEM = of("confirmed", pk="item")

CASES: list[Case] = [
    *page("exchanges:visit-list", lambda w: {}, PUBLIC),
    *page("exchanges:visit-list", lambda w: {}, PUBLIC, "?mine=on&state=draft&text=stop"),
    # Who sees
    *page("exchanges:visit-detail", of("draft"), NOBODY_ELSE),
    *page("exchanges:visit-detail", of("proposed"), opens(INSIDERS)),
    *page("exchanges:visit-detail", of("agreed"), opens(INSIDERS)),
    *page("exchanges:visit-detail", of("confirmed"), opens(SEERS)),
    *page("exchanges:visit-detail", of("completed"), opens(SEERS)),
    *page("exchanges:visit-detail", of("closed"), PUBLIC),
    *page("exchanges:visit-detail", lambda w: {"reference": "UMN-1999-001"}, opens()),
    *(case for tab in (*TABS, "visit-history") for case in (
        *page(f"exchanges:{tab}", of("draft"), NOBODY_ELSE),
    )),
    *(case for tab in TABS for case in (
        *page(f"exchanges:{tab}", of("proposed"), opens(INSIDERS)),
        *page(f"exchanges:{tab}", of("confirmed"), opens(SEERS)),
        # The public knows of a closed visit, but only what its first page tells.
        *page(f"exchanges:{tab}", of("closed"),
              opens(SEERS, refuses=STRANGERS)),
    )),
    *page("exchanges:visit-history", of("proposed"), opens(
        f"{MEMBERS} {READERS}", refuses=ASKED)),
    *page("exchanges:visit-history", of("confirmed"), opens(INSIDERS, refuses=PARTNERS)),
    *page("exchanges:visit-history", of("closed"),
          opens(INSIDERS, refuses=f"{PARTNERS} {STRANGERS}")),
    *page("exchanges:visit-ics", of("proposed"), opens()),
    *page("exchanges:visit-ics", of("confirmed"), opens(SEERS)),
    *page("exchanges:visit-ics", of("closed"),
          opens(SEERS, refuses=STRANGERS)),
    # Moves
    *form("exchanges:visit-confirm", of("agreed"),
          opens("office", refuses=f"{MEMBERS} {ASKED} auditor")),
    *form("exchanges:visit-return", of("agreed"),
          opens("office", refuses=f"{MEMBERS} {ASKED} auditor"), reason),
    *form("exchanges:visit-complete", of("over"), HOSTS_EDIT),
    *form("exchanges:visit-cancel", of("confirmed"), opens(
        "owner host office", refuses=f"colleague signatory host_member auditor {PARTNERS}"),
        reason),
    *form("exchanges:visit-close", of("completed"), opens(
        "owner host office", refuses=f"colleague signatory host_member auditor {PARTNERS}"),
        report),
    # Named to the public
    *button("exchanges:visit-named", of_guest("completed"), OWNER_NAMES, named),
    *button("exchanges:visit-named", of_guest("closed"), opens(
        "owner", refuses=f"colleague signatory {ASKED} {READERS} {PARTNERS} {STRANGERS}"), named),
    # People
    *form("exchanges:delegate-add", of_guest("confirmed"), OWNER_NAMES, delegate),
    *form("exchanges:delegate-edit", of("confirmed", pk="delegate"), OWNER_NAMES, delegate),
    *button("exchanges:delegate-remove", of("confirmed", pk="delegate"), OWNER_NAMES),
    # Agenda
    *form("exchanges:agenda-item-add", of("confirmed"), HOSTS_EDIT, session),
    *form("exchanges:agenda-item-edit", ITEM, HOSTS_EDIT, session),
    *button("exchanges:agenda-item-cancel", ITEM, HOSTS_EDIT),
    *button("exchanges:agenda-item-restore", of("confirmed", pk="cancelled"), HOSTS_EDIT),
    # Rows of another visit
    *page("exchanges:agenda-item-edit", of("over", pk="item"), opens(
        refuses=f"{MEMBERS} host_member auditor {PARTNERS}")),
    *page("exchanges:delegate-edit", of("over", pk="delegate"), opens()),
]  # fmt: skip
