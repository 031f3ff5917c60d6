"""Database triggers that refuse to change or delete rows: the record, and what is written once.

Of some tables only columns are written once: of a plan, what it was made from and what came out.

Installed after every migrate: SQLite drops a table's triggers when a migration rebuilds the table.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

GUARDED = {
    "exchanges_event": "the record is append-only",
    "exchanges_recordhead": "the heads of the record are append-only",
}
"""Tables and the words of the refusal. An app that stands on this one adds its own by `guard`."""

SLUGGED = ("city", "organisation", "practice", "programme", "topic")
WRITTEN_ONCE = {
    "exchanges_programmeplan": ("request", "request_sha256", "result"),
    **{f"exchanges_{each}": ("slug",) for each in SLUGGED},
}
"""Tables, and their columns that never change once they hold something.

A slug is in addresses, in files, and in what was kept of plans and agreements.
"""


def guard(*tables: str) -> None:
    """Refuse changes of these tables too, from the next migrate on."""
    GUARDED.update({table: f"{table} is written once" for table in tables})


def install_record_triggers(using: str = "default", **kwargs: Any) -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in _guarded_tables(using):
            if connection.vendor == "postgresql":
                cursor.execute(_postgres_function(table))
            for statement in _statements(connection.vendor, table).values():
                cursor.execute(statement)


def remove_record_triggers(using: str = "default") -> None:
    """Remove the triggers: only for tests that flush the tables."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in _guarded_tables(using):
            suffix = f" ON {table}" if connection.vendor == "postgresql" else ""
            for name in _statements(connection.vendor, table):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")


def missing_record_triggers(using: str = "default") -> list[str]:
    """Names of the triggers that should be there and are not; empty before the first migrate."""
    connection = connections[using]
    expected = {
        name for table in _guarded_tables(using) for name in _statements(connection.vendor, table)
    }
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {row[0] for row in cursor.fetchall()}
    return sorted(expected - present)


def _guarded_tables(using: str) -> list[str]:
    connection = connections[using]
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
    return sorted((GUARDED.keys() | WRITTEN_ONCE.keys()) & present)


def _statements(vendor: str, table: str) -> dict[str, str]:
    if table in WRITTEN_ONCE:
        return _columns(vendor, table)
    return _postgres(table) if vendor == "postgresql" else _sqlite(table)


def _words(table: str) -> str:
    if table in WRITTEN_ONCE:
        return f"{', '.join(WRITTEN_ONCE[table])} of {table} are written once"
    return GUARDED[table]


def _columns(vendor: str, table: str) -> dict[str, str]:
    """A trigger that looks at each row that is updated; other columns may change."""
    name, differs = f"{table}_keeps", "IS NOT"
    if vendor == "postgresql":
        differs = "IS DISTINCT FROM"
    changed = " OR ".join(
        f"(OLD.{column} IS NOT NULL AND OLD.{column} {differs} NEW.{column})"
        for column in WRITTEN_ONCE[table]
    )
    if vendor == "postgresql":
        return {
            name: f"CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE ON {table} "
            f"FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {table}_refuse()"
        }
    return {
        name: f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE UPDATE ON {table} "
        f"WHEN {changed} BEGIN SELECT RAISE(ABORT, '{_words(table)}'); END"
    }


def _sqlite(table: str) -> dict[str, str]:
    return {
        f"{table}_no_{verb}": (
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{GUARDED[table]}'); END"
        )
        for verb in ("update", "delete")
    }


def _postgres_function(table: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_words(table)}'; END $$"
    )


def _postgres(table: str) -> dict[str, str]:
    return {
        f"{table}_no_change": (
            f"CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
        ),
        f"{table}_no_truncate": (
            f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
        ),
    }
