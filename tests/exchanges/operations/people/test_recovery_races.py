"""A recovery and a handover, by many at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from exchanges.enums import RecoveryState
from exchanges.models import AccountInvitation, Handover, Recovery
from exchanges.operations.network import handovers
from exchanges.operations.people import recoveries
from tests.factories import make_appointed, make_contact, make_organisation, make_programme
from tests.factories.authority import make_authority
from tests.moment import AT
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_starts_one_is_refused() -> None:
    authority = make_authority()
    make_contact(authority.organisation)

    def start() -> None:
        recoveries.start(
            organisation=authority.organisation, reason="Silent", by=authority.first, at=AT
        )

    assert at_once(start, start) == {"done": 1, "RunsAlready": 1}
    assert Recovery.objects.count() == 1


def test_stop_and_invitation_leave_no_open_link() -> None:
    authority = make_authority()
    contact = make_contact(authority.organisation)
    row = recoveries.start(
        organisation=authority.organisation, reason="Silent", by=authority.first, at=AT
    )
    after = AT + timedelta(days=14)
    ends = at_once(
        lambda: recoveries.stop(recovery=row, by=contact, at=after),
        lambda: recoveries.invite_contact(
            recovery=row, email="new@example.org", by=authority.first, at=after
        ),
    )
    assert ends["done"] + ends["RecoveryOver"] == 2
    row.refresh_from_db()
    assert row.state == RecoveryState.STOPPED
    assert not AccountInvitation.objects.filter(revoked_at=None).exists()


def test_withdrawn_and_accepted_at_once_is_one_of_both() -> None:
    authority = make_authority()
    office = make_organisation("Other office")
    make_programme(coordinator=office)
    taker = make_appointed(office)
    row = handovers.offer(
        organisation=authority.organisation, to_office=office, by=authority.first, at=AT
    )
    ends = at_once(
        lambda: handovers.accept(handover=row, by=taker, at=AT),
        lambda: handovers.withdraw(handover=row, by=authority.first, at=AT),
    )
    assert ends == {"done": 1, "HandoverOver": 1}
    authority.organisation.refresh_from_db()
    is_taken = Handover.objects.get().state == "accepted"
    assert authority.organisation.home_office == (office if is_taken else authority.office)
