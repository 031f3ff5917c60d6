"""Database triggers that refuse to change or delete an event.

Installed after every migrate: SQLite drops a table's triggers when a migration rebuilds the table.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

TABLE = "exchanges_event"
REFUSAL = "the record is append-only"

_SQLITE = {
    f"{TABLE}_no_update": (
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_update BEFORE UPDATE ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ),
    f"{TABLE}_no_delete": (
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_delete BEFORE DELETE ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ),
}
_POSTGRES_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
)
_POSTGRES = {
    f"{TABLE}_no_change": (
        f"CREATE OR REPLACE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()"
    ),
    f"{TABLE}_no_truncate": (
        f"CREATE OR REPLACE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()"
    ),
}


def install_record_triggers(using: str = "default", **kwargs: Any) -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for statement in _statements(connection.vendor).values():
            cursor.execute(statement)


def remove_record_triggers(using: str = "default") -> None:
    """Only for tests that flush the tables."""
    connection = connections[using]
    suffix = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _statements(connection.vendor):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")


def missing_record_triggers(using: str = "default") -> list[str]:
    """Names of the triggers that should be there and are not; empty before the first migrate."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return []
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'",
                [TABLE],
            )
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE]
            )
        present = {row[0] for row in cursor.fetchall()}
    return sorted(set(_statements(connection.vendor)) - present)


def _statements(vendor: str) -> dict[str, str]:
    return _POSTGRES if vendor == "postgresql" else _SQLITE
