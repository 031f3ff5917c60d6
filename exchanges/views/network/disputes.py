"""What is put to the operator: opened, read and added to by those concerned."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exchanges import clock
from exchanges.forms.network.disputes import DisputeForm, StatementForm
from exchanges.models import Dispute, Organisation
from exchanges.operations.network import disputes
from exchanges.queries.network.disputes import can_read_dispute, grounds_of, is_concerned
from exchanges.views.active import signed_in
from exchanges.views.refusals import refusal_on_form, sent_data


@require_http_methods(["GET", "HEAD", "POST"])
def dispute_open(request: HttpRequest, slug: str) -> HttpResponse:
    person, at = signed_in(request), clock.now()
    organisation = get_object_or_404(Organisation.objects.select_related("city"), slug=slug)
    if not is_concerned(person, organisation):
        raise Http404
    form = DisputeForm(sent_data(request), grounds=grounds_of(organisation, at))
    if form.is_valid():
        with refusal_on_form(form):
            ground = form.chosen()
            opened = disputes.open_dispute(
                organisation=organisation,
                kind=ground.kind,
                city=ground.city,
                text=form.cleaned_data["text"],
                by=person,
                at=at,
            )
            messages.success(request, _("The operator is asked. All concerned get a mail."))
            return redirect("exchanges:dispute", opened.pk)
    context = {
        "organisation": organisation,
        "form": form,
        "waiting": organisation.disputes.filter(decided_at=None).select_related("city"),
    }
    return render(request, "exchanges/network/dispute_open.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    person = signed_in(request)
    rows = Dispute.objects.select_related("organisation__city", "city")
    row = get_object_or_404(rows, pk=pk)
    if not can_read_dispute(person, row):
        raise Http404
    form = StatementForm(sent_data(request))
    if form.is_valid():
        with refusal_on_form(form):
            text = form.cleaned_data["text"]
            disputes.add_statement(dispute=row, text=text, by=person, at=clock.now())
            messages.success(request, _("Saved. The operator gets a mail."))
            return redirect("exchanges:dispute", pk)
    statements = row.statements.select_related("said_by").order_by("pk")
    context = {"dispute": row, "statements": statements, "form": form}
    return render(request, "exchanges/network/dispute.html", context)
