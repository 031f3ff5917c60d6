"""Cities, which all programmes share, added and edited by programme offices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from exchanges.models import City, Organisation, User
from exchanges.operations.record import record
from exchanges.operations.shared_rows import AlreadyThere, edit_shared, take_turns
from exchanges.operations.slugs import free_slug
from exchanges.permissions import can_edit_city, can_manage_network, require
from exchanges.queries.network.names import city_of_name
from exchanges.queries.programmes.offices import coordinators_of

CITY = ("names", "country", "latitude", "longitude", "time_zone", "languages", "holiday_region")


@transaction.atomic
def add(
    *, values: Mapping[str, Any], by: User, at: datetime, office: Organisation | None = None
) -> City:
    """Add it in the name of `office`, which a person of one office need not say.

    Raises AlreadyThere when a city of the country has one of its names, in any language.
    """
    require(can_manage_network(by))
    offices = coordinators_of(by).order_by("pk")
    office = office or offices.first()
    require(office in offices)
    take_turns()
    city = City(**{name: values[name] for name in CITY}, added_by=office)
    _refuse_taken_name(city)
    city.slug = free_slug(City, city.names.data["en"], "city")
    city.save()
    record("add", city, by=by, at=at, country=city.country)
    return city


@transaction.atomic
def edit(
    *, city: City, values: Mapping[str, Any], revision: int | None, by: User, at: datetime
) -> City:
    """Raises AlreadyThere, and EditedMeanwhile when somebody saved since the form was opened."""
    take_turns()
    row = City.objects.select_for_update().get(pk=city.pk)
    require(can_edit_city(by, row))
    edit_shared(row, CITY, values, revision, by=by, at=at)
    _refuse_taken_name(row)
    return row


def _refuse_taken_name(city: City) -> None:
    """In no language does a city have a name of another one of its country."""
    other = city_of_name(city.names.data.values(), city.country, besides=city.pk)
    if other is not None:
        raise AlreadyThere(str(other))
