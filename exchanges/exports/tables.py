"""Tables of a programme that its office and auditors can download."""

from __future__ import annotations

from collections.abc import Callable

from exchanges.exports.spreadsheet import Table
from exchanges.models import Programme
from exchanges.registry import Registry

programme_tables: Registry[Callable[[Programme], Table]] = Registry("tables of a programme")
"""The name of each is the first part of its file's name."""


def table_of(programme: Programme, name: str) -> Table | None:
    """Return the named table, or None when nobody offers one of this name."""
    make = dict(programme_tables.items()).get(name)
    return make(programme) if make else None
