"""The five steps of a proposal: each shows a form, saves it, and goes on to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from exchanges import clock
from exchanges.domain.visit_states import MoveNotPossible
from exchanges.enums import Side, VisitState
from exchanges.forms.proposals.days import DatesForm
from exchanges.forms.proposals.steps import (
    CitiesForm,
    DetailsForm,
    InvitedForm,
    LearnForm,
)
from exchanges.models import StudyVisit
from exchanges.operations.editing import EditedMeanwhile
from exchanges.operations.proposals import proposals as operations
from exchanges.operations.refusals import Refusal
from exchanges.queries.matching.data import load_matching_data
from exchanges.queries.proposals.proposals import (
    candidates,
    lacks_cities,
    lacks_dates,
    lacks_details,
    lacks_learning,
    lacks_reachable,
)
from exchanges.queries.proposals.steps import Step, proposal_steps
from exchanges.queries.proposals.weeks import common_days
from exchanges.views.active import signed_in
from exchanges.views.matching.suggestions import suggestions
from exchanges.views.proposals.proposals import editable
from exchanges.words.matching.matches import matches_for
from exchanges.words.proposals import (
    ProposalStep,
    cities_lines,
    dates_lines,
    details_lines,
    invited_lines,
    learn_lines,
)

ADD_ROW, LATER = "add", "later"
TEMPLATES = "exchanges/proposals/step"


@dataclass(frozen=True, slots=True)
class Page:
    """A step's form with what its template shows beside it, and the keywords that it saves."""

    form: forms.Form
    context: dict[str, Any]
    save: Callable[..., StudyVisit]
    values: Callable[[], dict[str, Any]]


@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_step(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Save and go on, save and come back later, or, for dates, one row more."""
    steps, at = dict(proposal_steps.items()), clock.now()
    if step not in steps:
        raise Http404
    visit = editable(request, reference)
    if visit.state != VisitState.DRAFT:
        return redirect("exchanges:visit-detail", reference)
    if request.method != "POST":
        return _show(request, visit, step, steps[step].page(visit, at, None, LATER))
    then = request.POST.get("then", "")
    if step == ProposalStep.DATES and then == ADD_ROW:
        return _one_row_more(request, visit, at)
    page = steps[step].page(visit, at, request.POST, then)
    if not page.form.is_valid():
        return _show(request, visit, step, page)
    try:
        page.save(
            visit=visit,
            by=signed_in(request),
            at=at,
            revision=page.form.cleaned_data["revision"],
            **page.values(),
        )
    except MoveNotPossible:
        return redirect("exchanges:visit-detail", reference)
    except EditedMeanwhile as refusal:
        return _edited(request, reference, step, refusal)
    except Refusal as refusal:
        page.form.add_error(None, str(refusal))
        return _show(request, visit, step, page)
    return _onward(reference, step, then)


def _onward(reference: str, step: str, then: str) -> HttpResponse:
    steps = [name for name, _step in proposal_steps.items()]
    index = steps.index(step) + 1
    if then == LATER:
        return redirect("exchanges:proposal", reference)
    if index == len(steps):
        return redirect("exchanges:proposal-check", reference)
    return redirect("exchanges:proposal-step", reference, steps[index])


def _edited(
    request: HttpRequest, reference: str, step: str, refusal: EditedMeanwhile
) -> HttpResponse:
    """What was typed stays, with what is saved now. The same twice counts as saved."""
    visit, then = editable(request, reference), request.POST.get("then", "")
    data = request.POST.copy()
    data["revision"] = str(refusal.current)
    found = dict(proposal_steps.items())[step]
    page = found.page(visit, clock.now(), data, then)
    if not page.form.has_changed():
        return _onward(reference, step, then)
    page.form.add_error(None, str(refusal))
    page.context["saved_now"] = found.lines(visit)
    return _show(request, visit, step, page, status=409)


def _one_row_more(request: HttpRequest, visit: StudyVisit, at: datetime) -> HttpResponse:
    """The same page with one more row for a date; nothing is checked or saved."""
    typed: dict[str, Any] = {name: str(value) for name, value in request.POST.items()}
    typed["weeks"] = request.POST.getlist("weeks")
    rows = typed.get("rows", "")
    is_number = rows.isascii() and rows.isdigit() and len(rows) < 3
    typed["rows"] = str(int(rows) + 1) if is_number else ""
    days = common_days(visit, at)
    form = DatesForm(None, visit=visit, today=at.date(), days=days, typed=typed)
    page = Page(form, {"grown": True}, operations.save_dates, dict)
    return _show(request, visit, ProposalStep.DATES, page)


def _show(
    request: HttpRequest, visit: StudyVisit, step: str, page: Page, *, status: int = 200
) -> HttpResponse:
    steps = dict(proposal_steps.items())
    context = {
        "visit": visit,
        "form": page.form,
        "step": step,
        "title": steps[step].title,
        "number": list(steps).index(step) + 1,
        "count": len(steps),
        **page.context,
    }
    template = steps[step].template
    if step == ProposalStep.DATES and request.headers.get("HX-Request"):
        template += "#rows"
    return render(request, template, context, status=status)


Data = Mapping[str, Any] | None


def _learn(visit: StudyVisit, at: datetime, data: Data, then: str) -> Page:
    form = LearnForm(data, visit=visit)
    return Page(form, {}, operations.save_learning, lambda: _without_revision(form))


def _cities(visit: StudyVisit, at: datetime, data: Data, then: str) -> Page:
    own = next(each for each in visit.invitations.all() if each.is_proposer)
    side, matching = Side(own.side), load_matching_data(visit.programme, at)
    topics = [topic.slug for topic in visit.topics.all()]
    matches = matches_for(matching, own.city, side, topics=topics)
    form = CitiesForm(
        data, visit=visit, own=own.city, side=side, teams=matching.teams, matches=matches
    )
    chosen = form["host"].value() if side == Side.GUEST else form["guests"].value()
    context = {
        "matches": matches,
        **suggestions(matches, matching, own.city, side, topics),
        "own": own.city,
        "is_guest": side == Side.GUEST,
        "topics": [str(topic) for topic in visit.topics.all()],
        "chosen": [chosen] if isinstance(chosen, str) else chosen or [],
    }
    return Page(form, context, operations.save_cities, lambda: form.chosen)


def _dates(visit: StudyVisit, at: datetime, data: Data, then: str) -> Page:
    form = DatesForm(data, visit=visit, today=at.date(), days=common_days(visit, at))
    return Page(form, {}, operations.save_dates, lambda: {"ranges": form.ranges})


def _invited(visit: StudyVisit, at: datetime, data: Data, then: str) -> Page:
    form = InvitedForm(data, visit=visit, found=candidates(visit), must_suffice=then != LATER)
    chosen = form["organisations"].value() or []
    context = {"own": form.own, "candidates": form.others, "chosen": chosen}

    def values() -> dict[str, Any]:
        keys = form.cleaned_data["organisations"]
        return {"organisations": [form.reachable[key].organisation for key in keys]}

    return Page(form, context, operations.save_invited, values)


def _details(visit: StudyVisit, at: datetime, data: Data, then: str) -> Page:
    form = DetailsForm(data, visit=visit, today=at.date())
    return Page(form, {}, operations.save_details, lambda: _without_revision(form))


def _without_revision(form: forms.Form) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "revision"}


CORE_STEPS = {
    ProposalStep.LEARN: Step(
        gettext_lazy("What to learn"),
        learn_lines,
        lacks_learning,
        _learn,
        f"{TEMPLATES}_learn.html",
    ),
    ProposalStep.CITIES: Step(
        gettext_lazy("With whom"), cities_lines, lacks_cities, _cities, f"{TEMPLATES}_cities.html"
    ),
    ProposalStep.DATES: Step(
        gettext_lazy("When"), dates_lines, lacks_dates, _dates, f"{TEMPLATES}_dates.html"
    ),
    ProposalStep.INVITED: Step(
        gettext_lazy("Who is invited"),
        invited_lines,
        lacks_reachable,
        _invited,
        f"{TEMPLATES}_invited.html",
    ),
    ProposalStep.DETAILS: Step(
        gettext_lazy("Group, languages, answer by"),
        details_lines,
        lacks_details,
        _details,
        f"{TEMPLATES}_details.html",
    ),
}
