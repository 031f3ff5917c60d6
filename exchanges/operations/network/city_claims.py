"""For which cities an organisation acts: where others act already, one of them consents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from exchanges.enums import AskedState, Message
from exchanges.models import City, CityClaim, Organisation, User
from exchanges.operations.answers import answer_once
from exchanges.operations.mail.outbox import drop_queued, tell
from exchanges.operations.record import record
from exchanges.permissions import can_answer_city_claim
from exchanges.queries.people.contacts import contacts_of, who_act_for


def act_for_cities(
    organisation: Organisation, cities: Iterable[City], *, by: User | None, at: datetime
) -> bool:
    """Make these its cities, in the caller's transaction. Returns whether anything changed.

    Where nobody acts it acts at once. Where others act it asks them, once.
    """
    wanted = {city.pk: city for city in cities}
    now = set(organisation.active_in.values_list("pk", flat=True))
    gone = now - wanted.keys()
    organisation.active_in.remove(*gone)
    _withdraw(organisation, besides=wanted)
    asked = set(_open(organisation).values_list("city", flat=True))
    new = [wanted[pk] for pk in sorted(wanted.keys() - now - asked)]
    for city in new:
        others = city.organisations.exclude(pk=organisation.pk)
        if others.exists():
            _ask(organisation, city, by=by, at=at)
        else:
            organisation.active_in.add(city)
    return bool(gone or new)


@transaction.atomic
def consent(*, claim: CityClaim, by: User, at: datetime) -> None:
    """Raises AnsweredAlready."""
    row = answer_once(claim, AskedState.ACCEPTED, by=by, at=at, allowed=can_answer_city_claim)
    row.organisation.active_in.add(row.city)
    _tell_answer(row, at)
    about = {"organisation": row.organisation_id}
    record("consent_to_city", row.city, by=by, at=at, **about)


@transaction.atomic
def refuse(*, claim: CityClaim, by: User, at: datetime, reason: str) -> None:
    """Raises AnsweredAlready."""
    row = answer_once(
        claim, AskedState.DECLINED, by=by, at=at, reason=reason, allowed=can_answer_city_claim
    )
    _tell_answer(row, at)
    about = {"organisation": row.organisation_id}
    record("refuse_city", row.city, by=by, at=at, **about)


def _open(organisation: Organisation) -> QuerySet[CityClaim]:
    return organisation.city_claims.filter(state=AskedState.OPEN)


def _withdraw(organisation: Organisation, *, besides: Iterable[int]) -> None:
    for claim in _open(organisation).exclude(city__in=list(besides)):
        claim.state = AskedState.WITHDRAWN
        claim.save(update_fields=["state"])
        drop_queued(Message.CITY_CLAIM, city_claim=claim.pk)


def _ask(organisation: Organisation, city: City, *, by: User | None, at: datetime) -> None:
    claim = CityClaim.objects.create(organisation=organisation, city=city, asked_by=by, asked_at=at)
    others = city.organisations.exclude(pk=organisation.pk)
    tell(who_act_for(others), Message.CITY_CLAIM, at=at, city_claim=claim.pk)
    record("ask_for_city", city, by=by, at=at, organisation=organisation.pk)


def _tell_answer(claim: CityClaim, at: datetime) -> None:
    drop_queued(Message.CITY_CLAIM, city_claim=claim.pk)
    asking = contacts_of([claim.organisation_id])
    tell(asking, Message.CITY_CLAIM_ANSWERED, at=at, city_claim=claim.pk)
