"""Visits from which an agreement could follow."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from agreements.models import Agreement
from exchanges.domain.visit_phases import HELD
from exchanges.enums import InvitationState
from exchanges.models import Invitation, StudyVisit

DRAFT_WITHIN = timedelta(days=60)
"""As long after a visit the people who met are reminded of an agreement; our judgement."""


def visits_without_agreement(organisations: Collection[int], at: datetime) -> QuerySet[StudyVisit]:
    """Return those that these organisations took part in lately, held and confirmed by all."""
    taking_part = Invitation.objects.filter(
        organisation__in=organisations, state=InvitationState.ACCEPTED
    )
    lately = StudyVisit.objects.filter(
        pk__in=taking_part.values("visit"),
        state__in=HELD,
        is_unconfirmed=False,
        end_date__gte=(at - DRAFT_WITHIN).date(),
    )
    drafted = Agreement.objects.filter(visit=OuterRef("pk"))
    return lately.exclude(Exists(drafted)).select_related("host_city").order_by("pk")
