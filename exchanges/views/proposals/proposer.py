"""What the proposer does with a visit that is proposed: its invitations, its date, its end."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exchanges import clock
from exchanges.domain.visit_states import MoveNotPossible, find_move
from exchanges.enums import InvitationState, VisitMove, VisitState
from exchanges.forms.proposals.answer import AnswerForm
from exchanges.forms.visits.visits import ReasonForm
from exchanges.models import DateOption, Invitation, StudyVisit
from exchanges.operations.proposals import asking, invitations
from exchanges.operations.visits import visits
from exchanges.permissions import can_edit_proposal, require
from exchanges.queries.people.contacts import contacts_asked
from exchanges.queries.proposals.answers import answers_of, still_to_ask, with_answers
from exchanges.queries.proposals.recipients import contacts_in
from exchanges.views.active import signed_in
from exchanges.views.refusals import moved_on, refusal_as_message, refusal_on_form, sent_data
from exchanges.words.formats import day_range, listed, organisation_name


@require_http_methods(["GET", "HEAD", "POST"])
def visit_pick_date(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Says once what will happen and who is told; POST agrees on the days.

    It asks for a reason when somebody who accepted has not answered them.
    """
    visit = _own(request, reference)
    option = get_object_or_404(visit.date_options, pk=pk)
    if visit.state != VisitState.PROPOSED:
        return _moved_on(request, visit)
    answers = answers_of(visit, request.user, clock.now())
    column = next(each for each in answers.columns if each.option.pk == option.pk)
    asks_why = column.is_pickable and bool(column.missing)
    form = ReasonForm(sent_data(request)) if asks_why else Form(sent_data(request))
    if form.is_valid():
        return _picked(request, visit, option, form.cleaned_data.get("reason", ""))
    context = {
        "visit": visit,
        "option": option,
        "column": column,
        "form": form,
        "missing": answers.missing,
        "lapsing": [
            each.invitation
            for each in answers.rows
            if each.invitation.state == InvitationState.OPEN
        ],
    }
    return render(request, "exchanges/proposals/visit_pick_date.html", context)


def _picked(
    request: HttpRequest, visit: StudyVisit, option: DateOption, reason: str
) -> HttpResponse:
    days = day_range(option.start_date, option.end_date)
    words = _("The visit takes place on %(days)s, once the office has confirmed it.")
    with refusal_as_message(request):
        by, at = signed_in(request), clock.now()
        visits.pick_date(visit=visit, option=option, by=by, at=at, reason=reason)
        messages.success(request, words % {"days": days})
    return redirect("exchanges:visit-detail", visit.reference)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_answer_dates(request: HttpRequest, reference: str) -> HttpResponse:
    """The proposer's own answer to the dates, also to those that others offered."""
    visit = _own(request, reference)
    if visit.state != VisitState.PROPOSED:
        return _moved_on(request, visit)
    own = next(each for each in visit.invitations.all() if each.is_proposer)
    own.visit = visit
    by, at = signed_in(request), clock.now()
    form = AnswerForm(sent_data(request), invitation=own, at=at)
    del form.fields["word"]  # a word to the proposer, who this is
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with refusal_on_form(form):
            invitations.accept(
                invitation=own, by=by, at=at, answers=form.answers, revision=revision
            )
            messages.success(request, _("Your answer is saved."))
            return redirect("exchanges:visit-detail", reference)
    context = {"visit": visit, "form": form}
    return render(request, "exchanges/proposals/visit_answer_dates.html", context)


@require_POST
def visit_ask_for_answers(request: HttpRequest, reference: str) -> HttpResponse:
    visit = _own(request, reference)
    with refusal_as_message(request):
        asked = asking.ask_for_answers(visit=visit, by=signed_in(request), at=clock.now())
        if asked:
            names = {"names": listed(organisation_name(each.organisation) for each in asked)}
            messages.success(request, _("Asked again by mail: %(names)s.") % names)
        else:
            messages.info(request, _("No answer is missing."))
    return redirect("exchanges:visit-detail", reference)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    visit = _own(request, reference)
    try:
        find_move(VisitMove.WITHDRAW, VisitState(visit.state))
    except MoveNotPossible:
        return _moved_on(request, visit)
    form = ReasonForm(sent_data(request))
    if form.is_valid():
        with refusal_on_form(form):
            reason = form.cleaned_data["reason"]
            visits.withdraw(visit=visit, by=signed_in(request), at=clock.now(), reason=reason)
            messages.success(request, _("The visit is withdrawn; all who were asked are told."))
            return redirect("exchanges:visit-detail", reference)
    context = {"visit": visit, "form": form, "recipients": contacts_asked(visit).count()}
    return render(request, "exchanges/proposals/visit_withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_add(request: HttpRequest, reference: str) -> HttpResponse:
    visit = _own(request, reference)
    if visit.state != VisitState.PROPOSED:
        return _moved_on(request, visit)
    found = {str(each.organisation.pk): each for each in still_to_ask(visit)}
    chosen = found.get(request.POST.get("organisation", ""))
    form = Form(sent_data(request))
    if form.is_valid() and chosen is not None:
        with refusal_on_form(form):
            organisation = chosen.organisation
            by, at = signed_in(request), clock.now()
            asking.add(visit=visit, organisation=organisation, by=by, at=at)
            name = organisation_name(organisation)
            messages.success(request, _("%(name)s is invited.") % {"name": name})
            return redirect("exchanges:visit-detail", reference)
    elif form.is_valid():
        form.add_error(None, _("Choose an organisation."))
    context = {
        "visit": visit,
        "candidates": list(found.values()),
        "form": form,
        "chosen": chosen,
    }
    return render(request, "exchanges/proposals/invitation_add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_withdraw(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    invitation = _invitation(request, reference, pk)
    name = {"name": organisation_name(invitation.organisation)}
    if request.method == "POST":
        with refusal_as_message(request):
            asking.withdraw(invitation=invitation, by=signed_in(request), at=clock.now())
            messages.success(request, _("The invitation of %(name)s is taken back.") % name)
        return redirect("exchanges:visit-detail", reference)
    recipients = contacts_in([invitation.organisation_id])
    context = {"visit": invitation.visit, "invitation": invitation, "recipients": recipients}
    return render(request, "exchanges/proposals/invitation_withdraw.html", context)


@require_POST
def invitation_send_again(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    invitation = _invitation(request, reference, pk)
    name = {"name": organisation_name(invitation.organisation)}
    done = _("A new mail goes to %(name)s. The links sent before stopped working.") % name
    with refusal_as_message(request):
        asking.send_again(invitation=invitation, by=signed_in(request), at=clock.now())
        messages.success(request, done)
    return redirect("exchanges:visit-detail", reference)


@require_POST
def invitation_revoke(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    invitation = _invitation(request, reference, pk)
    name = {"name": organisation_name(invitation.organisation)}
    with refusal_as_message(request):
        asking.revoke_links(invitation=invitation, by=signed_in(request), at=clock.now())
        messages.success(request, _("The links sent to %(name)s stopped working.") % name)
    return redirect("exchanges:visit-detail", reference)


def _own(request: HttpRequest, reference: str) -> StudyVisit:
    """A stranger gets 404, who may see but not edit 403."""
    visits = with_answers(StudyVisit.objects.visible_to(request.user))
    visit = get_object_or_404(visits, reference=reference)
    require(can_edit_proposal(request.user, visit))
    return visit


def _invitation(request: HttpRequest, reference: str, pk: int) -> Invitation:
    visit = _own(request, reference)
    found = visit.invitations.select_related("visit", "organisation__city")
    return get_object_or_404(found, pk=pk, is_proposer=False)


def _moved_on(request: HttpRequest, visit: StudyVisit) -> HttpResponse:
    messages.error(request, moved_on(VisitState(visit.state)))
    return redirect("exchanges:visit-detail", visit.reference)
