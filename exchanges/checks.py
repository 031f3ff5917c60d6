from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db.utils import OperationalError

from exchanges.models.record_triggers import missing_record_triggers


def record_is_guarded(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The triggers that keep the record append-only are in place."""
    errors: list[CheckMessage] = []
    for alias in databases or ():
        try:
            missing = missing_record_triggers(alias)
        except OperationalError:
            continue
        if missing:
            errors.append(
                Error(
                    f"The record is not guarded: {', '.join(missing)} missing in {alias}.",
                    hint="Run `manage.py migrate`; it installs them.",
                    id="exchanges.E001",
                )
            )
    return errors
