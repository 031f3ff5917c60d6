"""Whether this session proved lately, by a second factor, who is there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from exchanges import clock
from exchanges.models import User
from exchanges.operations.people.signatories import PROOF_LASTS, SecondFactor

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def second_factor_of(request: HttpRequest) -> SecondFactor | None:
    """Return the latest proof of this session; None without one, or without a second factor.

    In the demo, whoever was chosen with one click has proven it.
    """
    records = get_authentication_records(request, request.user)
    if settings.DEMO and any(record["method"] == "demo" for record in records):
        return SecondFactor(clock.now())
    moments = [record["at"] for record in records if record["method"] == "mfa"]
    if not moments or not factors_of(request):
        return None
    return SecondFactor(datetime.fromtimestamp(max(moments), UTC))


def is_fresh(proof: SecondFactor | None, at: datetime) -> bool:
    return proof is not None and proof.at >= at - PROOF_LASTS + timedelta(seconds=30)


def factors_of(request: HttpRequest) -> set[str]:
    if not isinstance(request.user, User):
        return set()
    own = Authenticator.objects.filter(user=request.user, type__in=FACTORS)
    return set(own.values_list("type", flat=True))


def where_to_prove(request: HttpRequest, onward: str) -> str:
    """Return the page that asks for the second factor and leads back, or that sets one up."""
    factors = factors_of(request)
    if not factors:
        return reverse("mfa_index")
    by_code = Authenticator.Type.TOTP in factors
    page = "mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn"
    return f"{reverse(page)}?{urlencode({'next': onward})}"
