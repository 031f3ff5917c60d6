"""Tables of a programme that its office and auditors can download as CSV."""

from __future__ import annotations

from collections.abc import Callable

from exchanges.models import Programme
from exchanges.registry import Registry

programme_tables: Registry[Callable[[Programme], bytes]] = Registry("tables of a programme")
"""Each returns the bytes of a CSV file. Its name is the first part of the file's name."""


def table_of(programme: Programme, name: str) -> bytes | None:
    """Return the named table, or None when nobody offers one of this name."""
    write = dict(programme_tables.items()).get(name)
    return write(programme) if write else None
