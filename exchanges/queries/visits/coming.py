"""What comes next: the visits of a person's organisations on a time line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchanges.domain.pictures.timeline import Span
from exchanges.domain.visit_phases import UNDER_WAY
from exchanges.enums import MembershipRole, Side, VisitState
from exchanges.models import City, Invitation, Organisation, Programme, StudyVisit, User
from exchanges.queries.people.contacts import STILL_IN
from exchanges.queries.visits.visits import with_cities
from exchanges.words.formats import day, listed

MOST = 8


@dataclass(frozen=True, slots=True)
class Coming:
    """A visit ahead, what it is for the reader, and its bar."""

    visit: StudyVisit
    note: str
    span: Span


def coming_visits(user: User, first: date, last: date) -> list[Coming]:
    """Return the soonest between `first` and `last`, for their office all of the programme."""
    mine = Organisation.objects.filter(memberships__user=user)
    found = _between(_concerning(user, mine), first, last)
    visits = list(with_cities(found).prefetch_related("date_options")[:MOST])
    own = _invitations_of(mine, visits)
    return [Coming(visit, _note(visit, own[visit.pk]), _span(visit)) for visit in visits]


def _concerning(user: User, mine: QuerySet[Organisation]) -> QuerySet[StudyVisit]:
    joined = Invitation.objects.filter(organisation__in=mine, state__in=STILL_IN)
    offices = user.memberships.filter(role=MembershipRole.CONTACT).values("organisation")
    coordinated = Programme.objects.filter(coordinator__in=offices).values("pk")
    return StudyVisit.objects.filter(state__in=UNDER_WAY).filter(
        Q(pk__in=joined.values("visit")) | Q(programme__in=coordinated)
    )


def _between(visits: QuerySet[StudyVisit], first: date, last: date) -> QuerySet[StudyVisit]:
    picked = Q(start_date__lte=last, end_date__gte=first)
    offered = Q(date_options__start_date__lte=last, date_options__end_date__gte=first)
    found = visits.filter(picked | (Q(state=VisitState.PROPOSED) & offered))
    soonest = Coalesce("start_date", Min("date_options__start_date"))
    return found.annotate(soonest=soonest).order_by("soonest", "pk")


def _invitations_of(
    mine: QuerySet[Organisation], visits: list[StudyVisit]
) -> dict[int, list[Invitation]]:
    """Return the invitations of these organisations, by visit."""
    found: dict[int, list[Invitation]] = {visit.pk: [] for visit in visits}
    rows = Invitation.objects.filter(visit__in=visits, organisation__in=mine, state__in=STILL_IN)
    for invitation in rows.select_related("city"):
        found[invitation.visit_id].append(invitation)
    return found


def _note(visit: StudyVisit, own: list[Invitation]) -> str:
    guests = visit.guest_cities()
    if not own:
        return _("Guests: %(cities)s") % {"cities": _listed(guests)}
    if any(each.side == Side.HOST for each in own):
        return _("You host %(cities)s") % {"cities": _listed(guests)}
    home = {each.city for each in own}
    others = [city for city in guests if city not in home]
    if others:
        return _("You visit, with %(cities)s") % {"cities": _listed(others)}
    return _("You visit")


def _span(visit: StudyVisit) -> Span:
    if visit.start_date and visit.end_date:
        days = _days(visit.start_date, visit.end_date)
        confirmed = visit.state == VisitState.CONFIRMED
        word = _("confirmed") if confirmed else _("agreed")
        return Span(
            visit.start_date, visit.end_date, f"{days} · {word}", "" if confirmed else "plan"
        )
    options = list(visit.date_options.all())
    label = ngettext("%(count)s date offered", "%(count)s dates offered", len(options))
    return Span(
        min(each.start_date for each in options),
        max(each.end_date for each in options),
        label % {"count": len(options)},
        "plan",
    )


def _days(first: date, last: date) -> str:
    """9–11 Feb in English; both days in full where the month is not said last."""
    start, end = day(first, "brief"), day(last, "brief")
    if first == last:
        return end
    if start.split()[1:] == end.split()[1:]:
        return f"{start.split()[0]}–{end}"
    return f"{start} – {end}"


def _listed(cities: Iterable[City]) -> str:
    return listed(str(city) for city in cities)
