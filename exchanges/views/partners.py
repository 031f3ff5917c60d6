"""The partner directory: public, without persons."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from exchanges import clock
from exchanges.forms.cities.profile import LEVELS, WEIGHTS
from exchanges.forms.network.partners import PartnerFilterForm
from exchanges.models import City, Organisation, Programme
from exchanges.permissions import (
    can_edit_city_profile,
    can_edit_organisation,
    can_see_contacts,
    can_see_matches,
)
from exchanges.queries.cities.pages import cities_for_page, practices_in, visits_of_city
from exchanges.queries.cities.tasks import programmes_ahead
from exchanges.queries.cities.windows import windows_ahead
from exchanges.queries.network.partners import (
    contact_persons,
    find_partners,
    organisations_for_page,
    visits_of_organisation,
)
from exchanges.views.active import HtmxRequest
from exchanges.words.cities.windows import CityWindows
from exchanges.words.formats import organisation_name

PER_PAGE = 24


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def partner_list(request: HtmxRequest) -> HttpResponse:
    form = PartnerFilterForm(request.GET)
    wanted = form.wanted()
    page = Paginator(find_partners(wanted), PER_PAGE).get_page(request.GET.get("page"))
    template = "exchanges/partners/partner_list.html"
    context = {"form": form, "page": page, "is_by_place": wanted.sort == "place"}
    return render(request, template + ("#results" if request.htmx else ""), context)


@login_not_required
@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(organisations_for_page(), slug=slug)
    may_see = can_see_contacts(request.user, organisation)
    context = {
        "organisation": organisation,
        "other_name": _other_name(organisation),
        "visits": visits_of_organisation(organisation, request.user),
        "contacts": contact_persons(organisation) if may_see else None,
        "can_edit": can_edit_organisation(request.user, organisation),
    }
    return render(request, "exchanges/partners/organisation_detail.html", context)


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


def _other_name(organisation: Organisation) -> tuple[str, str]:
    """The name that the heading does not show, with its language."""
    shown = organisation_name(organisation)
    own = next(iter(organisation.city.languages), "")
    pairs = [(organisation.name, "en"), (organisation.native_name, own)]
    return next(((name, code) for name, code in pairs if name and name != shown), ("", ""))
