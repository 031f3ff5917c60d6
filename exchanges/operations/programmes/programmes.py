"""Programmes, their exchanges and their auditors, by the programme office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import count, islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchanges.domain.short_titles import is_short_title
from exchanges.enums import PartnerRole
from exchanges.models import Auditor, Exchange, Organisation, Partner, Programme, User
from exchanges.operations.editing import assign, raise_if_changed
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.shared_rows import AlreadyThere, take_turns
from exchanges.operations.slugs import free_slug
from exchanges.permissions import can_add_programme, can_manage_programme, is_office, require
from exchanges.queries.people.people import account_with
from exchanges.queries.programmes.zones import binds_time_zone

FIELDS = (
    "title",
    "short_title",
    "fund",
    "specific_objective",
    "start_date",
    "end_date",
    "time_zone",
    "eu_cofinancing_rate",
    "total_budget_eur",
    "requires_umn_host",
    "allows_same_country",
)


class ExchangesTaken(Refusal):
    def __init__(self, taken: int) -> None:
        super().__init__(
            ngettext(
                "One exchange is taken by a visit: the maximum cannot be lower.",
                "%(taken)d exchanges are taken by visits: the maximum cannot be lower.",
                taken,
            )
            % {"taken": taken}
        )


class WrongShortTitle(Refusal):
    """It would become part of addresses that nobody can open."""

    def __init__(self) -> None:
        super().__init__(
            _("Use only capital letters A to Z, digits, and single hyphens between them.")
        )


class ZoneIsBinding(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _(
                "An agreement of this programme is out for signature or signed. Its days end in "
                "this time zone, so the zone stays."
            )
        )


class NoSuchAccount(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Nobody has an account with this address yet."))


class WorksInTheOffice(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This person works in the programme office and cannot audit it."))


class AuditorAlready(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This person is an auditor of the programme already."))


@transaction.atomic
def add(
    *,
    coordinator: Organisation,
    values: Mapping[str, Any],
    most: int,
    by: User,
    at: datetime,
) -> Programme:
    """A programme whose coordinator is the person's organisation, with all its exchanges free.

    Raises AlreadyThere when it coordinates one of this short title from the same day, and
    WrongShortTitle.
    """
    require(can_add_programme(by, coordinator))
    _require_short_title(values)
    take_turns()
    same = {name: values[name] for name in ("short_title", "start_date")}
    if Programme.objects.filter(coordinator=coordinator, **same).exists():
        raise AlreadyThere(values["short_title"])
    programme = Programme(coordinator=coordinator, max_exchanges=most)
    assign(programme, {name: values[name] for name in FIELDS})
    programme.slug = free_slug(Programme, programme.short_title, "programme")
    programme.save()
    Partner.objects.create(
        programme=programme, organisation=coordinator, role=PartnerRole.COORDINATOR
    )
    Exchange.objects.bulk_create(
        Exchange(programme=programme, number=number) for number in range(1, most + 1)
    )
    record("add", programme, by=by, at=at, max_exchanges=most)
    return programme


@transaction.atomic
def edit(
    *,
    programme: Programme,
    values: Mapping[str, Any],
    most: int,
    revision: int | None,
    by: User,
    at: datetime,
) -> Programme:
    """Raises EditedMeanwhile when somebody saved since, ExchangesTaken for too low a maximum.

    Raises WrongShortTitle, and ZoneIsBinding for another time zone while what was signed counts its
    days in this one.
    """
    row = _lock(programme, by)
    raise_if_changed(programme_values(row), revision)
    _require_short_title(values)
    zone = values["time_zone"] or row.coordinator.city.time_zone
    changed = assign(row, {name: values[name] for name in FIELDS} | {"time_zone": zone})
    if "time_zone" in changed and any(is_bound(row) for is_bound in binds_time_zone):
        raise ZoneIsBinding
    if changed:
        row.save()
    set_max_exchanges(programme=row, most=most, by=by, at=at)
    if changed:
        record("edit", row, by=by, at=at, changed=changed)
    return row


@transaction.atomic
def set_max_exchanges(*, programme: Programme, most: int, by: User, at: datetime) -> Programme:
    """Add exchanges, or remove free ones from the end.

    Raises ExchangesTaken when more than `most` are taken by visits.
    """
    row = _lock(programme, by)
    exchanges = list(row.exchanges.select_for_update().order_by("number"))
    taken = [each for each in exchanges if each.visit_id]
    if most < len(taken):
        raise ExchangesTaken(len(taken))
    before, row.max_exchanges = row.max_exchanges, most
    free = [each for each in exchanges if not each.visit_id]
    surplus = free[max(0, most - len(taken)) :]
    Exchange.objects.filter(pk__in=[each.pk for each in surplus]).delete()
    numbers = {each.number for each in exchanges}
    unused = (number for number in count(1) if number not in numbers)
    Exchange.objects.bulk_create(
        Exchange(programme=row, number=number)
        for number in islice(unused, max(0, most - len(exchanges)))
    )
    if before != most:
        row.save(update_fields=["max_exchanges"])
        record("set_max_exchanges", row, by=by, at=at, before=before, now=most)
    return row


@transaction.atomic
def give_audit(*, programme: Programme, email: str, by: User, at: datetime) -> Auditor:
    """Let a person read everything of the programme.

    Raises NoSuchAccount, AuditorAlready, or WorksInTheOffice: nobody audits the own work.
    """
    row = _lock(programme, by)
    person = account_with(email)
    if person is None or not person.is_active:
        raise NoSuchAccount
    if is_office(person, row):
        raise WorksInTheOffice
    if row.auditors.filter(user=person).exists():
        raise AuditorAlready
    auditor = Auditor.objects.create(programme=row, user=person, given_by=by, given_at=at)
    record("give_audit", row, by=by, at=at, person=person.pk)
    return auditor


@transaction.atomic
def take_audit(*, auditor: Auditor, by: User, at: datetime) -> None:
    programme = _lock(auditor.programme, by)
    deleted, _rows = Auditor.objects.filter(pk=auditor.pk, programme=programme).delete()
    if deleted:
        record("take_audit", programme, by=by, at=at, person=auditor.user_id)


def programme_values(programme: Programme) -> dict[str, Any]:
    """Return what the form of a programme shows."""
    names = (*FIELDS, "max_exchanges")
    values = {name: getattr(programme, name) for name in names}
    return values | {"title": sorted(programme.title.data.items())}


def _require_short_title(values: Mapping[str, Any]) -> None:
    if not is_short_title(values["short_title"]):
        raise WrongShortTitle


def _lock(programme: Programme, by: User) -> Programme:
    row = Programme.objects.select_for_update().get(pk=programme.pk)
    require(can_manage_programme(by, row))
    return row
