"""Answering an invitation: by its link without an account, or signed in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from exchanges import clock
from exchanges.enums import InvitationState
from exchanges.forms.proposals.answer import AnswerForm, DeclineForm
from exchanges.models import Invitation, User
from exchanges.operations.editing import EditedMeanwhile
from exchanges.operations.proposals import invitations as operations
from exchanges.operations.proposals.invitation_rows import AnswerTooLate
from exchanges.operations.proposals.invitations import AnswersMissing
from exchanges.operations.record import Actor
from exchanges.operations.refusals import Refusal
from exchanges.permissions import can_answer_invitation, require
from exchanges.queries.proposals.inbox import (
    asked,
    inbox_of,
    invitations_for,
    is_answerable,
    open_link,
    waits_for_answer,
)
from exchanges.queries.proposals.proposals import options_ahead
from exchanges.views.active import signed_in
from exchanges.views.private_link import private_link
from exchanges.words.formats import listed

Reload = Callable[[], Invitation]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def invitation_answer(request: HttpRequest, token: str) -> HttpResponse:
    """GET and HEAD show, POST answers. The actor is the invitation."""
    link = open_link(token, clock.now())
    if link is None:
        raise Http404
    with _language_of(request, link.person):
        if not link.is_current:
            context = {"link": link, "visit": link.invitation.visit}
            return render(
                request, "exchanges/proposals/invitation_link_over.html", context, status=410
            )
        return _answer(
            request,
            link.invitation,
            by=link.invitation,
            reload=lambda: _reopened(token),
            base="letter.html",
        )


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show all invitations to the person's organisations."""
    invitations = list(inbox_of(signed_in(request)))
    waiting = [each for each in invitations if waits_for_answer(each)]
    context = {
        "waiting": waiting,
        "others": [each for each in invitations if each not in waiting],
        "today": clock.today(),
    }
    return render(request, "exchanges/proposals/inbox.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_respond(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the same page as by link, to a contact who is signed in."""
    user = signed_in(request)

    def reload() -> Invitation:
        return get_object_or_404(invitations_for(user), pk=pk)

    invitation = reload()
    require(can_answer_invitation(user, invitation))
    return _answer(request, invitation, by=user, reload=reload, base="base.html")


def _reopened(token: str) -> Invitation:
    link = open_link(token, clock.now())
    if link is None:
        raise Http404
    return link.invitation


def _language_of(request: HttpRequest, person: User | None) -> AbstractContextManager[None]:
    """The language that the person saved, unless another was chosen in this browser."""
    language = person.language if person else ""
    chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    if chosen or language not in dict(settings.LANGUAGES):
        return nullcontext()
    return translation.override(language)


def _answer(
    request: HttpRequest, invitation: Invitation, *, by: Actor, reload: Reload, base: str
) -> HttpResponse:
    if not is_answerable(invitation):
        status = 409 if request.method == "POST" else 200
        return _show(request, invitation, "over", base, status=status)
    if request.method == "POST":
        return _posted(request, invitation, by=by, reload=reload, base=base)
    has_answered = invitation.state != InvitationState.OPEN
    if has_answered and "change" not in request.GET and not _unanswered(invitation):
        return _show(request, invitation, "answered", base)
    return _show(request, invitation, "form", base, form=_form(invitation))


def _posted(
    request: HttpRequest, invitation: Invitation, *, by: Actor, reload: Reload, base: str
) -> HttpResponse:
    action = request.POST.get("action", "")
    if action in ("decline", "decline_now"):
        return _declining(request, invitation, by=by, reload=reload, base=base)
    form = _form(invitation, request.POST)
    if action == "back":
        return _show(request, invitation, "form", base, form=form, checked=False)
    if not form.is_valid():
        return _show(request, invitation, "form", base, form=form)
    try:
        operations.accept(
            invitation=invitation,
            by=by,
            at=clock.now(),
            answers=form.answers,
            offered=form.ranges,
            word=form.cleaned_data["word"],
            revision=form.cleaned_data["revision"],
        )
    except Refusal as refusal:
        return _refused(request, refusal, reload=reload, base=base)
    return redirect(request.path)


def _declining(
    request: HttpRequest, invitation: Invitation, *, by: Actor, reload: Reload, base: str
) -> HttpResponse:
    """A step of its own, which asks for the reason."""
    typed = _form(invitation, request.POST)
    if request.POST.get("action") != "decline_now":
        initial = {
            "revision": request.POST.get("revision"),
            "reason": request.POST.get("reason", invitation.decline_reason),
            "word": request.POST.get("word", ""),
        }
        form = DeclineForm(initial=initial)
        return _show(request, invitation, "decline", base, form=form, typed=typed)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _show(request, invitation, "decline", base, form=form, typed=typed)
    try:
        operations.decline(invitation=invitation, by=by, at=clock.now(), **form.cleaned_data)
    except Refusal as refusal:
        return _refused(request, refusal, reload=reload, base=base)
    return redirect(request.path)


def _refused(request: HttpRequest, refusal: Refusal, *, reload: Reload, base: str) -> HttpResponse:
    """Everything typed stays; what is there now is read anew."""
    invitation = reload()
    if isinstance(refusal, AnswerTooLate):
        return _show(request, invitation, "over", base, status=409)
    data = request.POST.copy()
    if isinstance(refusal, EditedMeanwhile):
        data["revision"] = str(refusal.current)
    typed = _form(invitation, data)
    is_declining = request.POST.get("action") == "decline_now"
    form: AnswerForm | DeclineForm = DeclineForm(data) if is_declining else typed
    if isinstance(refusal, EditedMeanwhile) and _is_saved(invitation, form):
        return redirect(request.path)
    if not isinstance(refusal, AnswersMissing):
        form.add_error(None, str(refusal))
    return _show(
        request,
        invitation,
        "decline" if is_declining else "form",
        base,
        form=form,
        typed=typed,
        status=409,
        saved_now=isinstance(refusal, EditedMeanwhile),
    )


def _is_saved(invitation: Invitation, form: AnswerForm | DeclineForm) -> bool:
    """Return whether it is the same answer, sent twice."""
    if isinstance(form, DeclineForm):
        same = form.is_valid() and form.cleaned_data["reason"] == invitation.decline_reason
        return same and invitation.state == InvitationState.DECLINED
    unsaved = set(form.errors) | {
        name for name in form.changed_data if not name.startswith(("start_", "end_"))
    }
    offered = {(days.start, days.end) for days in form.ranges}
    asked_for = {(each.start_date, each.end_date): each.pk for each in form.options}
    own = {f"option-{asked_for[days]}" for days in offered & set(asked_for)}
    is_accepted = invitation.state == InvitationState.ACCEPTED
    return is_accepted and offered <= set(asked_for) and not unsaved - own


def _unanswered(invitation: Invitation) -> bool:
    """Days came in since this organisation accepted."""
    answered = {each.option_id for each in invitation.date_answers.all()}
    options = {option.pk for option in options_ahead(invitation.visit, clock.now())}
    return invitation.state == InvitationState.ACCEPTED and bool(options - answered)


def _form(invitation: Invitation, data: Any = None) -> AnswerForm:
    return AnswerForm(data, invitation=invitation, at=clock.now())


def _show(
    request: HttpRequest,
    invitation: Invitation,
    page: str,
    base: str,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    about = asked(invitation)
    words = {
        "base": base,
        "asked": about,
        "given": about.given,
        "guests_words": listed(about.guests),
        "invitation": invitation,
        "visit": invitation.visit,
        "is_new": _unanswered(invitation),
        "by_link": base == "letter.html",
    }
    template = f"exchanges/proposals/invitation_{page}.html"
    return render(request, template, {**words, **context}, status=status)
