"""A proposal from its start to the moment when the invitations go out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exchanges import clock
from exchanges.domain.visit_states import MoveNotPossible
from exchanges.enums import Side, VisitState
from exchanges.forms.proposals import StartForm
from exchanges.mail.preview import preview_invitation
from exchanges.models import City, Organisation, Practice, Programme, StudyVisit, Topic
from exchanges.operations import proposals as operations
from exchanges.operations.editing import GoneMeanwhile
from exchanges.operations.refusals import Refusal
from exchanges.permissions import can_edit_proposal, can_propose_visit, require
from exchanges.queries.letters import Recipient, recipients_of
from exchanges.queries.matches import matches_for, teams_of
from exchanges.queries.proposals import Step, proposals, steps_missing
from exchanges.queries.summary import STEP_TITLES, said_in, summary_of
from exchanges.queries.visits import programme_for_planning
from exchanges.views.active import active_organisation, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def visit_propose(request: HttpRequest) -> HttpResponse:
    """Who proposes: a contact of a partner, for one of its cities, as guest or as host."""
    programme, organisation = programme_for_planning(clock.now()), active_organisation(request)
    if programme is None or organisation is None:
        reason = "closed" if programme is None else "nowhere"
        return _not_possible(request, reason, programme, organisation)
    if not can_propose_visit(request.user, organisation, programme):
        is_partner = programme.partners.filter(organisation=organisation).exists()
        reason = "member" if is_partner else "stranger"
        return _not_possible(request, reason, programme, organisation)
    cities = list(organisation.active_in.all()) or [organisation.city]
    posted = request.POST if request.method == "POST" else None
    form = StartForm(posted, cities=cities, side=Side.GUEST)
    topics, host = _wanted(request, programme)
    if posted is not None and form.is_valid():
        city = form.cleaned_data.get("city") or cities[0]
        visit = operations.start(
            programme=programme,
            organisation=organisation,
            city=city,
            side=Side(form.cleaned_data["side"]),
            topics=topics,
            host=_if_possible(programme, city, host, topics),
            by=signed_in(request),
            at=clock.now(),
        )
        return redirect("exchanges:proposal", visit.reference)
    context = {
        "form": form, "programme": programme, "organisation": organisation,
        "city": cities[0], "topics": topics, "host": host,
    }  # fmt: skip
    return render(request, "exchanges/proposals/start.html", context)


@require_safe
def proposal(request: HttpRequest, reference: str) -> HttpResponse:
    """The task list."""
    visit = editable(request, reference)
    if visit.state != VisitState.DRAFT:
        return redirect("exchanges:visit-detail", reference)
    missing = steps_missing(visit, clock.now())
    context = {
        "visit": visit,
        "tasks": [
            {
                "step": step,
                "title": STEP_TITLES[step],
                "is_done": step not in missing,
                "said": said_in(visit, step),
                "must_wait": step == Step.INVITED and Step.CITIES in missing,
            }
            for step in Step
        ],
        "missing": missing,
        "done": len(Step) - len(missing),
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
    missing = steps_missing(visit, clock.now())
    recipients = recipients_of(visit)
    context = {
        "visit": visit,
        "errors": errors,
        "summary": summary_of(visit),
        "missing": [(step, STEP_TITLES[step]) for step in missing],
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


def _not_possible(
    request: HttpRequest,
    reason: str,
    programme: Programme | None,
    organisation: Organisation | None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "reason": reason, "programme": programme, "organisation": organisation,
    }  # fmt: skip
    if programme is None:
        context["last"] = Programme.objects.order_by("-end_date").first()
    status = 200 if reason == "closed" else 403
    return render(request, "exchanges/proposals/not_possible.html", context, status=status)


def _wanted(request: HttpRequest, programme: Programme) -> tuple[list[Topic], City | None]:
    """The topics and the host that a link such as ?practice=… or ?host=…&topic=… stands for."""
    query = {name: str(value).replace("\0", "") for name, value in request.GET.items()}
    slugs = [slug.replace("\0", "") for slug in request.GET.getlist("topic")]
    partners = programme.partners.values("organisation")
    cities = City.objects.filter(organisations__in=partners)
    practice = Practice.objects.filter(slug=query.get("practice", "")).first()
    if practice is not None:
        owners = practice.organisations.all()
        return list(practice.topics.all()), cities.filter(organisations__in=owners).first()
    topics = Topic.objects.filter(slug__in=slugs)
    return list(topics), cities.filter(slug=query.get("host", "")).first()


def _if_possible(
    programme: Programme, city: City, host: City | None, topics: list[Topic]
) -> City | None:
    """A city that is ruled out is not filled in; the step about cities says why."""
    if host is None:
        return None
    teams = teams_of(programme)
    found = matches_for(programme, city, Side.GUEST, chosen=topics, teams=teams)
    return host if any(match.city == host for match in found.possible) else None


def _preview(visit: StudyVisit, recipients: list[Recipient]) -> Any:
    """The mail to the first who gets one."""
    if not recipients:
        return None
    first = recipients[0]
    return {"mail": preview_invitation(first.invitation, first.person), "to": first}


def _revision(request: HttpRequest) -> int | None:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
