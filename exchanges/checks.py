from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
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
        if missing and not _awaits_migrations(alias):
            errors.append(
                Error(
                    f"The record is not guarded: {', '.join(missing)} missing in {alias}.",
                    hint="Run `manage.py migrate`; it installs them.",
                    id="exchanges.E001",
                )
            )
    return errors


def _awaits_migrations(alias: str) -> bool:
    """`migrate` itself runs the checks first, and installs afterwards what is missing."""
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def heads_leave_the_database(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The file for the heads of the record can be written."""
    path: Path | None = settings.RECORD_HEADS_FILE
    if path is None or os.access(path if path.exists() else path.parent, os.W_OK):
        return []
    words = f"The heads of the record cannot be written to {path}."
    hint = "Set RECORD_HEADS_FILE to a file in a folder that the worker may write to."
    return [Warning(words, hint=hint, id="exchanges.W001")]


def heads_lie_elsewhere(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Who can change the database should not be able to change the heads too."""
    path: Path | None = settings.RECORD_HEADS_FILE
    if path is None:
        words = "The heads of the record are written nowhere outside the database."
    elif connection.vendor == "sqlite" and path.parent == _database().parent:
        words = "The heads of the record lie beside the database."
    else:
        return []
    hint = "Set RECORD_HEADS_FILE to a file on another disk or machine that is only appended to."
    return [Warning(words, hint=hint, id="exchanges.W002")]


def _database() -> Path:
    return Path(str(connection.settings_dict["NAME"]))
