"""The organisations of a home office, with what waits for it or was asked of it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from exchanges.enums import AskedState, MembershipRole, RecoveryState
from exchanges.models import Handover, Membership, Organisation, Recovery


def organisations_brought_in(office: Organisation) -> QuerySet[Organisation]:
    """Return the others that it brought in, by name.

    Each has `has_contact`, `is_recovered` while a recovery runs, and the id of its open
    `handover`.
    """
    contacts = Membership.objects.filter(role=MembershipRole.CONTACT, user__is_active=True)
    recoveries = Recovery.objects.filter(state=RecoveryState.RUNNING)
    offers = Handover.objects.filter(state=AskedState.OPEN, organisation=OuterRef("pk"))
    return (
        office.brought_in.exclude(pk=office.pk)
        .select_related("city")
        .annotate(
            has_contact=Exists(contacts.filter(organisation=OuterRef("pk"))),
            is_recovered=Exists(recoveries.filter(organisation=OuterRef("pk"))),
            handover=Subquery(offers.values("pk")[:1]),
        )
        .order_by("name")
    )
