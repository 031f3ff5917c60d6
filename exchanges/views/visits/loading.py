"""Finding the visit of an address, and what the head of its pages shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import pgettext

from exchanges import clock, permissions
from exchanges.domain.visit_states import moves_from
from exchanges.enums import VisitMove, VisitState
from exchanges.exports.calendar.visit import has_calendar
from exchanges.models import StudyVisit
from exchanges.queries.visits.visits import with_cities
from exchanges.views.active import active_organisation
from exchanges.words.visits import BUTTONS, Button, steps, waits_for

Rows = Callable[[QuerySet[StudyVisit]], QuerySet[StudyVisit]]


@dataclass(frozen=True, slots=True)
class PossibleMove:
    """A move that the reader can make now, and where its page is."""

    button: Button
    url: str


def load_visit(request: HttpRequest, reference: str, rows: Rows = with_cities) -> StudyVisit:
    """With its cities and topics; 404 for whom it does not concern."""
    visits = StudyVisit.objects.visible_to(request.user)
    return get_object_or_404(rows(visits), reference=reference)


def load_to_read(request: HttpRequest, reference: str) -> StudyVisit:
    """For what the public does not see of a closed visit."""
    visit = load_visit(request, reference)
    permissions.require(permissions.can_read_visit(request.user, visit))
    return visit


def visit_context(request: HttpRequest, visit: StudyVisit, tab: str) -> dict[str, Any]:
    """What the head of every tab shows."""
    is_insider = permissions.can_read_visit(request.user, visit)
    moves = possible_moves(request, visit)
    return {
        "visit": visit,
        "is_insider": is_insider,
        "steps": steps(visit),
        "waits_for": waits_for(visit),
        "tabs": _tabs(request, visit, tab) if is_insider else [],
        "moves": [move for move in moves if not move.button.ends],
        "endings": [move for move in moves if move.button.ends],
        "has_calendar": has_calendar(visit) and is_insider,
        "zone": visit.host_city.time_zone if visit.host_city else "UTC",
        "own_zone": own_zone(request),
    }


def own_zone(request: HttpRequest) -> str:
    """Return the zone that the reader's organisation lives in; empty for the public."""
    organisation = active_organisation(request)
    return organisation.city.time_zone if organisation else ""


def possible_moves(request: HttpRequest, visit: StudyVisit) -> list[PossibleMove]:
    """The moves that this person can make now, as links; the main one first."""
    user = request.user
    if not user.is_authenticated:
        return []
    found = []
    for move in moves_from(VisitState(visit.state)):
        if move.verb not in BUTTONS:
            continue
        if move.verb is VisitMove.COMPLETE and not visit.is_over(clock.now()):
            continue
        if permissions.can_make_move(user, visit, move.verb):
            url = reverse(f"exchanges:visit-{move.verb.value}", args=[visit.reference])
            found.append(PossibleMove(BUTTONS[move.verb], url))
    return found


def _tabs(request: HttpRequest, visit: StudyVisit, current: str) -> list[dict[str, Any]]:
    labels = {
        "overview": ("visit-detail", pgettext("tab", "Overview")),
        "agenda": ("visit-agenda", pgettext("tab", "Agenda")),
        "people": ("visit-people", pgettext("tab", "People")),
        "documents": ("visit-documents", pgettext("tab", "Documents")),
    }
    if permissions.can_read_history(request.user, visit):
        labels["history"] = ("visit-history", pgettext("tab", "History"))
    return [
        {
            "url": reverse(f"exchanges:{name}", args=[visit.reference]),
            "label": label,
            "current": key == current,
            "count": None,
        }
        for key, (name, label) in labels.items()
    ]
