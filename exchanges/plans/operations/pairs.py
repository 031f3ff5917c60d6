"""Pairs that the office fixes or forbids for every plan of its programme, and why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.enums import PairRule, PartnerRole, WishKind
from exchanges.models import City, CityWish, PlanPair, Programme, User
from exchanges.operations.editing import row_now
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.visits.moves import ReasonMissing
from exchanges.permissions import can_make_plan, require
from exchanges.words.formats import day

LONGEST_REASON = 300
VERBS = {PairRule.FIXED: "fix_pair", PairRule.FORBIDDEN: "forbid_pair"}


class PairOfOneCity(Refusal):
    def __init__(self) -> None:
        super().__init__(_("A city does not visit itself: choose two cities."))


class ReasonTooLong(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Say it in at most %(most)d characters.") % {"most": LONGEST_REASON})


class NotInProgramme(Refusal):
    def __init__(self, city: City) -> None:
        words = _("%(city)s does not take part in this programme.")
        super().__init__(words % {"city": city})


class PairSaidAlready(Refusal):
    """Names who said so and why, so that they can be asked."""

    def __init__(self, pair: PlanPair) -> None:
        fixed = _("%(who)s fixed this pair on %(day)s: “%(reason)s”. Take that back first.")
        forbade = _("%(who)s forbade this pair on %(day)s: “%(reason)s”. Take that back first.")
        words = fixed if pair.rule == PairRule.FIXED else forbade
        super().__init__(words % _said(pair))


class CityWouldRatherNot(Refusal):
    """A pair that one of the two cities does not want cannot be fixed."""

    def __init__(self, wish: CityWish) -> None:
        words = _(
            "%(city)s would rather not be matched with %(other)s, %(who)s said on %(day)s: "
            "“%(reason)s”. Ask them first."
        )
        super().__init__(words % {"city": wish.city, "other": wish.other, **_said(wish)})


@transaction.atomic
def set_pair(
    *,
    programme: Programme,
    guest: City,
    host: City,
    rule: PairRule,
    reason: str,
    by: User,
    at: datetime,
) -> PlanPair:
    """Holds for plans that are made from now on; those that are there stay as they are.

    Raises PairOfOneCity, NotInProgramme, ReasonMissing, ReasonTooLong, PairSaidAlready, and
    CityWouldRatherNot when a pair is to be fixed that one of the two cities does not want.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    require(can_make_plan(by, programme))
    if guest.pk == host.pk:
        raise PairOfOneCity
    for city in (guest, host):
        _require_partner(programme, city)
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLong
    _raise_if_contradicted(programme, guest, host, rule)
    pair = PlanPair.objects.create(
        programme=programme,
        guest=guest,
        host=host,
        rule=rule,
        reason=reason,
        said_by=by,
        said_at=at,
    )
    record(VERBS[rule], programme, by=by, at=at, guest=guest.pk, host=host.pk)
    return pair


@transaction.atomic
def remove_pair(*, pair: PlanPair, by: User, at: datetime) -> None:
    """Raises GoneMeanwhile when somebody did so already."""
    row = row_now(PlanPair.objects.select_for_update(), pair)
    require(can_make_plan(by, row.programme))
    said = {"rule": row.rule, "guest": row.guest_id, "host": row.host_id}
    row.delete()
    record("take_back_pair", row.programme, by=by, at=at, **said)


def _require_partner(programme: Programme, city: City) -> None:
    partners = programme.partners.exclude(role=PartnerRole.COORDINATOR)
    if not partners.filter(organisation__active_in=city).exists():
        raise NotInProgramme(city)


def _raise_if_contradicted(programme: Programme, guest: City, host: City, rule: PairRule) -> None:
    said = PlanPair.objects.filter(programme=programme, guest=guest, host=host)
    if pair := said.select_related("said_by").first():
        raise PairSaidAlready(pair)
    if rule == PairRule.FIXED and (veto := _veto_between(guest, host)):
        raise CityWouldRatherNot(veto)


def _veto_between(guest: City, host: City) -> CityWish | None:
    cities = [guest, host]
    vetoes = CityWish.objects.filter(kind=WishKind.VETO, city__in=cities, other__in=cities)
    return vetoes.select_related("city", "other", "said_by").order_by("pk").first()


def _said(row: PlanPair | CityWish) -> dict[str, str]:
    who = str(row.said_by) if row.said_by else _("somebody whose account is gone")
    return {"who": who, "day": day(row.said_at.date(), "long"), "reason": row.reason}
