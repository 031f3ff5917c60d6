"""What an edit changed, and whether the row is still the one that the form showed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django.db import models

from exchanges.operations.editing import raise_if_edited


@dataclass(slots=True)
class Stamp:
    """A revision for rows that keep none: a checksum of the values that a form shows."""

    revision: int


def fingerprint(values: Mapping[str, Any]) -> int:
    text = repr(sorted((name, str(value)) for name, value in values.items()))
    return crc32(text.encode())


def raise_if_changed(values: Mapping[str, Any], opened_with: int | None) -> None:
    """Raises EditedMeanwhile when `values` are not those that the form was opened with."""
    raise_if_edited(Stamp(fingerprint(values)), opened_with)


def assign(row: models.Model, values: Mapping[str, Any]) -> list[str]:
    """Set the attributes that differ and return their names; the caller saves."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed
