"""What the home office decides for organisations that it brought in: signatories and roles."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchanges import clock
from exchanges.enums import RoleChangeState
from exchanges.forms.signatories import ConfirmSignatoriesForm, DecisionForm, RoleReasonForm
from exchanges.models import Organisation
from exchanges.operations.people import role_objections, signatories, signatory_removal
from exchanges.operations.refusals import Refusal
from exchanges.permissions import is_contact, require
from exchanges.queries.network.brought_in import organisations_brought_in
from exchanges.queries.people.role_changes import changes_to_decide
from exchanges.queries.people.signatories import lines_for, open_proposals
from exchanges.views.active import signed_in
from exchanges.views.people.proof import second_factor_of, where_to_prove
from exchanges.views.programmes.loading import managed_programme
from exchanges.views.refusals import refusal_on_form, sent_data
from exchanges.words.people import obstacle_sentence, roles_given, roles_taken


@require_safe
def programme_home_office(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead from the menu of a programme to the page of its coordinator."""
    return redirect(
        "exchanges:home-office", managed_programme(signed_in(request), slug).coordinator.slug
    )


@require_safe
def home_office(request: HttpRequest, slug: str) -> HttpResponse:
    office, person, at = _office(request, slug), signed_in(request), clock.now()
    lines, proof = lines_for(office, person, at), second_factor_of(request, at=at)
    changes = changes_to_decide(office)
    own_page = reverse("exchanges:home-office", args=[slug])
    context = {
        "office": office,
        "lines": [(line, line.obstacle and obstacle_sentence(line.obstacle)) for line in lines],
        "changes": [(change, roles_given(change), roles_taken(change)) for change in changes],
        "brought_in": organisations_brought_in(office),
        "can_confirm": any(line.obstacle is None for line in lines),
        "is_proven": proof is not None and proof.holds(person.pk, at=at),
        "where_to_prove": where_to_prove(request, own_page),
    }
    return render(request, "exchanges/people/home_office.html", context)


@require_POST
def home_office_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm several at once. Each that cannot be confirmed is named with its reason."""
    office, at = _office(request, slug), clock.now()
    proposals = list(open_proposals().filter(organisation__home_office=office))
    form = ConfirmSignatoriesForm(request.POST, proposals=proposals)
    if not form.is_valid():
        messages.error(request, _("Choose at least one person."))
        return redirect("exchanges:home-office", slug)
    person, proof = signed_in(request), second_factor_of(request, at=at)
    for proposal in form.chosen():
        try:
            signatories.confirm(proposal=proposal, proof=proof, by=person, at=at)
            messages.success(request, _("Confirmed: %(person)s.") % {"person": proposal.name})
        except Refusal as refusal:
            messages.error(request, f"{proposal.name}: {refusal}")
    return redirect("exchanges:home-office", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def signatory_refuse(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    office = _office(request, slug)
    others = open_proposals().filter(organisation__home_office=office)
    proposal = get_object_or_404(others.exclude(organisation=office), pk=pk)
    form = RoleReasonForm(sent_data(request))
    if form.is_valid():
        with refusal_on_form(form):
            reason = form.cleaned_data["reason"]
            by = signed_in(request)
            signatories.refuse(proposal=proposal, reason=reason, by=by, at=clock.now())
            messages.success(request, _("Refused: %(person)s.") % {"person": proposal.name})
            return redirect("exchanges:home-office", slug)
    context = {"office": office, "proposal": proposal, "form": form}
    return render(request, "exchanges/people/signatory_refuse.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def roles_decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Decide about an objection, or about the removal of a last signatory."""
    office = _office(request, slug)
    waiting = changes_to_decide(office).exclude(organisation=office)
    change = get_object_or_404(waiting, pk=pk)
    is_objection = change.state == RoleChangeState.OBJECTED
    form = _decision_form(request, is_objection=is_objection)
    if form.is_valid():
        about = {"reason": form.cleaned_data["reason"], "by": signed_in(request)}
        with refusal_on_form(form):
            if is_objection:
                role_objections.decide(
                    change=change, is_upheld=form.is_yes, at=clock.now(), **about
                )
            else:
                signatory_removal.decide_removal(
                    change=change, is_confirmed=form.is_yes, at=clock.now(), **about
                )
            messages.success(request, _("Decided. All concerned get a mail."))
            return redirect("exchanges:home-office", slug)
    context = {
        "office": office,
        "change": change,
        "given": roles_given(change),
        "taken": roles_taken(change),
        "form": form,
    }
    return render(request, "exchanges/people/roles_decide.html", context)


def load_brought_in(
    request: HttpRequest, slug: str, organisation: str
) -> tuple[Organisation, Organisation]:
    """Load a home office, for its contacts, and an organisation that it brought in."""
    office = _office(request, slug)
    others = office.brought_in.exclude(pk=office.pk).select_related("city")
    return office, get_object_or_404(others, slug=organisation)


def _decision_form(request: HttpRequest, *, is_objection: bool) -> DecisionForm:
    if is_objection:
        return DecisionForm(sent_data(request), yes=_("Undo the change"), no=_("Leave it as it is"))
    return DecisionForm(sent_data(request), yes=_("End the role"), no=_("Leave it as it is"))


def _office(request: HttpRequest, slug: str) -> Organisation:
    """Load a home office for its contacts; only its own people see that there is such a page."""
    is_home = Q(brought_in__isnull=False) | Q(coordinated_programmes__isnull=False)
    own = Organisation.objects.filter(memberships__user=signed_in(request).pk)
    office = get_object_or_404(own.filter(is_home).distinct(), slug=slug)
    require(is_contact(request.user, office))
    return office
