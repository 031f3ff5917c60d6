"""Finding the agreement of an address, for the person who asks."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agreements.models import Agreement, Party
from agreements.queries.detail import AgreementDetail
from agreements.queries.proof import finding_of
from exchanges import clock
from exchanges.domain.record import Fault
from exchanges.enums import MembershipRole
from exchanges.models import User
from exchanges.views.active import signed_in
from exchanges.words.faults import fault_words

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]


def as_recorded(view: View) -> View:
    """Show and do nothing with an agreement that is not what the record says; say so instead."""

    @wraps(view)
    def compare_first(request: HttpRequest, reference: str, **kwargs: Any) -> HttpResponse:
        agreement = load_agreement(request, reference)
        faults = finding_of(agreement).faults
        if not faults:
            return view(request, reference, **kwargs)
        alarm(agreement, faults)
        context = {"agreement": agreement, "faults": [fault_words(fault) for fault in faults]}
        return render(request, "agreements/not_as_recorded.html", context, status=500)

    return compare_first


def alarm(agreement: Agreement, faults: tuple[Fault, ...]) -> None:
    sentences = ",".join(sorted({fault.sentence for fault in faults}))
    logger.critical("agreement_not_as_recorded agreement=%s faults=%s", agreement.pk, sentences)


def load_agreement(request: HttpRequest, reference: str) -> Agreement:
    """404 for who may not see it."""
    visible = Agreement.objects.visible_to(signed_in(request))
    rows = visible.select_related("visit__host_city", "programme__coordinator", "drafter__city")
    return get_object_or_404(rows, reference=reference)


def load_detail(request: HttpRequest, reference: str) -> AgreementDetail:
    return AgreementDetail(load_agreement(request, reference), signed_in(request), clock.now())


def own_parties(agreement: Agreement, user: User, role: MembershipRole) -> list[Party]:
    """Return the parties for which the person has this role."""
    own = agreement.parties.filter(
        organisation__memberships__user=user, organisation__memberships__role=role
    )
    return list(own.select_related("organisation__city", "agreement"))
