"""Finding the agreement of an address, for the person who asks."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from agreements.models import Agreement, Party
from agreements.queries.detail import AgreementDetail
from exchanges.enums import MembershipRole
from exchanges.models import User
from exchanges.views.active import signed_in


def load_agreement(request: HttpRequest, reference: str) -> Agreement:
    """404 for who may not see it."""
    visible = Agreement.objects.visible_to(signed_in(request))
    rows = visible.select_related("visit__host_city", "programme__coordinator", "drafter__city")
    return get_object_or_404(rows, reference=reference)


def load_detail(request: HttpRequest, reference: str) -> AgreementDetail:
    return AgreementDetail(load_agreement(request, reference), signed_in(request))


def own_parties(agreement: Agreement, user: User, role: MembershipRole) -> list[Party]:
    """Return the parties for which the person has this role."""
    own = agreement.parties.filter(
        organisation__memberships__user=user, organisation__memberships__role=role
    )
    return list(own.select_related("organisation__city", "agreement"))
