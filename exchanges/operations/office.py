"""What all programmes share, cities and topics, by a programme office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from exchanges.domain.text import fold
from exchanges.models import City, Programme, Topic, User
from exchanges.operations.changes import assign, raise_if_changed
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.slugs import free_slug
from exchanges.permissions import can_edit_city, can_manage_network, require

CITY = ("names", "country", "latitude", "longitude", "time_zone", "languages", "holiday_region")
TOPIC = ("names",)


class AlreadyThere(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(_("“%(name)s” is there already.") % {"name": name})


def take_turns() -> None:
    """Offices add to what all share one after the other, so that nothing is added twice."""
    list(Programme.objects.select_for_update().order_by("pk"))


@transaction.atomic
def add_city(*, values: Mapping[str, Any], by: User, at: datetime) -> City:
    """Raises AlreadyThere when the country has a city of this English name."""
    require(can_manage_network(by))
    take_turns()
    city = City(**{name: values[name] for name in CITY})
    _refuse_same_name(city, City.objects.filter(country=city.country))
    city.slug = free_slug(City, city.names.data["en"], "city")
    city.save()
    record("add", city, by=by, at=at, country=city.country)
    return city


@transaction.atomic
def edit_city(
    *, city: City, values: Mapping[str, Any], revision: int | None, by: User, at: datetime
) -> City:
    """Raises EditedMeanwhile when somebody saved since the form was opened."""
    row = City.objects.select_for_update().get(pk=city.pk)
    require(can_edit_city(by, row))
    _edit(row, CITY, values, revision, by=by, at=at)
    return row


@transaction.atomic
def add_topic(*, values: Mapping[str, Any], by: User, at: datetime) -> Topic:
    """Raises AlreadyThere when a topic has this English name."""
    require(can_manage_network(by))
    take_turns()
    topic = Topic(names=values["names"])
    _refuse_same_name(topic, Topic.objects.all())
    topic.slug = free_slug(Topic, topic.names.data["en"], "topic")
    topic.save()
    record("add", topic, by=by, at=at)
    return topic


@transaction.atomic
def edit_topic(
    *, topic: Topic, values: Mapping[str, Any], revision: int | None, by: User, at: datetime
) -> Topic:
    """Raises EditedMeanwhile when somebody saved since the form was opened."""
    row = Topic.objects.select_for_update().get(pk=topic.pk)
    require(can_manage_network(by))
    _edit(row, TOPIC, values, revision, by=by, at=at)
    return row


def row_values(row: models.Model, fields: tuple[str, ...]) -> dict[str, Any]:
    """What the form shows; names in a fixed order of their languages."""
    values = {name: getattr(row, name) for name in fields}
    return values | {"names": sorted(values["names"].data.items())}


def _refuse_same_name(row: City | Topic, others: Iterable[City | Topic]) -> None:
    name = row.names.data["en"]
    if fold(name) in {fold(other.names.data.get("en", "")) for other in others}:
        raise AlreadyThere(name)


def _edit(
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
