"""Days on which a city neither hosts nor travels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from exchanges.domain.dates import DateRange
from exchanges.models import Blackout, City, Partner, User
from exchanges.operations.cities.profile import lock_city
from exchanges.operations.editing import raise_if_changed
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.words.formats import day_range

MOST_BLACKOUTS = 40
MOST_DAYS = 366


class BlackoutsRefused(Refusal):
    pass


@dataclass(frozen=True, slots=True, order=True)
class Away:
    dates: DateRange
    reason: str = ""


@transaction.atomic
def set_blackouts(
    *, city: City, away: Sequence[Away], revision: int | None, by: User, at: datetime
) -> None:
    """These take the place of all blackouts that are not over yet.

    Raises BlackoutsRefused for days that make no sense, EditedMeanwhile when somebody saved since
    the form was opened.
    """
    city = lock_city(city, by)
    check_blackouts(city, away, today=at.date())
    rows = {_away(row): row for row in upcoming_blackouts(city, at.date())}
    if set(rows) == set(away):
        return
    raise_if_changed(blackout_values(rows), revision)
    removed, added = rows.keys() - set(away), set(away) - rows.keys()
    Blackout.objects.filter(pk__in=[rows[each].pk for each in removed]).delete()
    Blackout.objects.bulk_create(_row(city, each) for each in sorted(added))
    record("set_blackouts", city, by=by, at=at, removed=_days(removed), added=_days(added))


def upcoming_blackouts(city: City, today: date) -> QuerySet[Blackout]:
    """Return those that are not over, earliest first."""
    return city.blackouts.filter(end_date__gte=today)


def blackout_values(away: Iterable[Away]) -> dict[str, str]:
    """Return what two people who edit at once are compared by."""
    return {f"{each.dates.start} {each.dates.end}": each.reason for each in away}


def saved_blackouts(city: City, today: date) -> list[Away]:
    return [_away(row) for row in upcoming_blackouts(city, today)]


def check_blackouts(city: City, away: Sequence[Away], *, today: date) -> None:
    """Raises BlackoutsRefused for the first that is over, too long, too far off or there twice."""
    if len(away) > MOST_BLACKOUTS:
        raise BlackoutsRefused(_("Forty blackouts are the most. Join some of them."))
    last_day = last_day_of_programmes(city)
    previous: DateRange | None = None
    for each in sorted(away):
        if found := problem_of(each.dates, today=today, last_day=last_day):
            raise BlackoutsRefused(found)
        if previous and each.dates.start <= previous.end:
            raise BlackoutsRefused(overlap_of(previous))
        previous = each.dates


def problem_of(dates: DateRange, *, today: date, last_day: date | None) -> str:
    """Why these days cannot be a blackout, or nothing."""
    if dates.end < today:
        return _("These days are over.")
    if dates.length > MOST_DAYS:
        return _("A blackout lasts at most a year.")
    if last_day and dates.start > last_day:
        return _("These days are after the end of your programmes (%(day)s).") % {
            "day": day_range(last_day, last_day)
        }
    return ""


def overlap_of(dates: DateRange) -> str:
    """Return the sentence for days of which some are in another blackout."""
    return _("Some of these days are in another blackout already: %(days)s. Join the two.") % {
        "days": day_range(dates.start, dates.end)
    }


def last_day_of_programmes(city: City) -> date | None:
    """Return the last day of all programmes of a city; None when it takes part in none."""
    partners = Partner.objects.filter(organisation__active_in=city)
    ends = partners.order_by("-programme__end_date").values_list("programme__end_date", flat=True)
    return ends.first()


def _away(row: Blackout) -> Away:
    return Away(DateRange(row.start_date, row.end_date), row.reason)


def _row(city: City, away: Away) -> Blackout:
    dates = away.dates
    return Blackout(city=city, start_date=dates.start, end_date=dates.end, reason=away.reason)


def _days(away: Iterable[Away]) -> list[list[str]]:
    """Without the reasons, which may name persons."""
    return [[str(each.dates.start), str(each.dates.end)] for each in sorted(away)]
