"""Pairs that the office fixes or forbids for every plan of a programme."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.enums import PairRule
from exchanges.models import City, PlanPair, Programme, User
from exchanges.operations.moves import ReasonMissing
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.permissions import can_make_plan, require

LONGEST_REASON = 300


class SameCityTwice(Refusal):
    def __init__(self, city: City) -> None:
        super().__init__(_("%(city)s cannot visit itself.") % {"city": city})


class ReasonTooLong(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Say it in at most %(most)d characters.") % {"most": LONGEST_REASON})


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
    """Fix or forbid a pair; what was said of it before is replaced.

    Raises SameCityTwice, ReasonMissing, ReasonTooLong.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    require(can_make_plan(by, programme))
    reason = reason.strip()
    if guest == host:
        raise SameCityTwice(guest)
    if not reason:
        raise ReasonMissing
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLong
    said = {"rule": PairRule(rule), "reason": reason, "said_by": by, "said_at": at}
    pair, _is_new = PlanPair.objects.update_or_create(
        programme=programme, guest=guest, host=host, defaults=said
    )
    record("set_pair", programme, by=by, at=at, guest=guest.pk, host=host.pk, rule=pair.rule)
    return pair


@transaction.atomic
def remove_pair(*, pair: PlanPair, by: User, at: datetime) -> None:
    programme = Programme.objects.select_for_update().get(pk=pair.programme_id)
    require(can_make_plan(by, programme))
    deleted, _rows = PlanPair.objects.filter(pk=pair.pk).delete()
    if deleted:
        facts = {"guest": pair.guest_id, "host": pair.host_id, "rule": pair.rule}
        record("remove_pair", programme, by=by, at=at, **facts)
