"""Places that the core offers and that apps and wings fill when their AppConfig is ready.

The core shows or runs what stands there and imports none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Entries in a fixed order, each under a name that stands once."""

    def __init__(self, place: str) -> None:
        self.place = place
        self._entries: dict[str, tuple[int, Entry]] = {}

    def add(self, name: str, entry: Entry, *, order: int) -> None:
        """Put an entry at its place; raises ValueError when the name is taken."""
        if name in self._entries:
            raise ValueError(f"{name} is registered twice: {self.place}")
        self._entries[name] = (order, entry)

    @contextmanager
    def with_entry(self, name: str, entry: Entry, *, order: int) -> Iterator[None]:
        """Have the entry for a while, as tests want it."""
        self.add(name, entry, order=order)
        try:
            yield
        finally:
            del self._entries[name]

    def items(self) -> list[tuple[str, Entry]]:
        """Return names and entries by their order, then by name."""
        ordered = sorted(self._entries.items(), key=lambda item: (item[1][0], item[0]))
        return [(name, entry) for name, (_order, entry) in ordered]

    def __iter__(self) -> Iterator[Entry]:
        return iter([entry for _name, entry in self.items()])
