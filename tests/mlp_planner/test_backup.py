"""Backup, loss of everything, restore, and the record compared with its heads: docs/deploy.md."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.migrations.summary import summary_of, tables_of
from tests.migrations.test_forward import STORED, manage, unpacked
from tests.postgres_cluster import binaries

HEAD = "SELECT count, hash FROM exchanges_eventhead"
MADE_ON = "2026-11-20"


def head_line(cursor: Any) -> str:
    cursor.execute(HEAD)
    count, sha256 = cursor.fetchone()
    return f"{MADE_ON} {count} {sha256}\n"


def check_sums(folder: Path) -> None:
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=True)


def verify(heads: Path, **environment: str) -> None:
    said = manage("verify_record", "--heads", str(heads), **environment)
    assert "All heads match the record: 1 days." in said
    assert "The record is whole" in said


def test_sqlite_is_restored_from_its_backup(tmp_path: Path) -> None:
    data, backup = tmp_path / "data", tmp_path / "backup"
    (data / "files" / "ab").mkdir(parents=True)
    (data / "files" / "ab" / "scan.pdf").write_bytes(b"%PDF scanned")
    (data / "db.sqlite3").write_bytes(unpacked("demo.sqlite3.gz"))
    manage("migrate", DATA_DIR=str(data))
    with closing(sqlite3.connect(data / "db.sqlite3")) as database:
        (data / "record-heads.txt").write_text(head_line(database.cursor()))
        triggers = triggers_of(database)
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("UPDATE exchanges_user SET name = 'In the log of SQLite' WHERE id = 1")
        database.commit()  # the copy is made while this is in the write-ahead log only
        said = manage("backup", str(backup), DATA_DIR=str(data))
    assert "db.sqlite3, files, record-heads.txt" in said

    shutil.rmtree(data)
    data.mkdir()
    check_sums(backup)
    shutil.copyfile(backup / "db.sqlite3", data / "db.sqlite3")
    shutil.copytree(backup / "files", data / "files")
    manage("migrate", DATA_DIR=str(data))
    verify(backup / "record-heads.txt", DATA_DIR=str(data))
    with closing(sqlite3.connect(data / "db.sqlite3")) as database:
        cursor = database.cursor()
        assert summary_of(cursor, list(STORED)) == STORED
        assert triggers_of(database) == triggers
        cursor.execute("SELECT name FROM exchanges_user WHERE id = 1")
        assert cursor.fetchone() == ("In the log of SQLite",)
    assert (data / "files" / "ab" / "scan.pdf").read_bytes() == b"%PDF scanned"


def triggers_of(database: sqlite3.Connection) -> set[str]:
    rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return {name for (name,) in rows}


@pytest.fixture
def new_database() -> Iterator[Any]:
    """Makes databases in the cluster of the tests; they are gone afterwards."""
    login, made = connection.settings_dict, []

    def make() -> str:
        name = f"backup_{secrets.token_hex(4)}"
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        made.append(name)
        host = f"{login['HOST']}:{login['PORT']}/{name}"
        return f"postgres://{login['USER']}:{login['PASSWORD']}@{host}"

    yield make
    for name in made:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_postgresql_is_restored_from_its_backup(tmp_path: Path, request: Any) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("asks PostgreSQL")
    folder, backup = binaries(), tmp_path / "backup"
    assert folder is not None
    new_database = request.getfixturevalue("new_database")
    url = new_database()
    grown_up = {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "planner.example.org",
        "DATA_DIR": str(tmp_path / "data"),
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
    }
    load = [folder / "psql", "-q", "-v", "ON_ERROR_STOP=1", url]
    dump = unpacked("demo.postgres.sql.gz")
    subprocess.run(load, input=dump, check=True, stdout=subprocess.DEVNULL)
    manage("migrate", DATABASE_URL=url, **grown_up)
    with psycopg.connect(url) as database, database.cursor() as cursor:
        (tmp_path / "data" / "record-heads.txt").write_text(head_line(cursor))
    manage("backup", str(backup), DATABASE_URL=url, **grown_up)

    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')
    shutil.rmtree(tmp_path / "data")
    check_sums(backup)
    url = new_database()
    restore = [folder / "pg_restore", "--exit-on-error", "--no-owner", f"--dbname={url}"]
    subprocess.run([*restore, backup / "database.dump"], check=True)
    manage("migrate", DATABASE_URL=url, **grown_up)
    verify(backup / "record-heads.txt", DATABASE_URL=url, **grown_up)
    with psycopg.connect(url) as database, database.cursor() as cursor:
        assert set(STORED) <= set(tables_of(cursor, "postgresql"))
        assert summary_of(cursor, list(STORED)) == STORED
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            cursor.execute("DELETE FROM exchanges_event")


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "yesterday").touch()
    with pytest.raises(CommandError, match="is not empty"):
        call_command("backup", str(tmp_path))
