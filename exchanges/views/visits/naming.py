"""A contact decides whether the public reads that the organisation took part."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exchanges import clock
from exchanges.models import Invitation
from exchanges.operations.visits import naming
from exchanges.permissions import can_name_organisation, require
from exchanges.views.active import signed_in
from exchanges.views.refusals import refusal_as_message
from exchanges.views.visits.loading import load_to_read


@require_POST
def visit_named(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """`named` is yes or no."""
    visit = load_to_read(request, reference)
    invitation = get_object_or_404(Invitation, visit=visit, organisation__slug=slug)
    require(can_name_organisation(request.user, invitation))
    is_named = request.POST.get("named") == "yes"
    with refusal_as_message(request):
        by, at = signed_in(request), clock.now()
        naming.set_named(invitation=invitation, is_named=is_named, by=by, at=at)
        messages.success(request, _("Saved."))
    return redirect("exchanges:visit-detail", visit.reference)
