"""What a programme cannot change any more because of its agreements."""

from __future__ import annotations

from agreements.domain.agreement_states import SIGNED
from agreements.enums import AgreementState
from agreements.models import Agreement
from exchanges.models import Programme

COUNTS_DAYS = (AgreementState.OUT_FOR_SIGNATURE, AgreementState.RENEWED, *SIGNED)


def counts_days(programme: Programme) -> bool:
    """Say whether an agreement that is out for signature, or signed, counts days in its zone."""
    return Agreement.objects.filter(programme=programme, state__in=COUNTS_DAYS).exists()
