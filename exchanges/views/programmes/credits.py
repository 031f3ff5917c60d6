"""What cities that were left out carry into the next programme."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exchanges import clock
from exchanges.operations.programmes import credits
from exchanges.permissions import can_manage_programme
from exchanges.queries.programmes.credits import (
    cities_left_out,
    credits_brought,
    credits_given,
    is_settleable,
)
from exchanges.views.active import signed_in
from exchanges.views.programmes.loading import managed_programme, readable_programme
from exchanges.views.refusals import refusal_as_message
from exchanges.words.formats import sort_key


@require_safe
def credit_list(request: HttpRequest, slug: str) -> HttpResponse:
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
    return render(request, "exchanges/programmes/credit_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def credits_settle(request: HttpRequest, slug: str) -> HttpResponse:
    """GET shows who would get how much, POST gives it."""
    person = signed_in(request)
    programme = managed_programme(person, slug)
    if request.method == "POST":
        with refusal_as_message(request):
            credits.settle(programme=programme, by=person, at=clock.now())
            done = _("The credits are given. Plans of later programmes count them.")
            messages.success(request, done)
        return redirect("exchanges:credit-list", slug)
    context = {
        "programme": programme,
        "cities": sorted(cities_left_out(programme), key=sort_key),
        "points": credits.CREDIT_POINTS,
        "is_settleable": is_settleable(programme, clock.now()),
    }
    return render(request, "exchanges/programmes/credits_settle.html", context)
