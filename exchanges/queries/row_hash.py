"""The hash by which an event knows a row, without any of its personal data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db import models


def row_hash(row: models.Model) -> dict[str, Any]:
    """Return the names of the row's fields and the SHA-256 of their values, for an event."""
    fields = sorted(field.attname for field in row._meta.concrete_fields)
    return {"fields": fields, "sha256": _hash(row, fields)}


def is_row_as_recorded(row: models.Model, recorded: Mapping[str, Any]) -> bool:
    """Compare the fields that the row had when it was recorded. A field that is gone differs."""
    fields = recorded.get("fields", ())
    present = {field.attname for field in row._meta.concrete_fields}
    return present.issuperset(fields) and _hash(row, fields) == recorded.get("sha256")


def _hash(row: models.Model, fields: Iterable[str]) -> str:
    values = {name: _plain(getattr(row, name)) for name in fields}
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)
