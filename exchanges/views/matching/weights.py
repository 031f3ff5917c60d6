"""What counts in matching, decided by the office. Auditors read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exchanges import clock
from exchanges.domain.matching import COMPONENTS, Weights
from exchanges.forms.matching.weights import WeightsForm
from exchanges.operations import matching
from exchanges.permissions import can_manage_programme
from exchanges.views.active import HtmxRequest, signed_in
from exchanges.views.programmes.loading import managed_programme, readable_programme
from exchanges.views.refusals import refusal_as_message, refusal_on_form, sent_data
from exchanges.words.matching.components import LABELS


@require_http_methods(["GET", "HEAD", "POST"])
def weights_edit(request: HtmxRequest, slug: str) -> HttpResponse:
    """Edit the seven weights; `then=preview` only shows how the points would be shared."""
    person = signed_in(request)
    load = managed_programme if request.method == "POST" else readable_programme
    programme = load(person, slug)
    form = WeightsForm(sent_data(request), initial=matching.weights_of(programme), label_suffix="")

    def saved_values() -> dict[str, Any]:
        return matching.weights_of(programme)

    is_preview = request.POST.get("then") == "preview"
    if not is_preview and form.is_valid():
        with refusal_on_form(form, saved_values=saved_values):
            matching.set_weights(
                programme=programme,
                weights=form.numbers(),
                revision=form.cleaned_data["revision"],
                by=person,
                at=clock.now(),
            )
        if not form.errors:
            messages.success(request, _("Saved. New suggestions and new plans use these weights."))
            return redirect("exchanges:weights-edit", slug)
    context = {
        "programme": programme,
        "form": form,
        "parts": _shares(form),
        "is_office": can_manage_programme(person, programme),
    }
    template = "exchanges/matching/weights_edit.html" + ("#shares" if request.htmx else "")
    return render(request, template, context)


@require_POST
def weights_reset(request: HtmxRequest, slug: str) -> HttpResponse:
    person = signed_in(request)
    programme = managed_programme(person, slug)
    with refusal_as_message(request):
        matching.reset_weights(programme=programme, by=person, at=clock.now())
        messages.success(request, _("The weights are those that the platform proposes again."))
    return redirect("exchanges:weights-edit", slug)


def _shares(form: WeightsForm) -> list[tuple[Any, int]]:
    """How the 1000 points are shared; nothing while what was typed cannot be used."""
    if form.is_bound and not form.is_valid():
        return []
    numbers: Mapping[str, int] = form.numbers() if form.is_bound else form.initial
    shares = Weights(**{name: numbers[name] for name in COMPONENTS}).renormalised(COMPONENTS)
    return [(LABELS[kind], points) for kind, points in shares.items()]
