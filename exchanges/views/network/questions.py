"""An organisation answers a programme that asks it to take part, or one that acts for its city."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exchanges import clock
from exchanges.forms.network.questions import QuestionForm
from exchanges.models import HeldVisitQuestion
from exchanges.operations.network import city_claims
from exchanges.operations.programmes import partnerships
from exchanges.operations.visits import held_questions
from exchanges.permissions import can_answer_held_question
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


@require_http_methods(["GET", "HEAD", "POST"])
def held_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a visit took place that a programme's file names."""
    person = signed_in(request)
    rows = HeldVisitQuestion.objects.select_related(
        "visit__host_city", "visit__programme", "organisation__city", "city"
    )
    asked = get_object_or_404(rows, pk=pk)
    if not can_answer_held_question(person, asked):
        raise Http404
    form = QuestionForm(sent_data(request))

    if form.is_valid():
        with refusal_on_form(form):
            if form.says_yes:
                held_questions.confirm(question=asked, by=person, at=clock.now())
            else:
                reason = form.cleaned_data["reason"]
                held_questions.refuse(question=asked, reason=reason, by=person, at=clock.now())
            messages.success(request, _("Your answer is sent to the programme office."))
            return redirect("home")
    context = {
        "asked": asked,
        "visit": asked.visit,
        "form": form,
        "cities": asked.visit.visit_cities.select_related("city"),
        "organisations": asked.visit.invitations.select_related("organisation__city"),
    }
    return render(request, "exchanges/network/held_answer.html", context)
