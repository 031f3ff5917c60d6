"""How good a plan is: what holds it back, what else would do, what another pair would cost."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from exchanges import clock
from exchanges.enums import PairRule, PlanState
from exchanges.models import City, ProgrammePlan, User
from exchanges.plans.forms import FixPairForm, PairForm
from exchanges.plans.operations import asking as operations
from exchanges.plans.operations import pairs
from exchanges.plans.queries.pages import load_page
from exchanges.plans.queries.reasons import pair_fate
from exchanges.plans.views.asking import onward
from exchanges.plans.views.frame import managed_plan, plan_address, show, solved_plan
from exchanges.plans.views.pictures import drawing
from exchanges.plans.words.comparison import compare
from exchanges.plans.words.figures import plan_figures
from exchanges.plans.words.page import PlanPage
from exchanges.plans.words.plan import difference_sentence, seconds_words
from exchanges.plans.words.trust import (
    alternative_page,
    alternative_title,
    trust_of,
    unmet_words,
)
from exchanges.views.active import HtmxRequest, signed_in
from exchanges.views.refusals import refusal_on_form, sent_data


@require_safe
@vary_on_headers("HX-Request")
def plan_trust(request: HtmxRequest, slug: str, number: int) -> HttpResponse:
    """Asked again by itself while it is being worked out."""
    person = signed_in(request)
    page = load_page(solved_plan(person, slug, number))
    trust = trust_of(page)
    if request.htmx and not trust.is_pending:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if request.htmx:
        return HttpResponse(status=204)
    context = {
        "trust": trust,
        "unmet": unmet_words(page),
        "seconds": seconds_words(page.result.seconds if page.result else 0.0),
        "others": _others(page.plan),
    }
    return show(request, person, page, "plan_trust", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_pair(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Why a pair is not in the plan; POST solves the plan with it, to see what is lost."""
    person = signed_in(request)
    if request.method == "POST":
        return _force(request, person, managed_plan(person, slug, number))
    page = load_page(solved_plan(person, slug, number))
    asked = request.GET if request.GET.get("guest") or request.GET.get("host") else None
    form = PairForm(asked, cities=page.choices())
    fate = pair_fate(page, form.pair()) if asked and form.is_valid() else None
    return show(request, person, page, "plan_pair", {"form": form, "fate": fate})


@require_http_methods(["GET", "HEAD", "POST"])
def plan_pair_fix(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Fix a pair for all plans that are made from now on, with a reason."""
    person = signed_in(request)
    plan = managed_plan(person, slug, number)
    page = load_page(plan)
    asked = PairForm(request.GET, cities=page.choices())
    if not asked.is_valid():
        return redirect(plan_address(plan, "plan-pair"))
    guest, host = (get_object_or_404(City, slug=each) for each in asked.pair())
    form = FixPairForm(sent_data(request))

    if form.is_valid():
        with refusal_on_form(form):
            pairs.set_pair(
                programme=plan.programme,
                guest=guest,
                host=host,
                rule=PairRule.FIXED,
                reason=form.cleaned_data["reason"],
                by=person,
                at=clock.now(),
            )
            messages.success(request, _("The pair is fixed for every plan from now on."))
            return redirect(plan_address(plan))
    context = {"form": form, "guest": guest, "host": host}
    return show(request, person, page, "plan_pair_fix", context)


@require_safe
def plan_compare(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Beside another plan of the programme (`with`), or one of its own alternatives.

    Where nothing is asked for, to where both can be chosen.
    """
    person = signed_in(request)
    page = load_page(solved_plan(person, slug, number))
    if not request.GET:
        return redirect(plan_address(page.plan, "plan-trust"))
    other, title = _compared(request, person, page)
    beside = compare(page, other)
    context = {
        "other": other,
        "other_title": title,
        "own_title": _("Plan %(number)s") % {"number": number},
        "beside": beside,
        "price": difference_sentence(title, beside.points, beside.cities),
        "figures": plan_figures(page, other),
        "map": drawing(page.places.values(), page.rows),
        "other_map": drawing(other.places.values(), other.rows),
        "others": _others(page.plan),
    }
    return show(request, person, page, "plan_compare", context)


def _compared(request: HttpRequest, person: User, page: PlanPage) -> tuple[PlanPage, str]:
    asked = request.GET.get("alternative")
    if asked is not None:
        other = alternative_page(page, _whole(asked))
        if other is None:
            raise Http404
        return other, alternative_title(_whole(asked))
    number = _whole(request.GET.get("with", ""))
    plan = solved_plan(person, page.plan.programme.slug, number)
    return load_page(plan), _("Plan %(number)s") % {"number": plan.number}


def _others(plan: ProgrammePlan) -> list[int]:
    """The numbers of other plans that are solved, the newest first."""
    plans = plan.programme.plans.filter(state=PlanState.SOLVED).exclude(pk=plan.pk)
    return list(plans.order_by("-number").values_list("number", flat=True))


def _force(request: HttpRequest, person: User, plan: ProgrammePlan) -> HttpResponse:
    page = load_page(plan)
    form = PairForm(request.POST, cities=page.choices())
    if not form.is_valid():
        return show(request, person, page, "plan_pair", {"form": form, "fate": None})
    guest, host = (get_object_or_404(City, slug=each) for each in form.pair())
    asked = urlencode({"guest": guest.slug, "host": host.slug})
    back = f"{plan_address(plan, 'plan-pair')}?{asked}"
    said: dict[str, Any] = {"guest": guest, "host": host, "by": person, "at": clock.now()}
    return onward(request, plan, lambda: operations.force_pair(plan=plan, **said), back)


def _whole(text: str) -> int:
    """0 for what is no number of a plan."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
