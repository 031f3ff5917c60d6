import pytest
from django.core.checks import Tags, run_checks

from exchanges.models.record_triggers import install_record_triggers, remove_record_triggers


def found() -> list[str | None]:
    return [fault.id for fault in run_checks(tags=[Tags.database], databases=["default"])]


@pytest.mark.django_db
def test_a_record_without_its_triggers_is_an_error_until_they_are_back() -> None:
    assert "exchanges.E001" not in found()
    remove_record_triggers()
    assert "exchanges.E001" in found()
    install_record_triggers()
    assert "exchanges.E001" not in found()
