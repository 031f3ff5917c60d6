"""The home of the programme office: what is used, what is stuck with whom. Auditors read."""

from __future__ import annotations

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exchanges import clock
from exchanges.enums import VisitState
from exchanges.labels import label
from exchanges.models import Exchange, Programme, User
from exchanges.permissions import (
    can_manage_programme,
)
from exchanges.queries.programmes.offices import programmes_read_by, running_first
from exchanges.queries.programmes.partners import money_of
from exchanges.queries.visits.waiting import visits_of_programme, waiting_visits
from exchanges.views.active import signed_in
from exchanges.views.programmes.menu import menu_of, panels_of

PER_PAGE = 50


@require_safe
def office_home(request: HttpRequest) -> HttpResponse:
    """Of the programme in ?programme=, else the first that has not ended."""
    person = signed_in(request)
    programmes = running_first(programmes_read_by(person), clock.today())
    if not programmes:
        raise PermissionDenied
    programme = _chosen(programmes, request.GET.get("programme", ""))
    is_office = can_manage_programme(person, programme)
    exchanges = list(programme.exchanges.all())
    used = [each for each in exchanges if each.visit_id]
    context = {
        "programmes": programmes,
        "programme": programme,
        "dots": ["used" if each.visit_id else "" for each in sorted(exchanges, key=_used_first)],
        "used": len(used),
        "waiting": waiting_visits(programme, person, clock.now()),
        "states": _states(programme, person),
        "money": money_of(programme),
        "panels": panels_of(programme),
        "menu": menu_of(programme, is_office=is_office),
        "is_office": is_office,
    }
    return render(request, "exchanges/programmes/office.html", context)


def _chosen(programmes: list[Programme], slug: str) -> Programme:
    if not slug:
        return programmes[0]
    found = next((each for each in programmes if each.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _states(programme: Programme, person: User) -> list[tuple[str, str, int]]:
    """State, its word and the number of visits, in the order of a visit's life."""
    counts = Counter(visits_of_programme(programme, person).values_list("state", flat=True))
    return [(state.value, label(state), counts[state]) for state in VisitState if counts[state]]


def _used_first(exchange: Exchange) -> tuple[bool, int]:
    return exchange.visit_id is None, exchange.number
