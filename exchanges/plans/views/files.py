"""A plan to take away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from exchanges.models import ProgrammePlan
from exchanges.plans.exports import plan_json, plan_table
from exchanges.plans.queries.pages import load_page
from exchanges.plans.views.frame import readable_plan, solved_plan
from exchanges.views.active import signed_in
from exchanges.views.downloads import table_response


@require_safe
def plan_table_file(request: HttpRequest, slug: str, number: int, kind: str) -> HttpResponse:
    plan = solved_plan(signed_in(request), slug, number)
    return table_response(plan_table(load_page(plan)), kind, _name(plan))


@require_safe
def plan_json_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    plan = readable_plan(signed_in(request), slug, number)
    response = HttpResponse(plan_json(plan), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{_name(plan)}.json"'
    return response


def _name(plan: ProgrammePlan) -> str:
    return f"plan-{plan.programme.slug}-{plan.number}"
