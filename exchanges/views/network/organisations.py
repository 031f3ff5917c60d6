"""Contacts describe their own organisation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exchanges import clock
from exchanges.forms.network.organisations import OrganisationForm, organisation_initial
from exchanges.models import Organisation
from exchanges.operations.network import organisations
from exchanges.permissions import can_edit_organisation, require
from exchanges.queries.network.questions import open_claims
from exchanges.views.active import active_organisation, signed_in
from exchanges.views.refusals import refusal_on_form, sent_data
from exchanges.words.formats import organisation_name


@require_safe
def own_organisation(request: HttpRequest) -> HttpResponse:
    """Lead on to the one that the person acts for; its form has an address of its own."""
    organisation = active_organisation(request)
    if organisation is None:
        raise Http404
    require(can_edit_organisation(signed_in(request), organisation))
    return redirect("exchanges:organisation-edit", organisation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    person = signed_in(request)
    rows = Organisation.objects.select_related("city").prefetch_related("active_in")
    organisation = get_object_or_404(rows, slug=slug)
    require(can_edit_organisation(person, organisation))
    form = OrganisationForm(sent_data(request), initial=organisation_initial(organisation))

    def saved_values() -> dict[str, Any]:
        return organisation_initial(Organisation.objects.get(pk=organisation.pk))

    if form.is_valid():
        with refusal_on_form(form, saved_values=saved_values):
            organisations.edit(
                organisation=organisation,
                values=form.values(),
                active_in=list(form.cleaned_data["active_in"]),
                revision=form.cleaned_data["revision"],
                by=person,
                at=clock.now(),
            )
        if not form.errors:
            sentence = _("Saved: %(organisation)s.")
            messages.success(request, sentence % {"organisation": organisation_name(organisation)})
            return redirect("exchanges:organisation-detail", organisation.slug)
    context = {
        "form": form,
        "organisation": organisation,
        "asked_for": open_claims(organisation),
        "practices": organisation.practices.prefetch_related("topics"),
    }
    return render(request, "exchanges/network/organisation_edit.html", context)
