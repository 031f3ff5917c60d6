"""A proposal from its first step to the moment when the invitations go out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exchanges import clock
from exchanges.domain.visit_states import MoveNotPossible
from exchanges.enums import VisitState
from exchanges.mail.preview import MailPreview, preview_invitation
from exchanges.models import StudyVisit
from exchanges.operations.editing import GoneMeanwhile
from exchanges.operations.proposals import proposals as operations
from exchanges.operations.refusals import Refusal
from exchanges.permissions import can_edit_proposal, require
from exchanges.queries.proposals.proposals import proposals
from exchanges.queries.proposals.recipients import Recipient, recipients_of
from exchanges.queries.proposals.steps import steps_missing, summary_of
from exchanges.views.active import signed_in
from exchanges.words.proposals import ProposalStep, in_one_line


@require_safe
def proposal(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the task list of a draft."""
    visit = editable(request, reference)
    if visit.state != VisitState.DRAFT:
        return redirect("exchanges:visit-detail", reference)
    missing, summary = steps_missing(visit, clock.now()), summary_of(visit)
    context = {
        "visit": visit,
        "tasks": [
            {
                "step": name,
                "title": title,
                "is_done": name not in missing,
                "said": in_one_line(lines),
                "must_wait": name == ProposalStep.INVITED and ProposalStep.CITIES in missing,
            }
            for name, title, lines in summary
        ],
        "missing": missing,
        "done": len(summary) - len(missing),
    }
    return render(request, "exchanges/proposals/task_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_check(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything once more, who gets mail and what it says; POST sends."""
    visit = editable(request, reference)
    if visit.state != VisitState.DRAFT:
        return redirect("exchanges:proposal-sent", reference)
    errors: list[str] = []
    if request.method == "POST":
        try:
            operations.propose(
                visit=visit,
                by=signed_in(request),
                at=clock.now(),
                revision=_revision(request),
            )
        except MoveNotPossible:
            return redirect("exchanges:proposal-sent", reference)
        except Refusal as refusal:
            errors.append(str(refusal))
            visit = editable(request, reference)
        else:
            return redirect("exchanges:proposal-sent", reference)
    missing, summary = steps_missing(visit, clock.now()), summary_of(visit)
    recipients = recipients_of(visit)
    context = {
        "visit": visit,
        "errors": errors,
        "summary": summary,
        "missing": [(name, title) for name, title, _lines in summary if name in missing],
        "recipients": recipients,
        "preview": _preview(visit, recipients) if not missing else None,
    }
    status = 409 if errors else 200
    return render(request, "exchanges/proposals/check.html", context, status=status)


@require_safe
def proposal_sent(request: HttpRequest, reference: str) -> HttpResponse:
    visit = editable(request, reference)
    if visit.state == VisitState.DRAFT:
        return redirect("exchanges:proposal", reference)
    context = {"visit": visit, "recipients": recipients_of(visit)}
    return render(request, "exchanges/proposals/sent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_discard(request: HttpRequest, reference: str) -> HttpResponse:
    visit = editable(request, reference)
    if visit.state != VisitState.DRAFT:
        return redirect("exchanges:visit-detail", reference)
    if request.method == "POST":
        try:
            operations.discard(visit=visit, by=signed_in(request), at=clock.now())
        except MoveNotPossible:
            return redirect("exchanges:visit-detail", reference)
        except GoneMeanwhile:
            return redirect("home")
        messages.success(request, _("The draft %(reference)s is gone.") % {"reference": reference})
        return redirect("home")
    return render(request, "exchanges/proposals/discard.html", {"visit": visit})


def editable(request: HttpRequest, reference: str) -> StudyVisit:
    """A stranger gets 404, who may see but not edit 403."""
    visits = proposals(StudyVisit.objects.visible_to(request.user))
    visit = get_object_or_404(visits, reference=reference)
    require(can_edit_proposal(request.user, visit))
    return visit


def _preview(visit: StudyVisit, recipients: list[Recipient]) -> MailPreview | None:
    """The mail to the first who gets one."""
    if not recipients:
        return None
    first = recipients[0]
    return preview_invitation(first.invitation, first.person)


def _revision(request: HttpRequest) -> int | None:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
