"""Programmes, edited by their office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exchanges import clock
from exchanges.forms.programmes import (
    NewProgrammeForm,
    ProgrammeForm,
    programme_initial,
)
from exchanges.models import Programme
from exchanges.operations.programmes import programmes
from exchanges.permissions import require
from exchanges.queries.programmes.offices import coordinators_of
from exchanges.views.active import signed_in
from exchanges.views.programmes.loading import managed_programme
from exchanges.views.refusals import refusal_on_form, sent_data


@require_http_methods(["GET", "HEAD", "POST"])
def programme_add(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    coordinators = coordinators_of(person)
    require(coordinators.exists())
    initial = {"max_exchanges": 8, "eu_percent": 90, "requires_umn_host": True}
    form = NewProgrammeForm(sent_data(request), coordinators=coordinators, initial=initial)
    if form.is_valid():
        with refusal_on_form(form):
            programme = programmes.add(
                coordinator=form.cleaned_data["coordinator"],
                values=form.values(),
                most=form.cleaned_data["max_exchanges"],
                by=person,
                at=clock.now(),
            )
            messages.success(request, _("The programme is there. Add its partners now."))
            return redirect("exchanges:programme-partners", programme.slug)
    return render(request, "exchanges/programmes/programme_edit.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def programme_edit(request: HttpRequest, slug: str) -> HttpResponse:
    person = signed_in(request)
    programme = managed_programme(person, slug)
    form = ProgrammeForm(sent_data(request), initial=programme_initial(programme))

    def saved_values() -> dict[str, object]:
        return programme_initial(Programme.objects.get(pk=programme.pk))

    if form.is_valid():
        with refusal_on_form(form, saved_values=saved_values):
            programmes.edit(
                programme=programme,
                values=form.values(),
                most=form.cleaned_data["max_exchanges"],
                revision=form.cleaned_data["revision"],
                by=person,
                at=clock.now(),
            )
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect(_office_of(programme))
    context = {"form": form, "programme": programme}
    return render(request, "exchanges/programmes/programme_edit.html", context)


def _office_of(programme: Programme) -> str:
    return reverse("exchanges:office") + f"?programme={programme.slug}"
