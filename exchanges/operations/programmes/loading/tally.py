from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class LoadedRows:
    """How many rows of each kind, by plural noun, were added, and how many were there before."""

    added: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    asked: list[str] = field(default_factory=list)
    """Names of organisations that were there, and were asked to take part."""
    left_out: list[str] = field(default_factory=list)
    """Titles of practices of organisations that were there; these describe themselves."""

    unconfirmed: list[str] = field(default_factory=list)
    """References of visits that name organisations or cities that were there."""

    def count(self, noun: str, *, is_new: bool) -> bool:
        """Returns `is_new`."""
        (self.added if is_new else self.kept)[noun] += 1
        return is_new
