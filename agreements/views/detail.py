from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from agreements.domain.marked_changes import marked_clauses
from agreements.exports.documents import verify_url, version_pdf
from agreements.queries.artifacts import signed_pdf
from agreements.queries.parties import current_version
from agreements.views.loading import load_agreement, load_detail
from exchanges.queries.record import history


@require_safe
def agreement_detail(request: HttpRequest, reference: str) -> HttpResponse:
    detail = load_detail(request, reference)
    agreement = detail.agreement
    zone = agreement.visit.host_city.time_zone if agreement.visit.host_city else "UTC"
    context = {
        "detail": detail,
        "agreement": agreement,
        "offered": detail.offered,
        "clauses": marked_clauses(detail.terms_before, detail.terms),
        "changed": [each for each in detail.changed if not each.field.startswith("clauses")],
        "verify_url": verify_url(detail.version),
        "entries": history(agreement),
        "zone": zone,
    }
    return render(request, "agreements/agreement_detail.html", context)


@require_safe
def agreement_terms(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer with the bytes that the SHA-256 of the current version is of."""
    version = current_version(load_agreement(request, reference))
    response = HttpResponse(version.terms.encode(), content_type="application/json")
    name = f"{reference}-v{version.number}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def agreement_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """As it is kept once all have signed; before that, made from the current version."""
    agreement = load_agreement(request, reference)
    version = current_version(agreement)
    content = signed_pdf(version) or version_pdf(version)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{agreement.reference}-v{version.number}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{sha256(content).hexdigest()}"'
    patch_cache_control(response, private=True, no_store=True)
    conditional = get_conditional_response(request, etag=response["ETag"], response=response)
    assert isinstance(conditional, HttpResponse)
    return conditional
