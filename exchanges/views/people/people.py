"""The people of an organisation: their roles, and invitations to join."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchanges import clock
from exchanges.enums import MembershipRole
from exchanges.forms.people import InviteForm, RolesForm
from exchanges.models import AccountInvitation, Organisation, User
from exchanges.operations.people import invitations, people
from exchanges.permissions import (
    can_edit_organisation,
    can_invite_person,
    is_contact,
    require,
)
from exchanges.queries.people.people import (
    Member,
    members_of,
    open_invitations_of,
    organisations_whose_people_are_shown_to,
)
from exchanges.queries.people.recoveries import restricted_until
from exchanges.queries.people.role_changes import changes_to_object_to
from exchanges.queries.people.signatories import known_signatories_of, open_proposals_of
from exchanges.views.active import active_organisation, signed_in
from exchanges.views.refusals import refusal_as_message, refusal_on_form, sent_data


@require_safe
def own_people(request: HttpRequest) -> HttpResponse:
    organisation = active_organisation(request)
    if organisation is None:
        raise Http404
    return redirect("exchanges:organisation-people", organisation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who belongs here and who is invited; invite one more."""
    user, organisation = signed_in(request), load_organisation(request, slug)
    form = InviteForm(sent_data(request))
    require(request.method != "POST" or can_invite_person(user, organisation))
    if form.is_valid():
        with refusal_on_form(form):
            _invite(user, organisation, form)
            sentence = _("An invitation goes to %(email)s.")
            messages.success(request, sentence % {"email": form.cleaned_data["email"]})
            return redirect("exchanges:organisation-people", slug)
    can_edit = can_edit_organisation(user, organisation)
    members = members_of(organisation)
    own_roles = next((each.roles for each in members if each.person == user), [])
    at = clock.now()
    context = {
        "organisation": organisation,
        "members": members,
        "invitations": open_invitations_of(organisation) if can_edit else [],
        "proposals": open_proposals_of(organisation),
        "known": known_signatories_of(organisation) if MembershipRole.CONTACT in own_roles else [],
        "can_propose": MembershipRole.CONTACT in own_roles,
        "is_member": bool(own_roles),
        "restricted_until": restricted_until(user, organisation, at) if own_roles else None,
        "changes": changes_to_object_to(user, organisation, at) if own_roles else [],
        "can_edit": can_edit,
        "form": form,
        "now": at,
    }
    return render(request, "exchanges/people/organisation_people.html", context)


@require_POST
def account_invitation_resend(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    invitation = _invitation(request, slug, pk)
    person = signed_in(request)
    sentence = _("A new invitation goes to %(email)s. The link before stopped working.")
    with refusal_as_message(request):
        invitations.resend(invitation=invitation, by=person, at=clock.now())
        messages.success(request, sentence % {"email": invitation.email})
    return redirect("exchanges:organisation-people", slug)


@require_POST
def account_invitation_revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    invitation = _invitation(request, slug, pk)
    person = signed_in(request)
    sentence = _("The invitation to %(email)s is taken back.")
    with refusal_as_message(request):
        invitations.revoke(invitation=invitation, by=person, at=clock.now())
        messages.success(request, sentence % {"email": invitation.email})
    return redirect("exchanges:organisation-people", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def person_roles(request: HttpRequest, slug: str, person: int) -> HttpResponse:
    organisation, member = load_member(request, slug, person)
    initial = {"roles": member.roles, "function": member.function}
    form = RolesForm(sent_data(request), initial=initial)
    if form.is_valid():
        with refusal_on_form(form):
            people.set_roles(
                person=member.person,
                organisation=organisation,
                roles=[MembershipRole(role) for role in form.cleaned_data["roles"]],
                function=form.cleaned_data["function"],
                by=signed_in(request),
                at=clock.now(),
            )
            messages.success(request, _("Saved: %(person)s.") % {"person": member.person})
            return redirect("exchanges:organisation-people", slug)
    context = {
        "organisation": organisation,
        "member": member,
        "form": form,
        "can_propose": is_contact(signed_in(request), organisation),
        "is_signatory": MembershipRole.SIGNATORY in member.roles,
    }
    return render(request, "exchanges/people/person_roles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_end(request: HttpRequest, slug: str, person: int) -> HttpResponse:
    """Says what will happen, and ends the membership when that is confirmed."""
    organisation, member = load_member(request, slug, person)
    form = Form(sent_data(request))
    if form.is_valid():
        with refusal_on_form(form):
            people.end_membership(
                person=member.person,
                organisation=organisation,
                by=signed_in(request),
                at=clock.now(),
            )
            sentence = _("%(person)s does not belong to %(organisation)s any more.")
            words = {"person": member.person, "organisation": organisation}
            messages.success(request, sentence % words)
            if member.person == request.user:
                return redirect("exchanges:account")
            return redirect("exchanges:organisation-people", slug)
    context = {"organisation": organisation, "member": member, "form": form}
    return render(request, "exchanges/people/person_end.html", context)


def _invite(user: User, organisation: Organisation, form: InviteForm) -> None:
    invitations.invite(
        organisation=organisation,
        email=form.cleaned_data["email"],
        role=MembershipRole(form.cleaned_data["role"]),
        by=user,
        at=clock.now(),
    )


def load_organisation(request: HttpRequest, slug: str) -> Organisation:
    shown = organisations_whose_people_are_shown_to(signed_in(request))
    return get_object_or_404(shown.select_related("city"), slug=slug)


def _invitation(request: HttpRequest, slug: str, pk: int) -> AccountInvitation:
    organisation = load_organisation(request, slug)
    require(can_invite_person(signed_in(request), organisation))
    return get_object_or_404(organisation.account_invitations, pk=pk)


def load_member(request: HttpRequest, slug: str, person: int) -> tuple[Organisation, Member]:
    organisation = load_organisation(request, slug)
    require(can_edit_organisation(signed_in(request), organisation))
    members = {member.person.pk: member for member in members_of(organisation)}
    if person not in members:
        raise Http404
    return organisation, members[person]
