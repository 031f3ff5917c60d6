"""The filled demo of an earlier commit, migrated to this one, has lost and changed nothing."""

from __future__ import annotations

import gzip
import json
import os
import secrets
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from tests.migrations.make import FOLDER
from tests.migrations.summary import summary_of, tables_of
from tests.postgres_cluster import binaries

STORED: dict[str, Any] = json.loads((FOLDER / "summary.json").read_text())["tables"]
NAMES_ON_POSTGRES = (
    "SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes"
)
OURS = ("exchanges", "agreements")
CLEARED = ("DATABASE_URL", "EMAIL_URL", "CACHE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEMO")


def manage(*arguments: str, **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if name not in CLEARED}
    kept["DJANGO_SETTINGS_MODULE"] = "mlp_planner.settings"
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def unpacked(name: str) -> bytes:
    return gzip.decompress((FOLDER / name).read_bytes())


def missing_constraints(cursor: Any, asking: str) -> list[str]:
    """Return the constraints of our models that a migrated database lacks.

    The other tests run on tables that are made from the models, without migrations.
    """
    schema = "\n".join(str(row[0]) for row in cursor.execute(asking).fetchall())
    models = [model for model in apps.get_models() if model._meta.app_label in OURS]
    names = [each.name for model in models for each in model._meta.constraints]
    assert names
    return [name for name in names if name not in schema]


def test_the_stored_demo_is_filled() -> None:
    for table in ("exchanges_studyvisit", "exchanges_event", "agreements_version"):
        assert STORED[table]["rows"] == len(STORED[table]["identities"]) > 0


def test_sqlite_moves_forward(tmp_path: Path) -> None:
    (tmp_path / "db.sqlite3").write_bytes(unpacked("demo.sqlite3.gz"))
    manage("migrate", DATA_DIR=str(tmp_path))
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        cursor = database.cursor()
        assert set(STORED) <= set(tables_of(cursor, "sqlite"))
        assert summary_of(cursor, list(STORED)) == STORED
        assert missing_constraints(cursor, "SELECT sql FROM sqlite_master") == []
    assert manage("migrate", "--check", DATA_DIR=str(tmp_path)) == ""
    manage("verify_record", DATA_DIR=str(tmp_path))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_postgres_moves_forward(tmp_path: Path) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("asks PostgreSQL")
    folder, name = binaries(), f"migrated_{secrets.token_hex(4)}"
    assert folder is not None
    login = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    host = f"{login['HOST']}:{login['PORT']}/{name}"
    url = f"postgres://{login['USER']}:{login['PASSWORD']}@{host}"
    grown_up = {
        "DATABASE_URL": url,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "planner.example.org",
        "DATA_DIR": str(tmp_path),
    }
    try:
        load = [folder / "psql", "-q", "-v", "ON_ERROR_STOP=1", url]
        dump = unpacked("demo.postgres.sql.gz")
        subprocess.run(load, input=dump, check=True, stdout=subprocess.DEVNULL)
        manage("migrate", **grown_up)
        with psycopg.connect(url) as database, database.cursor() as cursor:
            assert set(STORED) <= set(tables_of(cursor, "postgresql"))
            assert summary_of(cursor, list(STORED)) == STORED
            assert missing_constraints(cursor, NAMES_ON_POSTGRES) == []
        manage("verify_record", **grown_up)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
