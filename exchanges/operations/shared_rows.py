"""Rows that all programmes share, cities and topics: added one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from exchanges.domain.text import fold
from exchanges.models import City, ReferenceSeries, Topic, User
from exchanges.operations.editing import assign, raise_if_changed
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal

TURN = "what all share"


class AlreadyThere(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(_("“%(name)s” is there already.") % {"name": name})


def take_turns() -> None:
    """Offices add to what all share one after the other, so that nothing is added twice.

    A row of its own stands for the turn: no programme waits, and names may be equal where an
    office or the operator said so, which a constraint would forbid.
    """
    ReferenceSeries.objects.bulk_create([ReferenceSeries(prefix=TURN)], ignore_conflicts=True)
    ReferenceSeries.objects.select_for_update().get(prefix=TURN)


def row_values(row: models.Model, fields: tuple[str, ...]) -> dict[str, Any]:
    """Return what the form shows; names in a fixed order of their languages."""
    values = {name: getattr(row, name) for name in fields}
    return values | {"names": sorted(values["names"].data.items())}


def refuse_same_name(row: Topic, others: Iterable[Topic]) -> None:
    name = row.names.data["en"]
    if fold(name) in {fold(other.names.data.get("en", "")) for other in others}:
        raise AlreadyThere(name)


def edit_shared(
    row: City | Topic,
    fields: tuple[str, ...],
    values: Mapping[str, Any],
    revision: int | None,
    *,
    by: User,
    at: datetime,
) -> None:
    raise_if_changed(row_values(row, fields), revision)
    changed = assign(row, {name: values[name] for name in fields})
    if changed:
        row.save()
        record("edit", row, by=by, at=at, changed=changed)
