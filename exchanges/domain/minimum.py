"""When a visit has enough acceptances for its date to be picked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from exchanges.enums import InvitationState, PartnerRole, Side


@dataclass(frozen=True, slots=True)
class Invited:
    side: Side
    city: str
    role: PartnerRole
    state: InvitationState


@dataclass(frozen=True, slots=True)
class Missing:
    """`kind` is host_local_authority, host_umn_member or guest_city (then `city` says which)."""

    kind: str
    city: str = ""


def missing_acceptances(
    invited: Iterable[Invited], guest_cities: Iterable[str], *, requires_umn_host: bool
) -> tuple[Missing, ...]:
    """Return what still has to be accepted, in the order in which the page names it."""
    accepted = [each for each in invited if each.state == InvitationState.ACCEPTED]
    host_roles = {each.role for each in accepted if each.side == Side.HOST}
    cities = {each.city for each in accepted if each.side == Side.GUEST}
    found = []
    if PartnerRole.LOCAL_AUTHORITY not in host_roles:
        found.append(Missing("host_local_authority"))
    if requires_umn_host and PartnerRole.UMN_MEMBER not in host_roles:
        found.append(Missing("host_umn_member"))
    found.extend(Missing("guest_city", city) for city in guest_cities if city not in cities)
    return tuple(found)


def all_hosts_declined(invited: Iterable[Invited]) -> bool:
    """Every organisation asked to host said no; withdrawn and lapsed ones do not count."""
    counted = {InvitationState.OPEN, InvitationState.ACCEPTED, InvitationState.DECLINED}
    states = [each.state for each in invited if each.side == Side.HOST and each.state in counted]
    return bool(states) and all(state == InvitationState.DECLINED for state in states)
