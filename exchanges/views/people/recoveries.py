"""Recovery of an organisation of which nobody answers any more."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exchanges import clock
from exchanges.enums import RecoveryState
from exchanges.forms.authority import RecoveryContactForm, RecoveryForm
from exchanges.links import PURPOSE_RECOVERY
from exchanges.models import Recovery, User
from exchanges.operations.people import recoveries
from exchanges.permissions import is_member
from exchanges.queries.people.recoveries import (
    OBJECT_WITHIN,
    RESTRICTED_FOR,
    can_invite,
    can_stop,
    recoveries_of,
)
from exchanges.views.active import signed_in
from exchanges.views.people.home_office import load_brought_in
from exchanges.views.people.links import holder_of
from exchanges.views.private_link import private_link
from exchanges.views.refusals import refusal_as_message, refusal_on_form, sent_data


@require_http_methods(["GET", "HEAD", "POST"])
def recovery(request: HttpRequest, slug: str, organisation: str) -> HttpResponse:
    """Start a recovery; invite the one contact once the 14 days are over."""
    office, row = load_brought_in(request, slug, organisation)
    person, at = signed_in(request), clock.now()
    past = list(recoveries_of(row))
    running = next((each for each in past if each.state == RecoveryState.RUNNING), None)
    form_class = RecoveryContactForm if running else RecoveryForm
    form = form_class(sent_data(request))
    if form.is_valid():
        with refusal_on_form(form):
            if running:
                email = form.cleaned_data["email"]
                recoveries.invite_contact(recovery=running, email=email, by=person, at=at)
                sentence = _("An invitation goes to %(email)s.")
                messages.success(request, sentence % {"email": email})
            else:
                reason = form.cleaned_data["reason"]
                recoveries.start(organisation=row, reason=reason, by=person, at=at)
                messages.success(request, _("The recovery has begun. All concerned get a mail."))
            return redirect(request.path)
    context = {
        "office": office,
        "organisation": row,
        "past": past,
        "running": running,
        "form": form,
        "can_invite": running and can_invite(running, at),
        "invite_from": running and running.started_at + OBJECT_WITHIN,
        "invited": running
        and running.account_invitations.filter(revoked_at=None, accepted_at=None).first(),
        "object_days": OBJECT_WITHIN.days,
        "restricted_days": RESTRICTED_FOR.days,
    }
    return render(request, "exchanges/people/recovery.html", context)


@require_POST
def recovery_withdraw(request: HttpRequest, slug: str, organisation: str) -> HttpResponse:
    _office, row = load_brought_in(request, slug, organisation)
    running = get_object_or_404(recoveries_of(row), state=RecoveryState.RUNNING)
    with refusal_as_message(request):
        recoveries.withdraw(recovery=running, by=signed_in(request), at=clock.now())
        messages.success(request, _("The recovery is taken back."))
    return redirect("exchanges:recovery", slug, organisation)


@require_http_methods(["GET", "HEAD", "POST"])
def recovery_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it when signed in."""
    person = signed_in(request)
    row = get_object_or_404(Recovery.objects.select_related("organisation__city"), pk=pk)
    if not is_member(person, row.organisation):
        raise Http404
    return _stop(request, row, person)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def recovery_object(request: HttpRequest, token: str) -> HttpResponse:
    """Stop it by the link in the mail. GET shows the recovery; POST stops it."""
    pk, person = holder_of(PURPOSE_RECOVERY, token)
    rows = Recovery.objects.select_related("organisation__city")
    return _stop(request, get_object_or_404(rows, pk=pk), person)


def _stop(request: HttpRequest, row: Recovery, person: User) -> HttpResponse:
    form = Form(sent_data(request))
    if form.is_valid():
        with refusal_on_form(form):
            recoveries.stop(recovery=row, by=person, at=clock.now())
            return redirect(request.path)
    context = {
        "recovery": row,
        "organisation": row.organisation,
        "can_stop": can_stop(person, row),
        "is_done": row.state == RecoveryState.STOPPED and row.ended_by_id == person.pk,
        "form": form,
    }
    return render(request, "exchanges/people/recovery_stop.html", context)
