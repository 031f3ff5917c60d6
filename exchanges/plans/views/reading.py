"""Plans of a programme as the office and auditors read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from exchanges import clock
from exchanges.enums import PlanKind, PlanState
from exchanges.labels import label
from exchanges.models import Programme, ProgrammePlan
from exchanges.operations.editing import checksum_of
from exchanges.permissions import can_make_plan
from exchanges.plans.forms import NoteForm
from exchanges.plans.operations import asking as operations
from exchanges.plans.queries.basis import basis_of
from exchanges.plans.queries.held import compare_with_held
from exchanges.plans.queries.pages import (
    cities_not_accepted,
    kinds_of,
    load_page,
    plan_line,
    plans_of,
)
from exchanges.plans.queries.reasons import reasons_by_visit, said_of_pairs
from exchanges.plans.views.frame import readable_plan, show, solved_plan
from exchanges.plans.views.pictures import drawing, time_line
from exchanges.plans.words.cities import city_rows
from exchanges.plans.words.comparison import compare
from exchanges.plans.words.figures import held_figures
from exchanges.plans.words.page import PlanPage
from exchanges.plans.words.plan import price_sentence
from exchanges.plans.words.progress import failure_words, progress_of
from exchanges.plans.words.travel import emission_words, method_words
from exchanges.plans.words.trust import left_out_words, trust_of, unmet_words
from exchanges.views.active import HtmxRequest, signed_in
from exchanges.views.programmes.loading import managed_programme, readable_programme
from exchanges.views.refusals import refusal_on_form, sent_data
from exchanges.words.formats import listed

if TYPE_CHECKING:
    from exchanges.plans.queries.pages import PlanWithSent

PER_PAGE = 20
ORDERS = {
    "": (gettext_lazy("Newest first"), F("number").desc()),
    "oldest": (gettext_lazy("Oldest first"), F("number").asc()),
}
WAITING = (PlanState.QUEUED, PlanState.SOLVING)


@require_safe
def plan_list(request: HttpRequest, slug: str) -> HttpResponse:
    person = signed_in(request)
    programme = readable_programme(person, slug)
    asked = _asked(request)
    page = Paginator(_found(programme, asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "page": page,
        "rows": [plan_line(plan) for plan in page.object_list],
        "asked": asked,
        "kinds": [(kind.value, label(kind)) for kind in kinds_of(programme)],
        "orders": [(value, words) for value, (words, _order) in ORDERS.items()],
        "is_office": can_make_plan(person, programme),
    }
    return render(request, "exchanges/plans/plan_list.html", context)


@require_safe
@vary_on_headers("HX-Request")
def plan_detail(request: HtmxRequest, slug: str, number: int) -> HttpResponse:
    """The visits; while the plan is being solved, how far it is."""
    person = signed_in(request)
    plan = readable_plan(person, slug, number)
    if plan.state != PlanState.SOLVED:
        return _unsolved(request, plan, is_office=can_make_plan(person, plan.programme))
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    page = load_page(plan)
    context = {
        "unmet": unmet_words(page),
        "not_accepted": listed(cities_not_accepted(page)),
        "map": drawing(page.places.values(), page.rows),
        "timeline": time_line(page.rows),
        "why": reasons_by_visit(page),
        "emission": emission_words(page.travel.whole.grams),
        "travel_words": method_words(),
        "is_repairable": any(row.sent and row.sent.is_dead for row in page.rows),
        **_against_base(page),
    }
    return show(request, person, page, "plan_detail", context)


@require_safe
def plan_cities(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What each city gets, and why others are left out."""
    person = signed_in(request)
    page = load_page(solved_plan(person, slug, number))
    rows = city_rows(page, left_out_words(page))
    context = {
        "rows": [row for row in rows if row.takes_part],
        "left_out": [row for row in rows if not row.takes_part],
        "worst_off": trust_of(page).worst_off,
    }
    return show(request, person, page, "plan_cities", context)


@require_safe
def plan_held(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Beside the exchanges that were held before the platform."""
    person = signed_in(request)
    page = load_page(solved_plan(person, slug, number))
    found = compare_with_held(page.request, page.visits)
    context = {"held": found, "figures": held_figures(found), "travel_words": method_words()}
    return show(request, person, page, "plan_held", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_basis(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What the plan was made from; only its note can be changed."""
    person = signed_in(request)
    if request.method == "POST":
        managed_programme(person, slug)
    plan = readable_plan(person, slug, number)
    values = operations.note_values(plan)
    initial = values | {"revision": checksum_of(values)}
    form = NoteForm(sent_data(request), initial=initial)

    def saved_values() -> dict[str, Any]:
        return operations.note_values(ProgrammePlan.objects.get(pk=plan.pk))

    if form.is_valid():
        with refusal_on_form(form, saved_values=saved_values):
            note, revision = form.cleaned_data["note"], form.cleaned_data["revision"]
            operations.edit_note(plan=plan, note=note, revision=revision, by=person, at=clock.now())
        if not form.errors:
            messages.success(request, _("The note is saved."))
            return redirect("plans:plan-basis", slug, number)
    page = load_page(plan)
    context = {"form": form, "basis": basis_of(page), "author": plan.created_by}
    return show(request, person, page, "plan_basis", context)


def _against_base(page: PlanPage) -> dict[str, Any]:
    """For a plan that was made from another one: what it costs, and what it changes."""
    base = page.plan.based_on
    if base is None or base.result is None:
        return {}
    first = load_page(base)
    beside = compare(first, page)
    numbers = {"number": base.number}, {"number": page.plan.number}
    return {
        "base": first,
        "beside": beside,
        "price": price_sentence(beside.points, beside.cities),
        "is_rerun": base.request_sha256 == page.plan.request_sha256,
        "forced": said_of_pairs(page, page.request.fixed - first.request.fixed),
        "base_title": _("Plan %(number)s") % numbers[0],
        "own_title": _("Plan %(number)s") % numbers[1],
    }


def _unsolved(request: HtmxRequest, plan: ProgrammePlan, *, is_office: bool) -> HttpResponse:
    context = {"programme": plan.programme, "plan": plan, "is_office": is_office}
    if plan.state == PlanState.FAILED:
        if request.htmx:
            return HttpResponse(headers={"HX-Refresh": "true"})
        failure = failure_words(plan)
        return render(request, "exchanges/plans/failed.html", {**context, "failure": failure})
    progress = progress_of(plan, request.GET.get("said", ""))
    template = "exchanges/plans/solving.html" + ("#progress" if request.htmx else "")
    return render(request, template, {**context, "progress": progress})


def _asked(request: HttpRequest) -> dict[str, str]:
    kind, order = request.GET.get("kind", ""), request.GET.get("sort", "")
    return {
        "kind": kind if kind in set(PlanKind) else "",
        "sort": order if order in ORDERS else "",
    }


def _found(programme: Programme, asked: dict[str, str]) -> QuerySet[PlanWithSent]:
    plans = plans_of(programme)
    if asked["kind"]:
        plans = plans.filter(kind=asked["kind"])
    return plans.order_by(ORDERS[asked["sort"]][1], "-number")
