"""Moves that bind: each has a page that says what will happen and asks once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from agreements.enums import AgreementMove
from agreements.forms.steps import ForPartyForm, MoveReasonForm, PartyReasonForm
from agreements.mail.preview import preview_mail
from agreements.models import Party
from agreements.operations import approvals, endings, signatures
from agreements.queries.detail import AgreementDetail
from agreements.queries.recipients import recipients_of_move
from agreements.views.loading import load_detail, own_parties
from agreements.views.refusals import refusal_on_form
from exchanges import clock
from exchanges.enums import MembershipRole
from exchanges.permissions import require


@dataclass(frozen=True)
class AgreementMovePage:
    verb: AgreementMove
    operation: Callable[..., Any]
    title: str | Promise
    what_happens: str | Promise
    done: str | Promise
    button: str | Promise
    by_party: bool = False
    needs_reason: bool = True


PROPOSE = AgreementMovePage(
    AgreementMove.PROPOSE,
    approvals.propose,
    _("Propose the agreement"),
    _(
        "All parties and the programme office can read it from now on. Each party is asked to "
        "approve exactly this version. You can still change the terms; approvals given by then "
        "fall away."
    ),
    _("The agreement is proposed to all parties."),
    _("Propose to the parties"),
    needs_reason=False,
)
SEND_OUT = AgreementMovePage(
    AgreementMove.SEND_OUT,
    signatures.send_out,
    _("Send out for signature"),
    _(
        "The signatories of all parties are asked to sign exactly this version. The terms cannot "
        "be changed while it is out for signature."
    ),
    _("The agreement is out for signature."),
    _("Send out for signature"),
    needs_reason=False,
)
RECALL = AgreementMovePage(
    AgreementMove.RECALL,
    endings.recall,
    _("Recall from signature"),
    _(
        "Nobody can sign until it is sent out again. Approvals and signatures of this version keep "
        "counting, unless the terms are changed."
    ),
    _("The agreement is recalled from signature."),
    _("Recall"),
)
DECLINE = AgreementMovePage(
    AgreementMove.DECLINE,
    endings.decline,
    _("Decline the agreement"),
    _("The agreement ends here for all parties. It cannot be taken up again, only drafted anew."),
    _("The agreement is declined."),
    _("Decline"),
    by_party=True,
)
WITHDRAW = AgreementMovePage(
    AgreementMove.WITHDRAW,
    endings.withdraw,
    _("Withdraw the agreement"),
    _("The agreement ends here for all parties. It cannot be taken up again, only drafted anew."),
    _("The agreement is withdrawn."),
    _("Withdraw"),
)
TERMINATE = AgreementMovePage(
    AgreementMove.TERMINATE,
    endings.terminate,
    _("Give notice"),
    _(
        "The agreement ends for all parties when the notice named in its terms has passed, counted "
        "from today."
    ),
    _("Notice is given."),
    _("Give notice"),
    by_party=True,
)
VOID = AgreementMovePage(
    AgreementMove.VOID,
    endings.declare_void,
    _("Declare the agreement void"),
    _(
        "The agreement stops applying at once. Its page, its PDF and the public verification page "
        "say that it is void."
    ),
    _("The agreement is declared void."),
    _("Declare void"),
)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_move(request: HttpRequest, reference: str, page: AgreementMovePage) -> HttpResponse:
    detail = load_detail(request, reference)
    require(_could(detail, page))
    parties = _parties(detail, page)
    form = _form(request, page, parties, detail.names)
    if form.is_valid():
        with refusal_on_form(form):
            _make(page, form, detail)
            messages.success(request, str(page.done))
            return redirect("agreements:agreement-detail", reference)
    if request.method != "POST" and page.verb.value not in detail.offered:
        messages.info(request, _("This step is not possible now."))
        return redirect("agreements:agreement-detail", reference)
    recipients = recipients_of_move(page.verb, detail.agreement, detail.user)
    context = {
        "detail": detail,
        "agreement": detail.agreement,
        "page": page,
        "form": form,
        "recipients": recipients,
        "preview": preview_mail(page.verb, detail.agreement, recipients[0], clock.now())
        if recipients
        else None,
    }
    return render(request, "agreements/agreement_move.html", context)


def _parties(detail: AgreementDetail, page: AgreementMovePage) -> list[Party]:
    if not page.by_party:
        return []
    parties = own_parties(detail.agreement, detail.user, MembershipRole.CONTACT)
    require(bool(parties))
    return parties


def _could(detail: AgreementDetail, page: AgreementMovePage) -> bool:
    """Whether the person may make this move when the state allows it."""
    offices = {AgreementMove.VOID: detail.is_office}
    senders = (AgreementMove.SEND_OUT, AgreementMove.RECALL)
    if page.by_party:
        return True
    return offices.get(page.verb, detail.is_drafter or (page.verb in senders and detail.is_office))


def _form(
    request: HttpRequest, page: AgreementMovePage, parties: list[Party], names: dict[int, str]
) -> forms.Form:
    data = request.POST if request.method == "POST" else None
    if page.by_party:
        kind = PartyReasonForm if page.needs_reason else ForPartyForm
        return kind(data, parties=parties, names=names)
    return MoveReasonForm(data) if page.needs_reason else forms.Form(data)


def _make(page: AgreementMovePage, form: forms.Form, detail: AgreementDetail) -> None:
    arguments: dict[str, Any] = {"by": detail.user, "at": clock.now()}
    if isinstance(form, ForPartyForm):
        arguments["party"] = form.chosen_party()
    else:
        arguments["agreement"] = detail.agreement
    if page.needs_reason:
        arguments["reason"] = form.cleaned_data["reason"]
    page.operation(**arguments)
