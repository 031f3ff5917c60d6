"""The partner directory: public, without persons."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from exchanges.forms.network.partners import PartnerFilterForm
from exchanges.models import Organisation
from exchanges.permissions import (
    can_edit_organisation,
    can_see_contacts,
)
from exchanges.queries.network.disputes import is_concerned
from exchanges.queries.network.partners import (
    contact_persons,
    find_partners,
    organisations_for_page,
    visits_of_organisation,
)
from exchanges.views.active import HtmxRequest
from exchanges.words.formats import organisation_name

PER_PAGE = 24


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def partner_list(request: HtmxRequest) -> HttpResponse:
    form = PartnerFilterForm(request.GET)
    wanted = form.wanted()
    page = Paginator(find_partners(wanted), PER_PAGE).get_page(request.GET.get("page"))
    template = "exchanges/network/partner_list.html"
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
        "is_concerned": is_concerned(request.user, organisation),
    }
    return render(request, "exchanges/network/organisation_detail.html", context)


def _other_name(organisation: Organisation) -> tuple[str, str]:
    """The name that the heading does not show, with its language."""
    shown = organisation_name(organisation)
    own = next(iter(organisation.city.languages), "")
    pairs = [(organisation.name, "en"), (organisation.native_name, own)]
    return next(((name, code) for name, code in pairs if name and name != shown), ("", ""))
