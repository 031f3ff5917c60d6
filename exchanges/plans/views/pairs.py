"""Pairs that the office fixed or forbade, and what cities wish. Auditors read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchanges import clock
from exchanges.permissions import can_manage_programme
from exchanges.plans.forms import PairRuleForm
from exchanges.plans.operations import pairs
from exchanges.plans.queries.pairs import pair_rows, wishes_of
from exchanges.queries.matching.data import load_matching_data, teams_of
from exchanges.views.active import signed_in
from exchanges.views.programmes.loading import managed_programme, readable_programme
from exchanges.views.refusals import refusal_as_message, refusal_on_form, sent_data


@require_safe
def pair_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Wishes of cities are shown to the office only."""
    person = signed_in(request)
    programme = readable_programme(person, slug)
    is_office = can_manage_programme(person, programme)
    context = {
        "programme": programme,
        "rows": pair_rows(load_matching_data(programme, clock.now())),
        "wishes": wishes_of(programme) if is_office else [],
        "is_office": is_office,
    }
    return render(request, "exchanges/plans/pair_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pair_add(request: HttpRequest, slug: str) -> HttpResponse:
    """`guest`, `host` and `rule` may be in the address: other pages lead here."""
    person = signed_in(request)
    programme = managed_programme(person, slug)
    form = PairRuleForm(
        sent_data(request),
        initial={name: request.GET.get(name, "") for name in ("guest", "host", "rule")},
        cities=[team.city for team in teams_of(programme)],
    )

    if form.is_valid():
        with refusal_on_form(form):
            pairs.set_pair(programme=programme, **form.values(), by=person, at=clock.now())
            messages.success(request, _("Saved. It holds for plans that are made from now on."))
            return redirect("plans:pair-list", slug)
    context = {"programme": programme, "form": form}
    return render(request, "exchanges/plans/pair_add.html", context)


@require_POST
def pair_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    person = signed_in(request)
    programme = managed_programme(person, slug)
    pair = get_object_or_404(programme.plan_pairs, pk=pk)
    with refusal_as_message(request):
        pairs.remove_pair(pair=pair, by=person, at=clock.now())
        messages.success(request, _("Taken back. Plans that are made from now on decide freely."))
    return redirect("plans:pair-list", slug)
