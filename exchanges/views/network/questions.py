"""An organisation answers a programme that asks it to take part, or one that acts for its city."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exchanges import clock
from exchanges.forms.network.questions import QuestionForm
from exchanges.operations.network import city_claims
from exchanges.operations.programmes import partnerships
from exchanges.queries.network.questions import city_claims_asked_of, partnerships_asked_of
from exchanges.views.active import signed_in
from exchanges.views.refusals import refusal_on_form, sent_data


@require_http_methods(["GET", "HEAD", "POST"])
def partnership_answer(request: HttpRequest, pk: int) -> HttpResponse:
    person = signed_in(request)
    rows = partnerships_asked_of(person).select_related(
        "organisation__city", "programme__coordinator__city", "answered_by"
    )
    asked = get_object_or_404(rows, pk=pk)
    form = QuestionForm(sent_data(request))

    if form.is_valid():
        with refusal_on_form(form):
            if form.says_yes:
                partnerships.accept(asked=asked, by=person, at=clock.now())
                messages.success(request, _("Your organisation takes part in the programme."))
            else:
                reason = form.cleaned_data["reason"]
                partnerships.decline(asked=asked, by=person, at=clock.now(), reason=reason)
                messages.success(request, _("Your answer is sent to the programme office."))
            return redirect("home")
    context = {"asked": asked, "form": form}
    return render(request, "exchanges/network/partnership_answer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def city_claim_answer(request: HttpRequest, pk: int) -> HttpResponse:
    person = signed_in(request)
    rows = city_claims_asked_of(person).select_related("organisation__city", "city", "answered_by")
    claim = get_object_or_404(rows, pk=pk)
    form = QuestionForm(sent_data(request))

    if form.is_valid():
        with refusal_on_form(form):
            if form.says_yes:
                city_claims.consent(claim=claim, by=person, at=clock.now())
            else:
                reason = form.cleaned_data["reason"]
                city_claims.refuse(claim=claim, by=person, at=clock.now(), reason=reason)
            messages.success(request, _("Your answer is sent to the organisation."))
            return redirect("home")
    context = {"claim": claim, "form": form}
    return render(request, "exchanges/network/city_claim_answer.html", context)
