"""What the office decides about matching. Auditors read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchanges import clock
from exchanges.domain.matching import COMPONENTS, Weights
from exchanges.forms.matching.weights import WEIGHTS, WeightsForm
from exchanges.operations import matching
from exchanges.operations.programmes import credits
from exchanges.permissions import can_manage_programme
from exchanges.queries.programmes.credits import (
    cities_left_out,
    credits_brought,
    credits_given,
    is_settleable,
)
from exchanges.views.active import HtmxRequest, signed_in
from exchanges.views.office import managed_programme, readable_programme
from exchanges.views.refusals import tried
from exchanges.views.saving import saved, sent_data


@require_http_methods(["GET", "HEAD", "POST"])
def office_weights(request: HtmxRequest, slug: str) -> HttpResponse:
    """The seven weights; `then=preview` only shows how the points would be shared."""
    person = signed_in(request)
    load = managed_programme if request.method == "POST" else readable_programme
    programme = load(person, slug)
    form = WeightsForm(sent_data(request), initial=matching.weights_of(programme), label_suffix="")

    def save() -> None:
        matching.set_weights(
            programme=programme,
            weights=form.numbers(),
            revision=form.cleaned_data["revision"],
            by=person,
            at=clock.now(),
        )

    def current() -> dict[str, Any]:
        return matching.weights_of(programme)

    is_preview = request.POST.get("then") == "preview"
    if not is_preview and saved(form, save, now=current):
        messages.success(request, _("Saved. New suggestions and new plans use these weights."))
        return redirect("exchanges:office-weights", slug)
    context = {
        "programme": programme,
        "form": form,
        "parts": _shares(form),
        "is_office": can_manage_programme(person, programme),
    }
    template = "exchanges/office/weights.html" + ("#shares" if request.htmx else "")
    return render(request, template, context)


@require_POST
def office_weights_reset(request: HtmxRequest, slug: str) -> HttpResponse:
    person = signed_in(request)
    programme = managed_programme(person, slug)
    tried(
        request,
        lambda: matching.reset_weights(programme=programme, by=person, at=clock.now()),
        _("The weights are those that the platform proposes again."),
    )
    return redirect("exchanges:office-weights", slug)


@require_safe
def office_credits(request: HttpRequest, slug: str) -> HttpResponse:
    person = signed_in(request)
    programme = readable_programme(person, slug)
    is_office = can_manage_programme(person, programme)
    context = {
        "programme": programme,
        "brought": credits_brought(programme),
        "given": credits_given(programme),
        "points": credits.CREDIT_POINTS,
        "is_office": is_office,
        "is_settleable": is_settleable(programme, clock.now()),
        "left_out": cities_left_out(programme) if is_office else [],
    }
    return render(request, "exchanges/office/credits.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def office_credits_settle(request: HttpRequest, slug: str) -> HttpResponse:
    """GET shows who would get how much, POST gives it."""
    person = signed_in(request)
    programme = managed_programme(person, slug)
    if request.method == "POST":
        tried(
            request,
            lambda: credits.settle(programme=programme, by=person, at=clock.now()),
            _("The credits are given. Plans of later programmes count them."),
        )
        return redirect("exchanges:office-credits", slug)
    context = {
        "programme": programme,
        "cities": sorted(cities_left_out(programme), key=str),
        "points": credits.CREDIT_POINTS,
        "is_settleable": is_settleable(programme, clock.now()),
    }
    return render(request, "exchanges/office/credits_settle.html", context)


def _shares(form: WeightsForm) -> list[tuple[Any, int]]:
    """How the 1000 points are shared; nothing while what was typed cannot be used."""
    if form.is_bound and not form.is_valid():
        return []
    numbers: Mapping[str, int] = form.numbers() if form.is_bound else form.initial
    shares = Weights(**{name: numbers[name] for name in WEIGHTS}).renormalised(COMPONENTS)
    return [(WEIGHTS[kind][0], points) for kind, points in shares.items()]
