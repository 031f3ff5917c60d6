"""Who signs for an organisation: proposing, withdrawing, objecting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exchanges import clock
from exchanges.enums import RoleChangeState
from exchanges.exports.pdf.typeface import MissingGlyph, require_glyphs
from exchanges.forms.signatories import ProposeSignatoryForm, RoleReasonForm
from exchanges.links import PURPOSE_SIGNATORY
from exchanges.models import SignatoryProposal, User
from exchanges.operations.people import signatories, signatory_removal
from exchanges.operations.programmes import known_signatories
from exchanges.permissions import is_contact, is_member, require
from exchanges.queries.people.people import members_of
from exchanges.queries.people.signatories import can_object_to_proposal, open_proposals_of
from exchanges.views.active import signed_in
from exchanges.views.people.links import holder_of
from exchanges.views.people.people import load_member, load_organisation
from exchanges.views.private_link import private_link
from exchanges.views.refusals import refusal_as_message, refusal_on_form, sent_data


@require_http_methods(["GET", "HEAD", "POST"])
def signatory_propose(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = load_organisation(request, slug)
    require(is_contact(request.user, organisation))
    people = [each.person for each in members_of(organisation) if each.person.is_active]
    initial = {"person": request.GET.get("person")}
    form = ProposeSignatoryForm(sent_data(request), people=people, initial=initial)
    if form.is_valid() and _can_be_printed(form):
        with refusal_on_form(form):
            signatories.propose(
                organisation=organisation,
                person=form.chosen(),
                name=form.printed_name(),
                function=form.cleaned_data["function"],
                by=signed_in(request),
                at=clock.now(),
            )
            sentence = _("%(person)s is proposed. All contacts and signatories get a mail.")
            messages.success(request, sentence % {"person": form.printed_name()})
            return redirect("exchanges:organisation-people", slug)
    context = {"organisation": organisation, "form": form}
    return render(request, "exchanges/people/signatory_propose.html", context)


@require_POST
def signatory_known(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Propose the person of whom a programme's office knows, or drop him or her."""
    organisation, person = load_organisation(request, slug), signed_in(request)
    require(is_contact(person, organisation))
    asked = get_object_or_404(organisation.partnership_invitations, pk=pk)
    name, address = asked.signatory_name, asked.signatory_email
    with refusal_as_message(request), unprintable_as_message(request):
        if "drop" in request.POST:
            known_signatories.drop(asked=asked, by=person)
            messages.success(request, _("Dropped. You can propose anybody else."))
            return redirect("exchanges:organisation-people", slug)
        require_glyphs(f"{name} {asked.signatory_function}")
        if known_signatories.propose(asked=asked, by=person, at=clock.now()):
            sentence = _("%(person)s is proposed. All contacts and signatories get a mail.")
            messages.success(request, sentence % {"person": name})
        else:
            sentence = _(
                "An invitation goes to %(email)s. When %(person)s has joined, propose again."
            )
            messages.success(request, sentence % {"email": address, "person": name})
    return redirect("exchanges:organisation-people", slug)


@require_POST
def signatory_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = load_organisation(request, slug)
    require(is_contact(request.user, organisation))
    proposal = get_object_or_404(open_proposals_of(organisation), pk=pk)
    with refusal_as_message(request):
        signatories.withdraw(proposal=proposal, by=signed_in(request), at=clock.now())
        sentence = _("The proposal of %(person)s is withdrawn.")
        messages.success(request, sentence % {"person": proposal.name})
    return redirect("exchanges:organisation-people", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def signatory_objection(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Object when signed in."""
    organisation = load_organisation(request, slug)
    require(is_member(request.user, organisation))
    proposal = get_object_or_404(open_proposals_of(organisation), pk=pk)
    return _object(request, proposal, signed_in(request))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def signatory_object(request: HttpRequest, token: str) -> HttpResponse:
    """Object by the link in the mail. GET shows the proposal; POST objects."""
    pk, person = holder_of(PURPOSE_SIGNATORY, token)
    rows = SignatoryProposal.objects.select_related("organisation__city", "proposed_by")
    return _object(request, get_object_or_404(rows, pk=pk), person)


@require_http_methods(["GET", "HEAD", "POST"])
def signatory_end(request: HttpRequest, slug: str, person: int) -> HttpResponse:
    """End the role, or ask the home office to end that of the last signatory."""
    organisation, member = load_member(request, slug, person)
    require(is_contact(request.user, organisation))
    form = RoleReasonForm(sent_data(request))
    if form.is_valid():
        with refusal_on_form(form):
            change = signatory_removal.end_signatory(
                person=member.person,
                organisation=organisation,
                reason=form.cleaned_data["reason"],
                by=signed_in(request),
                at=clock.now(),
            )
            is_asked = change.state == RoleChangeState.ASKED
            messages.success(
                request, _("The home office is asked.") if is_asked else _("The role has ended.")
            )
            return redirect("exchanges:organisation-people", slug)
    context = {"organisation": organisation, "member": member, "form": form}
    return render(request, "exchanges/people/signatory_end.html", context)


def _object(request: HttpRequest, proposal: SignatoryProposal, person: User) -> HttpResponse:
    form = Form(sent_data(request))
    if form.is_valid():
        with refusal_on_form(form):
            signatories.object_to(proposal=proposal, by=person, at=clock.now())
            return redirect(request.path)
    context = {
        "proposal": proposal,
        "organisation": proposal.organisation,
        "can_object": can_object_to_proposal(person, proposal),
        "is_done": proposal.objected_by_id == person.pk,
        "form": form,
    }
    return render(request, "exchanges/people/signatory_object.html", context)


@contextmanager
def unprintable_as_message(request: HttpRequest) -> Iterator[None]:
    """Say which letter no agreement can print, on the next page."""
    try:
        yield
    except MissingGlyph as missing:
        messages.error(request, str(missing))


def _can_be_printed(form: ProposeSignatoryForm) -> bool:
    texts = {"name": form.printed_name(), "function": form.cleaned_data["function"]}
    for field, text in texts.items():
        try:
            require_glyphs(text)
        except MissingGlyph as missing:
            form.add_error(field, str(missing))
    return form.is_valid()
