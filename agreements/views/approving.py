"""Reading and approving, reading and signing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.domain.differences import differences
from agreements.domain.marked_changes import marked_clauses
from agreements.enums import AgreementMove
from agreements.exports.documents import version_pdf
from agreements.forms.steps import ApproveForm, SignForm
from agreements.models import Agreement, Party
from agreements.operations import approvals, signatures
from agreements.queries.detail import AgreementDetail
from agreements.views.loading import load_detail, own_parties
from agreements.views.refusals import missing_glyph_on_form, refusal_on_form
from agreements.words.statement import statement_of_intent
from exchanges import clock
from exchanges.domain.proof import Proof
from exchanges.enums import MembershipRole
from exchanges.operations.people.proofs import ProofMissing
from exchanges.permissions import require
from exchanges.queries.people.signatories import proposal_under_which_signs
from exchanges.views.people.proof import (
    is_code_sent,
    proof_by_code,
    proof_of,
    send_proof_code,
    ways_to_prove,
)
from exchanges.views.refusals import refusal_as_message


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_approve(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the terms, with what changed since this party approved, and one button."""
    detail = load_detail(request, reference)
    party = _own_party(request, detail, MembershipRole.CONTACT, AgreementMove.APPROVE)
    errors: list[str] = []
    if request.method == "POST":
        form = ApproveForm(request.POST, parties=[party], names=detail.names)
        if form.is_valid():
            sha256 = form.cleaned_data["sha256"]
            with refusal_on_form(form):
                approvals.approve(party=party, sha256=sha256, by=detail.user, at=clock.now())
                words = _("Approved for %(organisation)s.")
                names = {"organisation": detail.names[party.pk]}
                messages.success(request, words % names)
                return redirect("agreements:agreement-detail", reference)
            errors = form.non_field_errors()
            detail = load_detail(request, reference)
    elif not detail.offers_of(AgreementMove.APPROVE):
        messages.info(request, _("There is nothing for you to approve now."))
        return redirect("agreements:agreement-detail", reference)
    form = ApproveForm(
        initial={"sha256": detail.version.sha256}, parties=[party], names=detail.names
    )
    context = _terms_context(detail, party) | {"form": form, "errors": errors}
    return render(request, "agreements/agreement_approve.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_sign(request: HttpRequest, reference: str) -> HttpResponse:
    detail = load_detail(request, reference)
    party = _own_party(request, detail, MembershipRole.SIGNATORY, AgreementMove.SIGN)
    asking = _proof_asked_for(request, detail, party)
    errors: list[str] = []
    if request.method == "POST":
        form = _sign_form(detail, party, asking, request.POST)
        if form.is_valid() and (proof := asking["proof"] or _proof_by_code(request, form, detail)):
            with refusal_on_form(form), missing_glyph_on_form(form):
                _sign(form, party, statement_of_intent(party, detail.version), detail, proof)
                return redirect("agreements:agreement-signed", reference)
            errors = form.non_field_errors()
            detail = load_detail(request, reference)
            asking = _proof_asked_for(request, detail, party)
            form = _sign_form(detail, party, asking)
    elif not detail.offers_of(AgreementMove.SIGN):
        messages.info(request, _("There is nothing for you to sign now."))
        return redirect("agreements:agreement-detail", reference)
    else:
        form = _sign_form(detail, party, asking)
    signs_as = proposal_under_which_signs(detail.user, party.organisation_id)
    context = _terms_context(detail, party) | asking
    context |= {"form": form, "errors": errors, "signs_as": signs_as}
    return render(request, "agreements/agreement_sign.html", context)


def _sign_form(
    detail: AgreementDetail, party: Party, asking: dict[str, Any], data: QueryDict | None = None
) -> SignForm:
    return SignForm(
        data,
        initial={"sha256": detail.version.sha256},
        parties=[party],
        names=detail.names,
        statement=statement_of_intent(party, detail.version),
        needs_code=bool(asking["code_sent"]),
    )


@require_POST
def agreement_sign_code(request: HttpRequest, reference: str) -> HttpResponse:
    """Mail a code that confirms who signs these terms, to who has neither password nor factor."""
    detail = load_detail(request, reference)
    party = _own_party(request, detail, MembershipRole.SIGNATORY, AgreementMove.SIGN)
    if detail.offers_of(AgreementMove.SIGN):
        words = _("You want to sign the agreement %(reference)s “%(title)s”.")
        names = {"reference": reference, "title": detail.agreement.title}
        about = _about(detail.agreement, detail.version.sha256)
        with refusal_as_message(request):
            send_proof_code(request, about=about, purpose=words % names)
            sent = _("We sent a code to %(address)s.") % {"address": detail.user.email}
            messages.success(request, sent)
    address = reverse("agreements:agreement-sign", args=[reference])
    return redirect(f"{address}?party={party.pk}#signature")


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
    """Return the party asked for, else the first that owes the step. NotAllowed for others."""
    own = own_parties(detail.agreement, detail.user, role)
    require(bool(own))
    asked = request.POST.get("party") or request.GET.get("party")
    owing = [offer.party.pk for offer in detail.offers_of(verb) if offer.party]
    first = next((party for party in own if party.pk in owing), own[0])
    return next((party for party in own if str(party.pk) == asked), first)


def _terms_context(detail: AgreementDetail, party: Party) -> dict[str, Any]:
    """Show it with what changed since the version that this party approved last."""
    line = next(line for line in detail.lines if line.party.pk == party.pk)
    before = detail.versions.get(line.approved_before) if line.approved_before else None
    old = before.read_terms() if before else None
    changed = differences(old, detail.terms) if old else ()
    return {
        "detail": detail,
        "agreement": detail.agreement,
        "party": party,
        "line": line,
        "compared_with": before,
        "clauses": marked_clauses(old, detail.terms),
        "changed": [each for each in changed if not each.field.startswith("clauses")],
        "changed_count": len({(each.field.partition(".")[0], each.key) for each in changed}),
    }


def _about(agreement: Agreement, sha256: str) -> str:
    return f"sign agreement {agreement.pk} {sha256}"


def _proof_asked_for(request: HttpRequest, detail: AgreementDetail, party: Party) -> dict[str, Any]:
    """What `partials/proof.html` shows; nothing to ask for while a proof is fresh."""
    reference = [detail.agreement.reference]
    address = reverse("agreements:agreement-sign", args=reference)
    code_address = reverse("agreements:agreement-sign-code", args=reference)
    ways = ways_to_prove(request, back=f"{address}?party={party.pk}")
    about = _about(detail.agreement, detail.version.sha256)
    proof = proof_of(request)
    return {
        "proof": proof,
        "ways": ways,
        "code_sent": not (proof or ways) and is_code_sent(request, about=about),
        "code_url": f"{code_address}?party={party.pk}",
    }


def _proof_by_code(request: HttpRequest, form: SignForm, detail: AgreementDetail) -> Proof | None:
    """Try the code that was typed for the terms that were read; says on the form what is wrong."""
    if "code" not in form.fields:
        form.add_error(None, str(ProofMissing()))
        return None
    about = _about(detail.agreement, form.cleaned_data["sha256"])
    proof = proof_by_code(request, about=about, typed=form.cleaned_data["code"])
    if proof is None:
        words = _("This code is wrong or no longer valid. After three wrong codes ask for another.")
        form.add_error("code", words)
    return proof


def _sign(
    form: SignForm, party: Party, statement: str, detail: AgreementDetail, proof: Proof
) -> None:
    signatures.sign(
        party=party,
        sha256=form.cleaned_data["sha256"],
        statement=statement,
        render=version_pdf,
        proof=proof,
        by=detail.user,
        at=clock.now(),
    )
