"""The programme and its sample, as the demo shows them, everybody reading English."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from exchanges.domain.programme_file import read_programme_file
from exchanges.models import Programme, User
from exchanges.operations.programmes.loading import load_programme
from mlp_planner.demo.sample import load_sample
from mlp_planner.management.commands.demo_load import FILE

LOADED: dict[tuple[datetime, bool], tuple[int, sqlite3.Connection]] = {}
"""The programme's key, and a copy of the database: to load all by operations takes seconds."""


def load_demo(at: datetime, *, with_plan: bool = False) -> Programme:
    """Into a database that is empty and a file; the second time, as it was after the first."""
    connection.ensure_connection()
    database: Any = connection.connection
    if (at, with_plan) in LOADED:
        key, copy = LOADED[at, with_plan]
        copy.backup(database)
        ContentType.objects.clear_cache()
    else:
        key, copy = _load(at, with_plan=with_plan).pk, sqlite3.connect(":memory:")
        database.backup(copy)
        LOADED[at, with_plan] = key, copy
    return Programme.objects.get(pk=key)


def _load(at: datetime, *, with_plan: bool) -> Programme:
    file = read_programme_file(FILE.read_bytes())
    load_programme(file=file, at=at - timedelta(days=125))
    programme = load_sample(file, at=at, with_plan=with_plan)
    User.objects.update(language="en")
    return programme
