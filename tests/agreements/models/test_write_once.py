import pytest
from django.db import DatabaseError, transaction

from agreements.enums import AgreementState
from agreements.models import WRITE_ONCE, Approval, Artifact, Signature, Version
from exchanges.models.record_triggers import GUARDED, missing_record_triggers
from tests.factories.agreements import bring_to, make_held_visit, start_agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return bring_to(start_agreement(make_held_visit()), AgreementState.ACTIVE)


@pytest.mark.parametrize("model", [Version, Approval, Signature, Artifact])
def test_rows_are_never_changed(agreement, model):
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        model.objects.update(sha256="0" * 64)


@pytest.mark.parametrize("model", [Approval, Signature, Artifact])
def test_rows_are_never_deleted(agreement, model):
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        model.objects.all().delete()


def test_all_tables_are_guarded(agreement):
    assert set(WRITE_ONCE) < set(GUARDED)
    assert missing_record_triggers() == []
