from pathlib import Path
from typing import Any

import pytest
from django.core.checks import Tags, run_checks
from django.db import connection

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


def warnings(**kwargs: bool) -> list[str | None]:
    return [fault.id for fault in run_checks(tags=[Tags.files, Tags.security], **kwargs)]


def test_heads_that_cannot_be_written_are_warned_about(settings: Any, tmp_path: Path) -> None:
    settings.RECORD_HEADS_FILE = tmp_path / "heads.txt"
    assert "exchanges.W001" not in warnings()
    settings.RECORD_HEADS_FILE = tmp_path / "missing" / "heads.txt"
    assert "exchanges.W001" in warnings()
    settings.RECORD_HEADS_FILE = None
    assert "exchanges.W001" not in warnings()


def test_who_deploys_hears_of_heads_that_stay_beside_the_database(
    settings: Any, tmp_path: Path
) -> None:
    beside = Path(str(connection.settings_dict["NAME"])).with_name("heads.txt")
    for path in [None, beside] if connection.vendor == "sqlite" else [None]:
        settings.RECORD_HEADS_FILE = path
        assert "exchanges.W002" in warnings(include_deployment_checks=True)
        assert "exchanges.W002" not in warnings()
    settings.RECORD_HEADS_FILE = tmp_path / "other" / "heads.txt"
    assert "exchanges.W002" not in warnings(include_deployment_checks=True)
