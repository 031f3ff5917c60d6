"""Reading and approving, reading and signing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.domain.marked_changes import marked_clauses
from agreements.domain.terms import differences
from agreements.enums import AgreementMove
from agreements.exports.documents import version_pdf
from agreements.forms.steps import ApproveForm, SignForm
from agreements.models import Party
from agreements.operations import approvals, signatures
from agreements.queries.detail import AgreementDetail
from agreements.views.loading import load_detail, own_parties
from agreements.views.refusals import refusal_on_form
from agreements.words.statement import statement_of_intent
from exchanges import clock
from exchanges.enums import MembershipRole
from exchanges.permissions import require
from exchanges.words.formats import organisation_name


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_approve(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the terms, with what changed since this party approved, and one button."""
    detail = load_detail(request, reference)
    party = _own_party(request, detail, MembershipRole.CONTACT, AgreementMove.APPROVE)
    errors: list[str] = []
    if request.method == "POST":
        form = ApproveForm(request.POST, parties=[party])
        if form.is_valid():
            sha256 = form.cleaned_data["sha256"]
            with refusal_on_form(form):
                approvals.approve(party=party, sha256=sha256, by=detail.user, at=clock.now())
                words = _("Approved for %(organisation)s.")
                names = {"organisation": organisation_name(party.organisation)}
                messages.success(request, words % names)
                return redirect("agreements:agreement-detail", reference)
            errors = form.non_field_errors()
            detail = load_detail(request, reference)
    elif not detail.offers_of(AgreementMove.APPROVE):
        messages.info(request, _("There is nothing for you to approve now."))
        return redirect("agreements:agreement-detail", reference)
    form = ApproveForm(initial={"sha256": detail.version.sha256}, parties=[party])
    context = _terms_context(detail, party) | {"form": form, "errors": errors}
    return render(request, "agreements/agreement_approve.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_sign(request: HttpRequest, reference: str) -> HttpResponse:
    detail = load_detail(request, reference)
    party = _own_party(request, detail, MembershipRole.SIGNATORY, AgreementMove.SIGN)
    statement = statement_of_intent(party, detail.version)
    errors: list[str] = []
    if request.method == "POST":
        form = SignForm(request.POST, parties=[party], statement=statement)
        if form.is_valid():
            with refusal_on_form(form):
                _sign(form, party, statement, detail)
                return redirect("agreements:agreement-signed", reference)
            errors = form.non_field_errors()
            detail = load_detail(request, reference)
            form = _with_current_hash(form, party, statement, detail.version.sha256)
    elif not detail.offers_of(AgreementMove.SIGN):
        messages.info(request, _("There is nothing for you to sign now."))
        return redirect("agreements:agreement-detail", reference)
    else:
        initial = {"sha256": detail.version.sha256, **_person(detail, party)}
        form = SignForm(initial=initial, parties=[party], statement=statement)
    context = _terms_context(detail, party) | {"form": form, "errors": errors}
    return render(request, "agreements/agreement_sign.html", context)


@require_safe
def agreement_signed(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what was signed, and what happens next."""
    detail = load_detail(request, reference)
    own = {
        party.pk for party in own_parties(detail.agreement, detail.user, MembershipRole.SIGNATORY)
    }
    signed = [line for line in detail.lines if line.signature and line.party.pk in own]
    if not signed:
        return redirect("agreements:agreement-detail", reference)
    context = {
        "detail": detail,
        "agreement": detail.agreement,
        "line": max(signed, key=lambda line: line.signature.signed_at if line.signature else 0),
        "waiting": [line for line in detail.lines if line.signature is None],
    }
    return render(request, "agreements/agreement_signed.html", context)


def _own_party(
    request: HttpRequest, detail: AgreementDetail, role: MembershipRole, verb: AgreementMove
) -> Party:
    """The party asked for, else the first that still owes the step. NotAllowed for others."""
    own = own_parties(detail.agreement, detail.user, role)
    require(bool(own))
    asked = request.POST.get("party") or request.GET.get("party")
    owing = [offer.party.pk for offer in detail.offers_of(verb) if offer.party]
    first = next((party for party in own if party.pk in owing), own[0])
    return next((party for party in own if str(party.pk) == asked), first)


def _terms_context(detail: AgreementDetail, party: Party) -> dict[str, Any]:
    """With what changed since the version that this party approved last."""
    line = next(line for line in detail.lines if line.party.pk == party.pk)
    before = detail.versions.get(line.approved_before) if line.approved_before else None
    old = before.read_terms() if before else None
    changed = differences(old, detail.terms) if old else ()
    return {
        "detail": detail,
        "agreement": detail.agreement,
        "party": party,
        "compared_with": before,
        "clauses": marked_clauses(old, detail.terms),
        "changed": [each for each in changed if not each.field.startswith("clauses")],
        "changed_count": len({(each.field.partition(".")[0], each.key) for each in changed}),
    }


def _sign(form: SignForm, party: Party, statement: str, detail: AgreementDetail) -> None:
    data = form.cleaned_data
    signatures.sign(
        party=party,
        sha256=data["sha256"],
        name=data["name"],
        function=data["function"],
        statement=statement,
        render=version_pdf,
        by=detail.user,
        at=clock.now(),
    )


def _with_current_hash(form: SignForm, party: Party, statement: str, sha256: str) -> SignForm:
    """What was typed stays; the statement has to be confirmed again."""
    initial = {name: form.cleaned_data[name] for name in ("name", "function")}
    return SignForm(initial=initial | {"sha256": sha256}, parties=[party], statement=statement)


def _person(detail: AgreementDetail, party: Party) -> dict[str, str]:
    memberships = detail.user.memberships.filter(organisation=party.organisation)
    functions = memberships.exclude(function="").values_list("function", flat=True)
    return {"name": detail.user.name, "function": next(iter(functions), "")}
