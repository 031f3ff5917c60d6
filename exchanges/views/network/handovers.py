"""Handing over the home office of an organisation."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exchanges import clock
from exchanges.enums import AskedState, MembershipRole
from exchanges.forms.authority import HandoverForm
from exchanges.forms.network.questions import QuestionForm
from exchanges.models import Handover, Organisation, User
from exchanges.operations.network import handovers
from exchanges.permissions import (
    can_act_as_home_office,
    can_answer_handover,
    has_active_contact,
    require,
)
from exchanges.queries.programmes.offices import other_offices
from exchanges.views.active import signed_in
from exchanges.views.people.home_office import load_brought_in
from exchanges.views.refusals import refusal_as_message, refusal_on_form, sent_data


@require_http_methods(["GET", "HEAD", "POST"])
def handover_offer(request: HttpRequest, slug: str, organisation: str) -> HttpResponse:
    office, row = load_brought_in(request, slug, organisation)
    form = HandoverForm(sent_data(request), offices=other_offices(office))
    if form.is_valid():
        with refusal_on_form(form):
            offered = handovers.offer(
                organisation=row,
                to_office=form.cleaned_data["office"],
                by=signed_in(request),
                at=clock.now(),
            )
            messages.success(request, _("The offer is made. All concerned get a mail."))
            return redirect("exchanges:handover", offered.pk)
    context = {
        "office": office,
        "organisation": row,
        "form": form,
        "open": row.handovers.filter(state=AskedState.OPEN).first(),
        "has_contact": has_active_contact(row),
    }
    return render(request, "exchanges/people/handover_offer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an offer to those concerned; the receiving office and a contact answer."""
    person = signed_in(request)
    row = get_object_or_404(_shown_to(person), pk=pk)
    require(request.method != "POST" or can_answer_handover(person, row))
    form = QuestionForm(sent_data(request))
    if form.is_valid():
        with refusal_on_form(form):
            if form.says_yes:
                row = handovers.accept(handover=row, by=person, at=clock.now())
            else:
                reason = form.cleaned_data["reason"]
                handovers.refuse(handover=row, reason=reason, by=person, at=clock.now())
            messages.success(request, _("Your answer is saved. All concerned get a mail."))
            return redirect("exchanges:handover", pk)
    context = {
        "handover": row,
        "form": form,
        "can_answer": row.state == AskedState.OPEN and _owes_answer(person, row),
        "can_withdraw": row.state == AskedState.OPEN
        and can_act_as_home_office(person, row.organisation),
        "needs_contact": has_active_contact(row.organisation),
    }
    return render(request, "exchanges/people/handover.html", context)


@require_POST
def handover_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    person = signed_in(request)
    row = get_object_or_404(_shown_to(person), pk=pk)
    with refusal_as_message(request):
        handovers.withdraw(handover=row, by=person, at=clock.now())
        messages.success(request, _("The offer is taken back."))
    return redirect("exchanges:handover", pk)


def _owes_answer(person: User, row: Handover) -> bool:
    """Whether this person's yes is still missing."""
    sides = [(row.organisation_id, row.agreed_at), (row.to_office_id, row.taken_at)]
    own = person.memberships.filter(role=MembershipRole.CONTACT)
    mine = set(own.values_list("organisation", flat=True))
    return can_answer_handover(person, row) and any(
        organisation in mine and said is None for organisation, said in sides
    )


def _shown_to(person: User) -> QuerySet[Handover]:
    """Return the contacts of the organisation and of both offices."""
    own = Organisation.objects.filter(
        memberships__user=person, memberships__role=MembershipRole.CONTACT
    )
    concerned = Q(organisation__in=own) | Q(from_office__in=own) | Q(to_office__in=own)
    rows = Handover.objects.filter(concerned).select_related(
        "organisation__city", "from_office__city", "to_office__city", "answered_by"
    )
    return rows
