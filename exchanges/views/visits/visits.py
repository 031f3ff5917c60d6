"""The list of visits, and a visit's page with its tabs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from exchanges import clock, permissions
from exchanges.domain.visit_phases import BEING_AGREED, COUNTED
from exchanges.forms.visits.visits import VisitFilterForm
from exchanges.queries.proposals.answers import answers_of, with_answers
from exchanges.queries.record import history
from exchanges.queries.visits.public import naming_choices, public_visit
from exchanges.queries.visits.sides import sides_of
from exchanges.queries.visits.visits import VisitFilter, find_visits
from exchanges.views.active import HtmxRequest, signed_in
from exchanges.views.partly_public import partly_public
from exchanges.views.proposals.start import propose_url
from exchanges.views.visits.loading import load_to_read, load_visit, visit_context
from exchanges.views.visits.panels import panels_in

PAGE = 20


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def visit_list(request: HtmxRequest) -> HttpResponse:
    wanted = VisitFilter.from_query(request.GET)
    page = Paginator(find_visits(request.user, wanted), PAGE).get_page(request.GET.get("page"))
    context = {
        "visits": page,
        "page": page,
        "wanted": wanted,
        "propose_url": propose_url(request),
        "form": VisitFilterForm(
            request.GET or None, is_signed_in=request.user.is_authenticated, auto_id="filter-%s"
        ),
    }
    template = "exchanges/visits/visit_list.html" + ("#table" if request.htmx else "")
    return render(request, template, context)


@partly_public
@require_safe
def visit_detail(request: HttpRequest, reference: str) -> HttpResponse:
    visit = load_visit(request, reference, with_answers)
    context = visit_context(request, visit, "overview")
    if not context["is_insider"]:
        public = {"public": public_visit(visit)}
        return render(request, "exchanges/visits/visit_public.html", public)
    person = signed_in(request)
    asked = visit.held_questions.select_related("organisation__city", "city").order_by("pk")
    answers = answers_of(visit, person, clock.now()) if visit.state in BEING_AGREED else None
    context |= {
        "naming": naming_choices(person, visit),
        "sides": sides_of(visit),
        "practices_seen": list(visit.practices_seen.all()),
        "counted": COUNTED,
        "answers": answers,
        "held_questions": asked if visit.is_unconfirmed else [],
    }
    return render(request, "exchanges/visits/visit_detail.html", context)


@require_safe
def visit_documents(request: HttpRequest, reference: str) -> HttpResponse:
    visit = load_to_read(request, reference)
    panels = panels_in("documents", visit)
    context = {**visit_context(request, visit, "documents"), "panels": panels}
    return render(request, "exchanges/visits/visit_documents.html", context)


@require_safe
def visit_history(request: HttpRequest, reference: str) -> HttpResponse:
    visit = load_visit(request, reference)
    permissions.require(permissions.can_read_history(request.user, visit))
    context = {**visit_context(request, visit, "history"), "entries": history(visit)}
    return render(request, "exchanges/visits/visit_history.html", context)
