"""A plan to take away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from exchanges.models import ProgrammePlan
from exchanges.plans.exports import plan_csv, plan_json
from exchanges.plans.queries.pages import load_page
from exchanges.plans.views.frame import readable_plan, solved_plan
from exchanges.views.active import signed_in


@require_safe
def plan_csv_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    plan = solved_plan(signed_in(request), slug, number)
    return _file(plan, plan_csv(load_page(plan)), "csv", "text/csv; charset=utf-8")


@require_safe
def plan_json_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    plan = readable_plan(signed_in(request), slug, number)
    return _file(plan, plan_json(plan), "json", "application/json")


def _file(plan: ProgrammePlan, content: bytes, ending: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    name = f"plan-{plan.programme.slug}-{plan.number}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
