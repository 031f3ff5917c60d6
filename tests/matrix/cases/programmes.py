"""The office is the coordinator's contacts; auditors read. Each programme is its own."""

from __future__ import annotations

from typing import Any

from exchanges.operations.editing import checksum_of
from tests.matrix.case import Case, Kwargs, button, form, opens, page
from tests.matrix.world import World

READS = opens("office auditor")
WORKS = opens("office", refuses="auditor")
NETWORK = opens("office other_office", others=403)
ANY_READER = opens("office other_office auditor", others=403)


def programme(row: str = "") -> Kwargs:
    def kwargs(world: World) -> dict[str, Any]:
        keys = {"pk": getattr(world, row).pk} if row else {}
        return {"slug": world.scene.programme.slug, **keys}

    return kwargs


def partners_table(world: World) -> dict[str, Any]:
    return {**programme()(world), "name": "partners", "kind": "csv"}


def no_table(world: World) -> dict[str, Any]:
    return {**programme()(world), "name": "secrets", "kind": "xlsx"}


def nowhere(world: World) -> dict[str, Any]:
    return {}


def new_city(world: World) -> dict[str, Any]:
    return {
        "names_en": "Trieste",
        "country": "IT",
        "latitude": "45.6",
        "longitude": "13.8",
        "time_zone": "Europe/Rome",
        "languages": ["it"],
    }


def new_topic(world: World) -> dict[str, Any]:
    return {"names_en": "Housing"}


def renamed(world: World) -> dict[str, Any]:
    return {"names_en": "Renamed"}


def new_programme(world: World) -> dict[str, Any]:
    return {
        "names_en": "One more round",
        "short_title": "NEW",
        "start_date": "2030-01-01",
        "end_date": "2031-01-01",
    }


def partner_to_add(world: World) -> dict[str, Any]:
    return {"organisation": world.unknown.pk, "role": "local_authority"}


def new_partner(world: World) -> dict[str, Any]:
    return {
        "name": "City of Koper",
        "kind": "local_authority",
        "role": "local_authority",
        "city": world.scene.host_city.pk,
    }


def new_auditor(world: World) -> dict[str, Any]:
    return {"email": world.persons["stranger"].email}


def kept_line(world: World) -> dict[str, Any]:
    return {"heads": f"2026-11-22 0 {'0' * 64}"}


def many_partners(world: World) -> dict[str, Any]:
    cells = ["A union", "Trade union", str(world.scene.host_city)]
    mark = checksum_of({"rows": [cells]})
    return {"rows": "\t".join(cells), "row": "1", "looked_at": mark, "ask": "1"}


CASES: list[Case] = [
    *page("exchanges:office", nowhere, ANY_READER),
    *page("exchanges:office", nowhere, ANY_READER | {"office": 404, "auditor": 404,
                                                     "other_office": 404}, "?programme=none"),
    *page("exchanges:outbox", nowhere, ANY_READER),
    *button("exchanges:message-retry", lambda w: {"pk": w.message.pk},
            NETWORK | {"other_office": 404}),
    *page("exchanges:record-check", nowhere, ANY_READER),
    *button("exchanges:record-verify", nowhere, ANY_READER),
    *page("exchanges:record-heads-file", nowhere, ANY_READER),
    Case("exchanges:record-heads", nowhere, expected=ANY_READER),
    Case("exchanges:record-heads", nowhere, "POST", kept_line, ANY_READER, writes=False),
    *button("exchanges:record-heads-mail", nowhere, opens("auditor", others=403),
            lambda w: {"wanted": "yes"}),
    # Cities and topics are the network's; a city in a programme is its office's.
    *page("exchanges:city-list", nowhere, NETWORK),
    *form("exchanges:city-add", nowhere, NETWORK, new_city),
    *form("exchanges:city-edit", lambda w: {"slug": w.scene.host_city.slug},
          opens("office", others=403), renamed),
    *page("exchanges:topic-list", nowhere, NETWORK),
    *form("exchanges:topic-add", nowhere, NETWORK, new_topic),
    *form("exchanges:topic-edit", lambda w: {"slug": w.scene.topic.slug},
          opens("office", others=403), renamed),
    # One programme
    *form("exchanges:programme-add", nowhere, NETWORK, new_programme),
    *form("exchanges:programme-edit", programme(), WORKS, renamed),
    *page("exchanges:programme-partners", programme(), READS),
    *page("exchanges:programme-table", partners_table, READS),
    *page("exchanges:programme-table", no_table, opens()),
    *form("exchanges:partner-add", programme(), WORKS, partner_to_add),
    *form("exchanges:organisation-add", programme(), WORKS, new_partner),
    *form("exchanges:partners-ask-many", programme(), WORKS, many_partners),
    *button("exchanges:partnerships-remind", programme(), WORKS),
    *form("exchanges:partner-edit", programme("part"), WORKS,
          lambda w: {"eligible_eur": "5"}),
    *form("exchanges:partner-remove", programme("idle"), WORKS),
    *form("exchanges:partnership-edit", programme("asked_partner"), WORKS,
          lambda w: {"role": "umn_member"}),
    *button("exchanges:partnership-remind", programme("asked_partner"), WORKS),
    *button("exchanges:partnership-withdraw", programme("asked_partner"), WORKS),
    *page("exchanges:event-list", programme(), READS),
    *form("exchanges:auditor-list", programme(), READS, new_auditor, auditor=403),
    *button("exchanges:auditor-take", programme("audit"), WORKS),
    *page("exchanges:credit-list", programme(), READS),
    *page("exchanges:credits-settle", programme(), WORKS),
    # The programme still has exchanges: nothing to settle yet
    *button("exchanges:credits-settle", programme(), WORKS, writes=False),
]  # fmt: skip
