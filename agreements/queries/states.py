"""What dates make of an agreement's state, as SQL: the rule of `state_on` for many rows at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, F, Q, Value, When

from agreements.domain.agreement_states import IN_FORCE, OVER, SIGNED, STATES_OF_DATES
from agreements.domain.validity import WARNING_DAYS
from agreements.enums import AgreementState
from agreements.models.agreements import AgreementQuerySet
from exchanges.models import Programme

S = AgreementState
Days = dict[date, list[str]]
"""The day that it is, with the time zones of programmes in which it is that day."""


def with_state_at(agreements: AgreementQuerySet, at: datetime) -> AgreementQuerySet:
    """Annotate each row with `shown_state`, the value that `Agreement.state_at` has."""
    days = days_at(at)
    cases = [
        When(_is_shown_as(state, days), then=Value(state.value))
        for state in sorted(STATES_OF_DATES)
    ]
    shown = Case(*cases, default=F("state"), output_field=CharField())
    return agreements.annotate(shown_state=shown)  # type: ignore[no-redef]  # declared in the model for its readers


def is_in_force(at: datetime) -> Q:
    return is_shown_as(IN_FORCE, at)


def is_over(at: datetime) -> Q:
    return is_shown_as(OVER, at)


def is_shown_as(states: Iterable[AgreementState], at: datetime) -> Q:
    """Return what holds of agreements that show one of these states. One query."""
    days = days_at(at)
    return reduce(or_, (_is_shown_as(state, days) for state in states))


def days_at(at: datetime) -> Days:
    zones = Programme.objects.order_by().values_list("time_zone", flat=True).distinct()
    days: Days = defaultdict(list)
    for zone in zones:
        days[at.astimezone(ZoneInfo(zone)).date()].append(zone)
    return days


def _is_shown_as(state: AgreementState, days: Days) -> Q:
    if state not in SIGNED | STATES_OF_DATES:
        return Q(state=state)
    each = (Q(programme__time_zone__in=zones) & _on(state, day) for day, zones in days.items())
    return reduce(or_, each, Q(pk__in=[]))


def _on(state: AgreementState, today: date) -> Q:
    stored = S.TERMINATED if state in (S.TERMINATED, S.NOTICE_GIVEN) else S.ACTIVE
    warned = today + timedelta(days=WARNING_DAYS)
    runs = Q(state=stored, valid_from__lte=today, valid_until__gte=today)
    match state:
        case S.EXPIRED | S.TERMINATED:
            return Q(state=stored, valid_until__lt=today)
        case S.UPCOMING:
            return Q(state__in=SIGNED, valid_from__gt=today)
        case S.EXPIRING:
            return runs & Q(valid_until__lte=warned)
        case S.ACTIVE:
            return runs & Q(valid_until__gt=warned)
        case _:
            return runs
