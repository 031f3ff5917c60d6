"""What is written while it is compared is no forgery, on both databases."""

import pytest

from agreements.enums import AgreementState
from agreements.models import Agreement
from agreements.operations import endings, signatures
from agreements.queries.proof import agreements_are_as_recorded, finding_of
from tests.factories.agreements import bring_to, contact, make_held_visit, start_agreement
from tests.moment import AT
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 10


def test_moves_made_meanwhile_are_no_faults():
    agreement = bring_to(start_agreement(make_held_visit()), AgreementState.APPROVED)
    by = contact(agreement.drafter)

    def move():
        for _ in range(TIMES):
            signatures.send_out(agreement=agreement, by=by, at=AT)
            endings.recall(agreement=agreement, by=by, at=AT, reason="Not yet")

    def compare_one():
        for _ in range(4 * TIMES):
            assert not finding_of(agreement).faults

    def compare_all():
        for _ in range(4 * TIMES):
            assert not any(finding.faults for finding in agreements_are_as_recorded())

    assert at_once(move, compare_one, compare_all) == {"done": 3}
    assert Agreement.objects.get().state == AgreementState.APPROVED
