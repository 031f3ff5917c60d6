"""An organisation, as its own contacts describe it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from exchanges.models import Organisation, User
from exchanges.operations.editing import assign, raise_if_edited
from exchanges.operations.record import record
from exchanges.permissions import can_edit_organisation, require

ORGANISATION = ("name", "native_name", "acronym", "native_acronym", "website", "about")


@transaction.atomic
def edit(
    *,
    organisation: Organisation,
    values: Mapping[str, Any],
    revision: int | None,
    by: User,
    at: datetime,
) -> Organisation:
    """Raises EditedMeanwhile when somebody saved since the form was opened."""
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(can_edit_organisation(by, row))
    raise_if_edited(row, revision)
    changed = assign(row, {name: values[name] for name in ORGANISATION})
    if changed:
        row.revision += 1
        row.save()
        record("edit", row, by=by, at=at, changed=changed)
    return row
