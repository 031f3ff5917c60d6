"""Two people in one form: the second is told, and loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar
from zlib import crc32

from django.db import models
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from exchanges.operations.refusals import Refusal


class Revised(Protocol):
    revision: int


AnyRow = TypeVar("AnyRow", bound=Model)


class GoneMeanwhile(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Somebody removed this meanwhile, so it cannot be changed any more."))


class EditedMeanwhile(Refusal):
    """Somebody saved since this form was opened; `current` is the revision to save against now."""

    def __init__(self, current: int) -> None:
        super().__init__(
            _(
                "Somebody else saved this while you were typing. What you typed is still here: "
                "compare it with what is saved now, then save again to replace it."
            )
        )
        self.current = current


def raise_if_edited(row: Revised, revision: int | None) -> None:
    """`revision` is the one that the form was opened with; None skips the comparison."""
    if revision is not None and row.revision != revision:
        raise EditedMeanwhile(row.revision)


def row_now(rows: QuerySet[AnyRow], row: AnyRow) -> AnyRow:
    """Return the row as it is now, locked as `rows` says. Raises GoneMeanwhile."""
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise GoneMeanwhile
    return found


def checksum_of(values: Mapping[str, Any]) -> int:
    """Return what a form is opened with when no single row's `revision` stands for what it shows.

    Some forms show a part of a row (the languages of a city's profile), rows that come and go (its
    blackouts), or rows of several tables (a partner with its organisation). A revision would also
    count changes that such a form does not show, and two people in different forms would refuse
    each other. So what the form shows is compared itself, as one number in a hidden field.
    """
    text = repr(sorted((name, str(value)) for name, value in values.items()))
    return crc32(text.encode())


def raise_if_changed(values: Mapping[str, Any], checksum: int | None) -> None:
    """Raise EditedMeanwhile when a form that shows `values` was opened with another checksum.

    None skips the comparison.
    """
    current = checksum_of(values)
    if checksum is not None and checksum != current:
        raise EditedMeanwhile(current)


def assign(row: models.Model, values: Mapping[str, Any]) -> list[str]:
    """Set the attributes that differ and return their names; the caller saves."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed
