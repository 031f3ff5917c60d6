"""What all pages of a plan share: how it is loaded, its head and its sections."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from exchanges.enums import PlanState
from exchanges.models import ProgrammePlan, User
from exchanges.permissions import can_make_plan
from exchanges.plans.words.page import PlanPage
from exchanges.views.programmes.loading import managed_programme, readable_programme

TABS = (
    ("plan-detail", gettext_lazy("Visits")),
    ("plan-cities", gettext_lazy("Cities")),
    ("plan-trust", gettext_lazy("How good it is")),
    ("plan-pair", gettext_lazy("Why not this pair?")),
    ("plan-held", gettext_lazy("Beside the past")),
    ("plan-basis", gettext_lazy("What it is made from")),
)


def show(
    request: HttpRequest,
    person: User,
    page: PlanPage,
    name: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """One of a plan's pages, with its sections as tabs."""
    plan = page.plan
    shared = {
        "programme": plan.programme,
        "plan": plan,
        "page": page,
        "tabs": _tabs(plan, name) if page.result else [],
        "is_office": can_make_plan(person, plan.programme),
    }
    template = f"exchanges/plans/{name}.html"
    return render(request, template, {**shared, **context}, status=status)


def readable_plan(person: User, slug: str, number: int) -> ProgrammePlan:
    """Strangers get 404."""
    plans = ProgrammePlan.objects.select_related("programme", "based_on", "created_by")
    return get_object_or_404(plans, programme=readable_programme(person, slug), number=number)


def managed_plan(person: User, slug: str, number: int) -> ProgrammePlan:
    """Auditors get 403."""
    managed_programme(person, slug)
    return readable_plan(person, slug, number)


def solved_plan(person: User, slug: str, number: int) -> ProgrammePlan:
    """404 while there is nothing to show yet."""
    plan = readable_plan(person, slug, number)
    if plan.state != PlanState.SOLVED:
        raise Http404
    return plan


def plan_address(plan: ProgrammePlan, name: str = "plan-detail") -> str:
    return reverse(f"plans:{name}", args=[plan.programme.slug, plan.number])


def _tabs(plan: ProgrammePlan, name: str) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": plan_address(plan, tab),
            "current": tab == name.replace("_", "-"),
            "count": None,
        }
        for tab, label in TABS
    ]
