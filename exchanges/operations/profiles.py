"""What contacts say of their own organisation and city."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from exchanges.models import City, CityProfile, LearningNeed, Organisation, Topic, TopicLevel, User
from exchanges.operations.changes import assign, raise_if_changed
from exchanges.operations.editing import raise_if_edited
from exchanges.operations.record import record
from exchanges.permissions import can_edit_city_profile, can_edit_organisation, require

ORGANISATION = ("name", "native_name", "acronym", "native_acronym", "website", "about")
LANGUAGES = ("working_languages", "has_interpretation")
CAPACITIES = ("hosting_capacity", "guest_capacity", "places_for_guests", "delegation_size")


@transaction.atomic
def edit_organisation(
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


@transaction.atomic
def edit_city_profile(
    *,
    city: City,
    fields: tuple[str, ...],
    values: Mapping[str, Any],
    revision: int | None,
    by: User,
    at: datetime,
) -> CityProfile:
    """Save one section, LANGUAGES or CAPACITIES; what was changed is no sample any more."""
    city = _lock_city(city, by)
    row, _ = CityProfile.objects.get_or_create(city=city)
    raise_if_changed(profile_values(row, fields), revision)
    changed = assign(row, {name: values[name] for name in fields})
    if changed:
        row.is_sample = False
        row.revision += 1
        row.save()
        record("edit", row, by=by, at=at, changed=changed)
    return row


@transaction.atomic
def set_topic_levels(
    *,
    city: City,
    numbers: Mapping[Topic, int | None],
    revision: int | None,
    by: User,
    at: datetime,
) -> None:
    """How far the city is, 0 to 5, on each of these topics; None takes the statement back."""
    city = _lock_city(city, by)
    changed = _replace(TopicLevel, "level", city, numbers, revision)
    if changed:
        record("set_levels", city, by=by, at=at, levels=changed)


@transaction.atomic
def set_learning_needs(
    *,
    city: City,
    numbers: Mapping[Topic, int | None],
    revision: int | None,
    by: User,
    at: datetime,
) -> None:
    """How much the city wants to learn, 1 to 3, on each of these topics; None: not at all."""
    city = _lock_city(city, by)
    changed = _replace(LearningNeed, "weight", city, numbers, revision)
    if changed:
        record("set_needs", city, by=by, at=at, weights=changed)


def profile_values(profile: CityProfile, fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(profile, name) for name in fields}


def topic_values(rows: Iterable[TopicLevel | LearningNeed]) -> dict[str, int]:
    """By topic slug."""
    return {
        row.topic.slug: row.level if isinstance(row, TopicLevel) else row.weight for row in rows
    }


def _lock_city(city: City, by: User) -> City:
    locked = City.objects.select_for_update().get(pk=city.pk)
    require(can_edit_city_profile(by, locked))
    return locked


def _replace(
    model: type[TopicLevel] | type[LearningNeed],
    field: str,
    city: City,
    asked: Mapping[Topic, int | None],
    revision: int | None,
) -> dict[str, int | None]:
    """Write what differs and return it by topic slug."""
    now = topic_values(model._default_manager.filter(city=city).select_related("topic"))
    raise_if_changed(now, revision)
    changed = {topic: value for topic, value in asked.items() if value != now.get(topic.slug)}
    for topic, value in changed.items():
        if value is None:
            model._default_manager.filter(city=city, topic=topic).delete()
        else:
            kept = {field: value, "is_sample": False}
            model._default_manager.update_or_create(city=city, topic=topic, defaults=kept)
    return {topic.slug: value for topic, value in changed.items()}
