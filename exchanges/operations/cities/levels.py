"""What a city knows and would show to guests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.models import City, Practice, Topic, TopicLevel, User
from exchanges.operations.cities.profile import lock_city
from exchanges.operations.editing import raise_if_changed
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.queries.cities.pages import practices_in


class PracticeNotToShow(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _(
                "A practice that you ticked is not offered in your city on this topic any more. "
                "Open this page again to see those that are."
            )
        )


@dataclass(frozen=True, slots=True)
class StatedLevel:
    """How far a city is, 0 to 5, whether it would show that, and by which practices (ascending)."""

    level: int
    is_shown: bool = True
    practices: tuple[int, ...] = ()


@transaction.atomic
def set_topic_levels(
    *,
    city: City,
    stated: Mapping[Topic, StatedLevel | None],
    revision: int | None,
    by: User,
    at: datetime,
) -> None:
    """Save what the city says on each of these topics; None takes the statement back.

    Raises EditedMeanwhile when somebody saved since the form was opened, PracticeNotToShow for
    practices of others or on another topic.
    """
    city = lock_city(city, by)
    now = level_values(levels_of(city))
    raise_if_changed(now, revision)
    changed = {topic: value for topic, value in stated.items() if value != now.get(topic.slug)}
    _raise_if_not_to_show(city, changed)
    for topic, value in changed.items():
        if value is None:
            city.topic_levels.filter(topic=topic).delete()
        else:
            _write(city, topic, value)
    if changed:
        levels = {topic.slug: value.level if value else None for topic, value in changed.items()}
        record("set_levels", city, by=by, at=at, levels=levels)


def levels_of(city: City) -> Iterable[TopicLevel]:
    """Read it in a constant number of queries."""
    return city.topic_levels.select_related("topic").prefetch_related("practices")


def level_values(rows: Iterable[TopicLevel]) -> dict[str, StatedLevel]:
    """Return what a city says on its topics, by topic slug."""
    return {
        row.topic.slug: StatedLevel(
            row.level, row.is_shown, tuple(sorted(practice.pk for practice in row.practices.all()))
        )
        for row in rows
    }


def _raise_if_not_to_show(city: City, changed: Mapping[Topic, StatedLevel | None]) -> None:
    offered: dict[str, set[int]] = {}
    for practice in practices_in(city):
        for topic in practice.topics.all():
            offered.setdefault(topic.slug, set()).add(practice.pk)
    for topic, value in changed.items():
        if value and not offered.get(topic.slug, set()).issuperset(value.practices):
            raise PracticeNotToShow


def _write(city: City, topic: Topic, stated: StatedLevel) -> None:
    row, _created = TopicLevel.objects.update_or_create(
        city=city,
        topic=topic,
        defaults={"level": stated.level, "is_shown": stated.is_shown, "is_sample": False},
    )
    row.practices.set(Practice.objects.filter(pk__in=stated.practices))
