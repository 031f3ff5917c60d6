"""What a city tells of itself, part by part, and what follows from it for its matching."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from exchanges import clock
from exchanges.forms.cities.wishes import WishForm
from exchanges.models import City, CityWish
from exchanges.operations.cities import wishes
from exchanges.operations.editing import checksum_of
from exchanges.permissions import can_edit_city_profile, require
from exchanges.queries.cities.tasks import cities_with_profile, programmes_ahead
from exchanges.queries.matching.data import load_matching_data
from exchanges.queries.programmes.credits import credits_of
from exchanges.views.active import signed_in
from exchanges.views.cities.parts import Opened, blackouts_form, open_part
from exchanges.views.refusals import refusal_on_form, sent_data
from exchanges.words.cities.advice import CityAdvice, city_advice
from exchanges.words.cities.parts import TITLES, ProfilePart, tasks_of

ADD_ROW, LATER = "add", "later"


@require_safe
def city_profile_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the parts, with whom the city can be matched and what would open more."""
    city, at = _own_city(request, slug), clock.now()
    tasks = tasks_of(city, at.date())
    needed = [task for task in tasks if not task.is_optional]
    context = {
        "city": city,
        "tasks": tasks,
        "needed": len(needed),
        "done": sum(task.is_done for task in needed),
        "following": next((task for task in needed if not task.is_done), None),
        "is_sample": any(task.is_sample for task in tasks),
        "advices": _advices(city, at),
        "credits": credits_of(city),
    }
    return render(request, "exchanges/cities/city_profile_edit.html", context)


@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def city_profile_part(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Save and go on, save and come back later, or, for dates, one row more."""
    city, at = _own_city(request, slug), clock.now()
    if part not in list(ProfilePart):
        raise Http404
    this = ProfilePart(part)
    if this == ProfilePart.DATES and request.POST.get("then") == ADD_ROW:
        return _one_row_more(request, city, at)
    opened = open_part(this, city, signed_in(request), at, sent_data(request))
    form = opened.form
    if form.is_valid():
        with refusal_on_form(form, saved_values=opened.saved_values):
            opened.save()
        if not form.errors:
            messages.success(request, _("Saved: %(section)s.") % {"section": TITLES[this]})
            return _onward(slug, this, request.POST.get("then", ""))
    return _show(request, city, this, opened, at)


@require_http_methods(["GET", "HEAD", "POST"])
def city_wish_edit(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """A wish towards one city: change it, or take it back."""
    city = _own_city(request, slug)
    towards = get_object_or_404(City, slug=other)
    wish = city.wishes.filter(other=towards).first()
    if wish is None:
        raise Http404
    form = WishForm(sent_data(request), initial=_initial(wish))

    def saved_values() -> dict[str, Any]:
        row = city.wishes.filter(other=towards).first()
        return _initial(row) if row else {}

    if form.is_valid():
        with refusal_on_form(form, saved_values=saved_values):
            wishes.edit(
                city=city,
                other=towards,
                values=form.cleaned_data,
                revision=form.cleaned_data["revision"],
                by=signed_in(request),
                at=clock.now(),
            )
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect("exchanges:city-profile-part", slug, ProfilePart.WISHES.value)
    context = {"city": city, "other": towards, "form": form, "wish": wish}
    return render(request, "exchanges/cities/wish_edit.html", context)


@require_http_methods(["POST"])
def city_wish_take_back(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    city = _own_city(request, slug)
    towards = get_object_or_404(City, slug=other)
    wishes.take_back(city=city, other=towards, by=signed_in(request), at=clock.now())
    done = _("Nothing is said about %(city)s any more.") % {"city": towards}
    messages.success(request, done)
    return redirect("exchanges:city-profile-part", slug, ProfilePart.WISHES.value)


def _own_city(request: HttpRequest, slug: str) -> City:
    city = get_object_or_404(cities_with_profile(), slug=slug)
    require(can_edit_city_profile(signed_in(request), city))
    return city


def _initial(wish: CityWish) -> dict[str, Any]:
    values = wishes.wish_values(wish)
    return values | {"revision": checksum_of(values)}


def _advices(city: City, at: datetime) -> list[CityAdvice]:
    ahead = programmes_ahead(city, at.date())
    found = [load_matching_data(programme, at) for programme in ahead]
    return [city_advice(each, city) for each in found if city.slug in each.facts]


def _one_row_more(request: HttpRequest, city: City, at: datetime) -> HttpResponse:
    """The same page with one more row; nothing is checked or saved."""
    typed = {name: str(value) for name, value in request.POST.items()}
    rows = typed.get("rows", "")
    is_number = rows.isascii() and rows.isdigit() and len(rows) < 3
    typed["rows"] = str(int(rows) + 1) if is_number else ""
    form = blackouts_form(city, at, None, typed)
    return _show(request, city, ProfilePart.DATES, Opened(form, lambda: None), at, grown=True)


def _show(
    request: HttpRequest, city: City, part: ProfilePart, opened: Opened, at: datetime, **more: Any
) -> HttpResponse:
    parts = list(ProfilePart)
    template = f"exchanges/cities/part_{part.value}.html"
    is_rows_only = part == ProfilePart.DATES and bool(request.headers.get("HX-Request"))
    context = {
        "city": city,
        "form": opened.form,
        "part": part,
        "title": TITLES[part],
        "number": parts.index(part) + 1,
        "count": len(parts),
        "task": next(task for task in tasks_of(city, at.date()) if task.part == part),
        "advices": [] if is_rows_only else _advices(city, at),
        **more,
    }
    return render(request, template + ("#rows" if is_rows_only else ""), context)


def _onward(slug: str, part: ProfilePart, then: str) -> HttpResponse:
    parts = list(ProfilePart)
    following = parts.index(part) + 1
    if part == ProfilePart.WISHES and then != LATER:
        return redirect("exchanges:city-profile-part", slug, part.value)
    if then == LATER or following == len(parts):
        return redirect("exchanges:city-profile-edit", slug)
    return redirect("exchanges:city-profile-part", slug, parts[following].value)
