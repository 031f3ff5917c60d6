"""The office asks for plans, stops them and asks for others."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from exchanges import clock
from exchanges.models import ProgrammePlan
from exchanges.plans.forms import MOST_BOXES, PlanForm, plan_initial
from exchanges.plans.operations import asking as operations
from exchanges.plans.queries.choices import city_choices, options_again, pairs_said
from exchanges.plans.queries.requests import usual_options
from exchanges.plans.views.frame import managed_plan, plan_address
from exchanges.queries.matching.data import load_matching_data
from exchanges.views.active import signed_in
from exchanges.views.programmes.loading import managed_programme
from exchanges.views.refusals import refusal_as_message, refusal_on_form, sent_data


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Cities, exchanges, fairness; POST asks for the plan and leads to its page."""
    person, at = signed_in(request), clock.now()
    programme = managed_programme(person, slug)
    matching = load_matching_data(programme, at, with_asked=True)
    cities = city_choices(matching)
    form = PlanForm(
        sent_data(request),
        cities=[(each.slug, each.line) for each in cities],
        initial=plan_initial(usual_options(programme, at)),
    )
    if form.is_valid():
        with refusal_on_form(form):
            options = form.options()
            plan = operations.start_plan(programme=programme, options=options, by=person, at=at)
            return redirect(plan_address(plan))
    context = {
        "programme": programme,
        "form": form,
        "cities": cities,
        "chosen": form.chosen(),
        "has_boxes": len(cities) <= MOST_BOXES,
        "windows": matching.windows,
        "first_day": matching.windows[0].start if matching.windows else None,
        "last_day": matching.windows[-1].end if matching.windows else None,
        "pairs": pairs_said(programme),
    }
    return render(request, "exchanges/plans/plan_new.html", context)


@require_POST
def plan_stop(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    person = signed_in(request)
    plan = managed_plan(person, slug, number)
    with refusal_as_message(request):
        operations.stop(plan=plan, by=person, at=clock.now())
    return redirect(plan_address(plan))


@require_POST
def plan_again(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """`with=same` solves the same snapshot once more, else the programme as it is now."""
    person, at = signed_in(request), clock.now()
    plan = managed_plan(person, slug, number)
    if request.POST.get("with") == "same":
        return onward(request, plan, lambda: operations.solve_again(plan=plan, by=person, at=at))
    options = options_again(plan, at)
    return onward(
        request,
        plan,
        lambda: operations.start_plan(programme=plan.programme, options=options, by=person, at=at),
    )


@require_POST
def plan_repair(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    person = signed_in(request)
    plan = managed_plan(person, slug, number)
    return onward(request, plan, lambda: operations.repair(plan=plan, by=person, at=clock.now()))


def onward(
    request: HttpRequest, plan: ProgrammePlan, make: Callable[[], ProgrammePlan], back: str = ""
) -> HttpResponse:
    """To the plan that was asked for, or `back` with the reason why it was not."""
    with refusal_as_message(request):
        return redirect(plan_address(make()))
    return redirect(back or plan_address(plan))
