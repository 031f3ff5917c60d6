"""The programme itself, what was held in it, and the sample of the next one."""

from __future__ import annotations

from decimal import Decimal

from exchanges.domain.programme_file.facts import (
    EventFacts,
    HeldFacts,
    NextProgrammeFacts,
    ProgrammeFacts,
)
from exchanges.domain.programme_file.known import Known, read_days, read_days_if_known
from exchanges.domain.programme_file.reading import Node, refuse_twice, shown
from exchanges.enums import EventMode, PartnerRole

MOST_EXCHANGES = 500


def read_programme(file: Node, known: Known) -> ProgrammeFacts:
    node = file.need("programme")
    node.members()
    start, end = read_days(node)
    return ProgrammeFacts(
        slug=node.need("slug").slug(),
        title=node.need("title").names(300),
        short_title=node.need("short_title").text(20),
        coordinator=node.need("coordinator").reference(known.organisations, "organisation"),
        fund=node.maybe("fund").text(),
        specific_objective=node.maybe("specific_objective").text(),
        start_date=start,
        end_date=end,
        max_exchanges=node.need("max_exchanges").whole(0, MOST_EXCHANGES),
        eu_cofinancing_rate=_rate(node.need("eu_cofinancing_rate")),
        total_budget_eur=node.maybe("total_budget_eur").decimal(digits=14, places=2),
        budgets=_budgets(node.maybe("partner_budgets"), known),
    )


def read_next_programme(file: Node) -> NextProgrammeFacts | None:
    node = file.maybe("assumed").maybe("next_programme")
    if not node.is_there:
        return None
    node.members()
    start, end = read_days(node)
    return NextProgrammeFacts(
        slug=node.need("slug").slug(),
        title=node.need("title").names(300),
        start_date=start,
        end_date=end,
        max_exchanges=node.need("max_exchanges").whole(0, MOST_EXCHANGES),
        eu_cofinancing_rate=_rate(node.need("eu_cofinancing_rate")),
    )


def read_held(file: Node, known: Known) -> tuple[HeldFacts, ...]:
    nodes = file.maybe("exchanges_held").items()
    refuse_twice(nodes, "key")
    return tuple(_held(node, known) for node in nodes)


def _held(node: Node, known: Known) -> HeldFacts:
    node.members()
    start, end = read_days_if_known(node)
    people = node.maybe("participants_about")
    organisations = (known.organisations, "organisation")
    return HeldFacts(
        key=node.need("key").slug(80),
        host_city=node.need("host_city").reference(known.cities, "city"),
        co_host_cities=node.maybe("co_host_cities").references(known.cities, "city"),
        guest_cities=node.maybe("guest_cities").references(known.cities, "city"),
        hosts=node.maybe("hosts").references(*organisations),
        guests=node.maybe("guests").references(*organisations),
        met=_texts(node.maybe("met")),
        external_guests=_texts(node.maybe("external_guests")),
        stops=_texts(node.maybe("stops")),
        topics=node.need("topics").references(known.topics, "topic"),
        start_date=start,
        end_date=end,
        month=node.maybe("month").month(),
        participants_about=people.whole(0, 10_000) if people.is_there else None,
        counts_as_exchange=node.maybe("counts_as_exchange").flag(otherwise=True),
        note=node.maybe("note").text(2000, may_have_lines=True),
    )


def read_events(file: Node, known: Known) -> tuple[EventFacts, ...]:
    nodes = file.maybe("events_held").items()
    refuse_twice(nodes, "key")
    return tuple(_event(node, known) for node in nodes)


def _event(node: Node, known: Known) -> EventFacts:
    node.members()
    start, end = read_days(node)
    return EventFacts(
        key=node.need("key").slug(),
        title=node.need("title").text(),
        city=node.maybe("city").reference(known.cities, "city"),
        mode=node.maybe("mode").choice(EventMode.values, "mode") or EventMode.IN_PERSON.value,
        start_date=start,
        end_date=end,
    )


def refuse_too_many(file: Node, held: tuple[HeldFacts, ...], most: int) -> None:
    counted = sum(each.counts_as_exchange for each in held)
    node = file.maybe("programme").maybe("max_exchanges")
    if isinstance(node.value, int) and most < counted:
        node.fault(f"{most} is fewer than the {counted} exchanges held that count")


def refuse_wrong_coordinator(file: Node, coordinator: str) -> None:
    node = file.maybe("programme").maybe("coordinator")
    for entry in file.maybe("organisations").items():
        role = entry.maybe("partner_role")
        is_coordinator = entry.maybe("slug").value == coordinator
        if is_coordinator and role.is_there and role.value != PartnerRole.COORDINATOR:
            node.fault(f"{shown(coordinator)} has another role than coordinator")


def _budgets(node: Node, known: Known) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    nodes = node.items()
    refuse_twice(nodes, "organisation")
    return {
        entry.need("organisation").reference(known.organisations, "organisation"): (
            entry.maybe("eligible_eur").decimal(digits=12, places=2),
            entry.maybe("eu_share_eur").decimal(digits=12, places=2),
        )
        for entry in nodes
    }


def _rate(node: Node) -> Decimal:
    rate = node.decimal(digits=7, places=4)
    if rate is not None and rate > 1:
        node.fault(f"{shown(rate)} is over 1")
    return rate if rate is not None else Decimal(0)


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(each.text() for each in node.items())
