"""What must be the same before and after a migration, read by plain SQL from either database."""

from __future__ import annotations

from typing import Any, Protocol

IDENTITIES = {
    "exchanges_studyvisit": ("uid", "reference"),
    "exchanges_agendaitem": ("uid",),
    "exchanges_programmeplan": ("number", "request_sha256"),
    "agreements_agreement": ("reference",),
    "agreements_version": ("number", "sha256"),
    "agreements_artifact": ("sha256",),
    "exchanges_event": ("hash",),
    "exchanges_eventhead": ("count", "hash"),
}
"""By table: the columns that identify what the table holds, and must not change."""


class Cursor(Protocol):
    def execute(self, sql: str) -> Any: ...

    def fetchall(self) -> list[Any]: ...


def summary_of(cursor: Cursor, tables: list[str]) -> dict[str, Any]:
    """Return the number of rows of each table, and the identities in it, in a fixed order."""
    found: dict[str, Any] = {}
    for table in sorted(tables):
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        [[count]] = cursor.fetchall()
        found[table] = {"rows": int(count)}
        if table in IDENTITIES:
            columns = ", ".join(f'"{name}"' for name in IDENTITIES[table])
            cursor.execute(f'SELECT {columns} FROM "{table}"')
            rows = [[_plain(value) for value in row] for row in cursor.fetchall()]
            found[table]["identities"] = sorted(rows)
    return found


def tables_of(cursor: Cursor, vendor: str) -> list[str]:
    """Return the program's own tables."""
    cursor.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        if vendor == "sqlite"
        else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    names = [row[0] for row in cursor.fetchall()]
    return [name for name in names if name.startswith(("exchanges_", "agreements_"))]


def _plain(value: object) -> str:
    """A UUID is text without dashes on SQLite, and with them on PostgreSQL."""
    return str(value).replace("-", "")
