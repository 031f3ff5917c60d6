"""The directory is public; what an organisation and its city tell is written by its contacts."""

from __future__ import annotations

from typing import Any

from tests.matrix.case import DONE, PUBLIC, Case, Expected, form, opens, page
from tests.matrix.world import MEMBERS, World

EDITORS = opens("owner", others=403)
ADDERS = opens("owner host partner office stranger other_office", others=403)
ACTING = opens(
    "owner host partner office stranger other_office",
    refuses="colleague signatory host_member office_member",
)
NOT_OF_THEIRS: Expected = dict.fromkeys(
    ("host", "partner", "office", "stranger", "other_office"), 200
)
LED_ON: Expected = dict.fromkeys(
    ("owner", "host", "partner", "office", "stranger", "other_office"), DONE
)
NOT_OF_THEIRS: Expected = dict.fromkeys(
    ("host", "partner", "office", "stranger", "other_office"), 200
)


CONCERNED = opens(f"{MEMBERS} office")


def organisation(world: World) -> dict[str, Any]:
    return {"slug": world.scene.guest_authority.slug}


def city(world: World) -> dict[str, Any]:
    return {"slug": world.scene.guest_city.slug}


def practice(world: World) -> dict[str, Any]:
    return {"slug": world.practice.slug}


def new_practice(world: World) -> dict[str, Any]:
    return {
        "title": "Another desk",
        "language": "en",
        "topics": [world.scene.topic.pk],
        "organisations": [world.scene.guest_authority.pk],
    }


def asked(world: World) -> dict[str, Any]:
    return {"pk": world.asked_host.pk}


def claim(world: World) -> dict[str, Any]:
    return {"pk": world.claim.pk}


def yes(world: World) -> dict[str, Any]:
    return {"answer": "yes"}


CASES: list[Case] = [
    # Questions: who may answer them, and nobody else knows of them.
    *form("exchanges:partnership-answer", asked, opens("host"), yes),
    *form("exchanges:city-claim-answer", claim, opens("owner"), yes),
    *form("exchanges:held-answer", lambda w: {"pk": w.held.pk}, opens("owner"), yes),
    *form("exchanges:dispute-open", organisation, CONCERNED,
          lambda w: {"ground": "name", "text": "Another one bears it."}),
    *form("exchanges:dispute", lambda w: {"pk": w.dispute.pk}, CONCERNED,
          lambda w: {"text": "We know it."}),
    *page("exchanges:partner-list", lambda w: {}, PUBLIC),
    *page("exchanges:city-detail", city, PUBLIC),
    *page("exchanges:organisation-detail", organisation, PUBLIC),
    *form("exchanges:organisation-edit", organisation, EDITORS, lambda w: {"about": "We help."}),
    *page("exchanges:own-organisation", lambda w: {}, ACTING | LED_ON),
    *page("exchanges:practice-list", lambda w: {}, PUBLIC),
    *page("exchanges:practice-detail", practice, PUBLIC),
    # Others can add practices, but none of this organisation: the form says so.
    *form("exchanges:practice-add", lambda w: {}, ADDERS, new_practice, **NOT_OF_THEIRS),
    *form("exchanges:practice-edit", practice, EDITORS, lambda w: {"title": "Renamed"}),
    *form("exchanges:practice-delete", practice, EDITORS),
]  # fmt: skip
