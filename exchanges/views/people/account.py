"""A person's own account: opened by invitation, with a language and organisations to act for."""

from allauth.account.signals import user_logged_in
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from exchanges import clock
from exchanges.forms.people import AccountForm
from exchanges.models import AccountInvitation, User
from exchanges.operations.people import invitations, people
from exchanges.operations.people.invitations import AccountExists, InvitationOver
from exchanges.operations.people.role_changes import RolesAreFrozen
from exchanges.queries.people.people import account_with, has_address, invitation_by_token
from exchanges.views.active import SESSION_KEY, own_memberships, own_organisations, signed_in
from exchanges.views.private_link import private_link

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    initial = {"name": person.name, "language": person.language or get_language()}
    form = AccountForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        people.save_account(person=person, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("exchanges:account")
    context = {"form": form, "own_memberships": own_memberships(request)}
    return render(request, "exchanges/people/account.html", context)


@require_POST
def organisation_switch(request: HttpRequest) -> HttpResponse:
    """Act for another of the person's own organisations."""
    own = {str(organisation.pk): organisation for organisation in own_organisations(request)}
    chosen = own.get(request.POST.get("organisation", ""))
    if chosen is None:
        raise Http404
    request.session[SESSION_KEY] = chosen.pk
    messages.success(request, _("You act for %(organisation)s now.") % {"organisation": chosen})
    onward = request.POST.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(onward if is_safe else settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_POST
def language_set(request: HttpRequest) -> HttpResponseBase:
    """Keep the choice in this browser, and with the person when one is signed in."""
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        people.save_language(person=request.user, language=language)
    return set_language(request)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def account_join(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation's link. GET shows who invites to what; POST accepts."""
    found = invitation_by_token(token)
    if found is None:
        return render(request, "exchanges/people/account_join_over.html", status=404)
    invitation, generation = found
    try:
        invitations.raise_if_over(invitation, generation, clock.now())
        if isinstance(request.user, User):
            return _join_signed_in(request, invitation, generation)
        if account_with(invitation.email):
            return _page(request, invitation, "sign_in")
        return _open_account(request, invitation, generation)
    except InvitationOver as refusal:
        context = {"invitation": invitation, "reason": str(refusal)}
        return render(request, "exchanges/people/account_join_over.html", context, status=410)
    except RolesAreFrozen as refusal:
        context = {"invitation": invitation, "reason": str(refusal)}
        return render(request, "exchanges/people/account_join_over.html", context, status=409)


def _join_signed_in(
    request: HttpRequest, invitation: AccountInvitation, generation: int
) -> HttpResponse:
    person = signed_in(request)
    if not has_address(person, invitation.email):
        status = 200 if request.method in ("GET", "HEAD") else 403
        return _page(request, invitation, "other_person", status=status)
    if request.method != "POST":
        return _page(request, invitation, "confirm")
    invitations.join(invitation=invitation, generation=generation, by=person, at=clock.now())
    return _welcome(request, invitation)


def _open_account(
    request: HttpRequest, invitation: AccountInvitation, generation: int
) -> HttpResponse:
    initial = {"name": invitation.name, "language": get_language()}
    form = AccountForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _page(request, invitation, "open", form=form)
    try:
        person = invitations.open_account(
            invitation=invitation, generation=generation, at=clock.now(), **form.cleaned_data
        )
    except AccountExists:
        return _page(request, invitation, "sign_in")
    sign_in(request, person)
    return _welcome(request, invitation)


def sign_in(request: HttpRequest, person: User) -> None:
    """Sign a person in without asking for a proof. The signal lets allauth list the session."""
    login(request, person, backend=BACKEND)
    user_logged_in.send(sender=User, request=request, response=None, user=person)


def _welcome(request: HttpRequest, invitation: AccountInvitation) -> HttpResponse:
    request.session[SESSION_KEY] = invitation.organisation_id
    words = {"organisation": invitation.organisation}
    messages.success(request, _("Welcome. You act for %(organisation)s now.") % words)
    return redirect(settings.LOGIN_REDIRECT_URL)


def _page(
    request: HttpRequest,
    invitation: AccountInvitation,
    step: str,
    *,
    form: AccountForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"invitation": invitation, "step": step, "form": form}
    return render(request, "exchanges/people/account_join.html", context, status=status)
