"""For anyone: what a document's reference and hash say about it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agreements.domain.agreement_states import IN_FORCE
from agreements.forms.verify import HASH, VerifyForm
from agreements.queries.verification import NotAsRecorded, verify_version
from agreements.views.loading import alarm
from exchanges import clock


@require_safe
@login_not_required
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    form = VerifyForm(request.GET if "reference" in request.GET else None)
    if form.is_valid():
        data = form.cleaned_data
        return redirect("agreements:verify-version", data["reference"], data["sha256"])
    return render(request, "agreements/verify.html", {"form": form})


@require_safe
@login_not_required
@never_cache
def verify_version_view(request: HttpRequest, reference: str, hash16: str) -> HttpResponse:
    """State, validity and parties' names; an unknown version is a page that says so, with 404.

    One that is not what the record says is a page that says so, with 500.
    """
    is_formed = "\0" not in reference and HASH.fullmatch(hash16)
    try:
        verified = verify_version(reference, hash16, clock.now()) if is_formed else None
    except NotAsRecorded as refusal:
        alarm(refusal.agreement, refusal.faults)
        asked = {"reference": reference}
        return render(request, "agreements/verify_not_as_recorded.html", asked, status=500)
    context = {
        "verified": verified,
        "in_force": bool(verified and verified.is_current and verified.state in IN_FORCE),
        "reference": reference,
        "hash16": hash16,
    }
    status = 200 if verified else 404
    return render(request, "agreements/verify_version.html", context, status=status)
