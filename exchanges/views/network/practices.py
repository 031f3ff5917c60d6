"""What organisations can show: public to read, written by their contacts."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from exchanges import clock
from exchanges.forms.network.practices import PracticeFilterForm, PracticeForm, practice_initial
from exchanges.models import Organisation, Practice
from exchanges.operations.editing import GoneMeanwhile
from exchanges.operations.network import practices
from exchanges.permissions import can_edit_practice, require
from exchanges.queries.network.partners import organisations_edited_by
from exchanges.queries.network.practices import find_practices, practices_for_page, visits_with
from exchanges.views.active import (
    FIELD,
    HtmxRequest,
    chosen_first,
    contact_organisations,
    signed_in,
)
from exchanges.views.network.partners import PER_PAGE
from exchanges.views.proposals.start import propose_url
from exchanges.views.refusals import refusal_on_form, sent_data
from exchanges.words.formats import listed, organisation_name


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def practice_list(request: HtmxRequest) -> HttpResponse:
    form = PracticeFilterForm(request.GET)
    found = find_practices(form.wanted(), request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    template = "exchanges/network/practice_list.html"
    context = {"form": form, "page": page, "can_add": bool(contact_organisations(request))}
    return render(request, template + ("#results" if request.htmx else ""), context)


@login_not_required
@require_safe
def practice_detail(request: HttpRequest, slug: str) -> HttpResponse:
    practice = get_object_or_404(practices_for_page(), slug=slug)
    owners = practice.organisations.all()
    context = {
        "practice": practice,
        "cities": {city.pk: city for owner in owners for city in owner.active_in.all()}.values(),
        "visits": visits_with(practice, request.user),
        "can_edit": can_edit_practice(request.user, practice),
        "propose_url": propose_url(request),
    }
    return render(request, "exchanges/network/practice_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def practice_add(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    owners = organisations_edited_by(person)
    require(owners.exists())
    initial = {"language": get_language(), "organisations": _first_owner(request, owners)}
    form = PracticeForm(sent_data(request), owners=owners, initial=initial)

    if form.is_valid():
        with refusal_on_form(form):
            chosen = _chosen(form)
            practices.add(**chosen, by=person, at=clock.now())
            names = listed(organisation_name(each) for each in chosen["organisations"])
            sentence = _("The practice can be found now. Offered by: %(organisations)s.")
            messages.success(request, sentence % {"organisations": names})
            return redirect("exchanges:practice-list")
    return render(request, "exchanges/network/practice_edit.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def practice_edit(request: HttpRequest, slug: str) -> HttpResponse:
    person = signed_in(request)
    practice = get_object_or_404(Practice, slug=slug)
    require(can_edit_practice(person, practice))
    owners = organisations_edited_by(person)
    initial = practice_initial(practice)
    form = PracticeForm(sent_data(request), owners=owners, initial=initial)

    def saved_values() -> dict[str, Any]:
        return practice_initial(Practice.objects.get(pk=practice.pk))

    if form.is_valid():
        with refusal_on_form(form, saved_values=saved_values):
            chosen = _chosen(form) | {"revision": form.cleaned_data["revision"]}
            practices.edit(practice=practice, **chosen, by=person, at=clock.now())
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect("exchanges:practice-detail", slug)
    context = {"form": form, "practice": practice}
    return render(request, "exchanges/network/practice_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def practice_delete(request: HttpRequest, slug: str) -> HttpResponse:
    person = signed_in(request)
    practice = get_object_or_404(Practice, slug=slug)
    require(can_edit_practice(person, practice))
    form = Form(sent_data(request))
    if form.is_valid():
        with refusal_on_form(form):
            with suppress(GoneMeanwhile):
                practices.delete(practice=practice, by=person, at=clock.now())
            messages.success(request, _("The practice is deleted."))
            return redirect("exchanges:practice-list")
    context = {"practice": practice, "form": form}
    return render(request, "exchanges/network/practice_delete.html", context)


def _first_owner(request: HttpRequest, owners: QuerySet[Organisation]) -> list[int]:
    """Who is ticked at first: the one that the address names, else the one acted for."""
    slug = request.GET.get(FIELD, "")
    if slug:
        return [get_object_or_404(owners, slug=slug.replace("\0", "")).pk]
    own = chosen_first(request, contact_organisations(request).values())
    return [each.pk for each in own[:1]]


def _chosen(form: PracticeForm) -> dict[str, Any]:
    asked = form.cleaned_data
    return {
        "organisations": list(asked["organisations"]),
        "topics": list(asked["topics"]),
        "values": {name: asked[name] for name in practices.TEXTS},
    }
