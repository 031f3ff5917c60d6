"""A city's languages, capacities and learning needs, as its contacts describe them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from exchanges.models import City, CityProfile, LearningNeed, Topic, User
from exchanges.operations.editing import assign, raise_if_changed
from exchanges.operations.record import record
from exchanges.permissions import can_edit_city_profile, require

LANGUAGES = ("working_languages", "has_interpretation")
CAPACITIES = ("hosting_capacity", "guest_capacity", "places_for_guests", "delegation_size")


@transaction.atomic
def edit_profile(
    *,
    city: City,
    fields: tuple[str, ...],
    values: Mapping[str, Any],
    revision: int | None,
    by: User,
    at: datetime,
) -> CityProfile:
    """Save one section, LANGUAGES or CAPACITIES; what was changed is no sample any more."""
    city = lock_city(city, by)
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
def set_learning_needs(
    *,
    city: City,
    numbers: Mapping[Topic, int | None],
    revision: int | None,
    by: User,
    at: datetime,
) -> None:
    """Save how much the city wants to learn, 1 to 3, on each of these topics; None: not at all."""
    city = lock_city(city, by)
    now = need_values(city.learning_needs.select_related("topic"))
    raise_if_changed(now, revision)
    changed = {topic: value for topic, value in numbers.items() if value != now.get(topic.slug)}
    for topic, value in changed.items():
        if value is None:
            city.learning_needs.filter(topic=topic).delete()
        else:
            kept = {"weight": value, "is_sample": False}
            LearningNeed.objects.update_or_create(city=city, topic=topic, defaults=kept)
    if changed:
        weights = {topic.slug: value for topic, value in changed.items()}
        record("set_needs", city, by=by, at=at, weights=weights)


def profile_values(profile: CityProfile, fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(profile, name) for name in fields}


def need_values(rows: Iterable[LearningNeed]) -> dict[str, int]:
    """Return the weights by topic slug."""
    return {row.topic.slug: row.weight for row in rows}


def lock_city(city: City, by: User) -> City:
    """Lock the row that every change of a city's profile waits for."""
    locked = City.objects.select_for_update().get(pk=city.pk)
    require(can_edit_city_profile(by, locked))
    return locked
