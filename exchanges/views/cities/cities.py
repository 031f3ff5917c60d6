"""The page of a city, and the list of cities that programme offices keep."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exchanges import clock
from exchanges.forms.cities.cities import CityForm, city_initial
from exchanges.forms.cities.profile import LEVELS, WEIGHTS
from exchanges.models import City, Programme
from exchanges.operations.cities import cities
from exchanges.permissions import (
    can_edit_city,
    can_edit_city_profile,
    can_manage_network,
    can_see_matches,
    require,
)
from exchanges.queries.cities.pages import (
    cities_edited_by,
    cities_for_page,
    cities_listed,
    practices_in,
    visits_of_city,
)
from exchanges.queries.cities.tasks import programmes_ahead
from exchanges.queries.cities.windows import windows_ahead
from exchanges.queries.programmes.offices import coordinators_of
from exchanges.views.active import chosen_first, signed_in
from exchanges.views.refusals import refusal_on_form, sent_data
from exchanges.words.cities.windows import CityWindows


@require_safe
def city_list(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    require(can_manage_network(person))
    context = {"cities": cities_listed(), "editable": cities_edited_by(person)}
    return render(request, "exchanges/cities/city_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def city_add(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    require(can_manage_network(person))
    offices = chosen_first(request, coordinators_of(person).order_by("pk"))
    form = CityForm(sent_data(request), offices=offices)

    if form.is_valid():
        with refusal_on_form(form):
            cities.add(values=form.values(), office=form.office, by=person, at=clock.now())
            messages.success(request, _("The city is added."))
            return redirect("exchanges:city-list")
    return render(request, "exchanges/cities/city_edit.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def city_edit(request: HttpRequest, slug: str) -> HttpResponse:
    person = signed_in(request)
    city = get_object_or_404(City, slug=slug)
    require(can_edit_city(person, city))
    form = CityForm(sent_data(request), initial=city_initial(city))

    def saved_values() -> dict[str, object]:
        return city_initial(City.objects.get(pk=city.pk))

    if form.is_valid():
        with refusal_on_form(form, saved_values=saved_values):
            revision, at = form.cleaned_data["revision"], clock.now()
            cities.edit(city=city, values=form.values(), revision=revision, by=person, at=at)
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect("exchanges:city-list")
    return render(request, "exchanges/cities/city_edit.html", {"form": form, "city": city})


@login_not_required
@require_safe
def city_detail(request: HttpRequest, slug: str) -> HttpResponse:
    city = get_object_or_404(cities_for_page(), slug=slug)
    can_edit = can_edit_city_profile(request.user, city)
    context = {
        "city": city,
        "profile": getattr(city, "profile", None),
        "levels": [(row, LEVELS[row.level]) for row in city.topic_levels.all()],
        "needs": [(row, WEIGHTS[row.weight]) for row in city.learning_needs.all()],
        "practices": practices_in(city),
        "visits": visits_of_city(city, request.user),
        "can_edit": can_edit,
        "windows": _windows(request, city, names_visits=can_edit),
    }
    return render(request, "exchanges/cities/city_detail.html", context)


def _windows(
    request: HttpRequest, city: City, *, names_visits: bool
) -> list[tuple[Programme, CityWindows]]:
    """By programme, for those who match in it. Only the city's own people read which visits."""
    at = clock.now()
    return [
        (programme, windows_ahead(city, programme, at, names_visits=names_visits))
        for programme in programmes_ahead(city, at.date())
        if can_see_matches(request.user, programme)
    ]
