"""Cities, which all programmes share, added and edited by programme offices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from exchanges.models import City, Organisation, User
from exchanges.operations.record import record
from exchanges.operations.shared_rows import edit_shared, refuse_same_name, take_turns
from exchanges.operations.slugs import free_slug
from exchanges.permissions import can_edit_city, can_manage_network, require
from exchanges.queries.programmes.offices import coordinators_of

CITY = ("names", "country", "latitude", "longitude", "time_zone", "languages", "holiday_region")


@transaction.atomic
def add(
    *, values: Mapping[str, Any], by: User, at: datetime, office: Organisation | None = None
) -> City:
    """Add it in the name of `office`, which a person of one office need not say.

    Raises AlreadyThere when the country has a city of this English name.
    """
    require(can_manage_network(by))
    offices = coordinators_of(by).order_by("pk")
    office = office or offices.first()
    require(office in offices)
    take_turns()
    city = City(**{name: values[name] for name in CITY}, added_by=office)
    refuse_same_name(city, City.objects.filter(country=city.country))
    city.slug = free_slug(City, city.names.data["en"], "city")
    city.save()
    record("add", city, by=by, at=at, country=city.country)
    return city


@transaction.atomic
def edit(
    *, city: City, values: Mapping[str, Any], revision: int | None, by: User, at: datetime
) -> City:
    """Raises EditedMeanwhile when somebody saved since the form was opened."""
    row = City.objects.select_for_update().get(pk=city.pk)
    require(can_edit_city(by, row))
    edit_shared(row, CITY, values, revision, by=by, at=at)
    return row
