"""The parts of a city's profile: for each a form, what saves it, and what is saved now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from exchanges.forms.cities.blackouts import BlackoutsForm, initial_blackouts
from exchanges.forms.cities.levels import LevelsForm, initial_levels
from exchanges.forms.cities.profile import TOPIC, CapacitiesForm, LanguagesForm, NeedsForm
from exchanges.forms.cities.wishes import NewWishForm
from exchanges.models import City, CityProfile, Topic, User
from exchanges.operations.cities import blackouts, levels, wishes
from exchanges.operations.cities import profile as profiles
from exchanges.operations.editing import checksum_of
from exchanges.queries.cities.pages import practices_in
from exchanges.queries.cities.tasks import cities_beside
from exchanges.words.cities.parts import ProfilePart
from exchanges.words.formats import sort_key

Data = QueryDict | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A part's form; `saved_values` reads them again when somebody else saved."""

    form: forms.Form
    save: Callable[[], object]
    saved_values: Callable[[], dict[str, Any]] | None = None


def open_part(part: ProfilePart, city: City, person: User, at: datetime, data: Data) -> Opened:
    return PARTS[part](city, person, at, data)


def _languages(city: City, person: User, at: datetime, data: Data) -> Opened:
    return _of_profile(LanguagesForm, profiles.LANGUAGES, city, person, at, data)


def _capacities(city: City, person: User, at: datetime, data: Data) -> Opened:
    return _of_profile(CapacitiesForm, profiles.CAPACITIES, city, person, at, data)


def _of_profile(
    form_class: type[forms.Form],
    fields: tuple[str, ...],
    city: City,
    person: User,
    at: datetime,
    data: Data,
) -> Opened:
    def now() -> dict[str, Any]:
        profile = CityProfile.objects.filter(city=city).first() or CityProfile(city=city)
        values = profiles.profile_values(profile, fields)
        return values | {"revision": checksum_of(values)}

    form = form_class(data, initial=now())

    def save() -> None:
        profiles.edit_profile(
            city=city,
            fields=fields,
            values=form.cleaned_data,
            revision=form.cleaned_data["revision"],
            by=person,
            at=at,
        )

    return Opened(form, save, now)


def _levels(city: City, person: User, at: datetime, data: Data) -> Opened:
    topics = _topics()

    def now() -> dict[str, Any]:
        stated = levels.level_values(levels.levels_of(city))
        return initial_levels(topics, stated) | {"revision": checksum_of(stated)}

    form = LevelsForm(data, initial=now(), topics=topics, practices=practices_in(city))

    def save() -> None:
        levels.set_topic_levels(
            city=city,
            stated=form.stated(),
            revision=form.cleaned_data["revision"],
            by=person,
            at=at,
        )

    return Opened(form, save, now)


def _needs(city: City, person: User, at: datetime, data: Data) -> Opened:
    def now() -> dict[str, Any]:
        stated = profiles.need_values(city.learning_needs.select_related("topic"))
        numbers = {f"{TOPIC}{slug}": weight for slug, weight in stated.items()}
        return numbers | {"revision": checksum_of(stated)}

    form = NeedsForm(data, initial=now(), topics=_topics())

    def save() -> None:
        profiles.set_learning_needs(
            city=city,
            numbers=form.numbers(),
            revision=form.cleaned_data["revision"],
            by=person,
            at=at,
        )

    return Opened(form, save, now)


def _dates(city: City, person: User, at: datetime, data: Data) -> Opened:
    form = blackouts_form(city, at, data)

    def now() -> dict[str, Any]:
        saved = blackouts.saved_blackouts(city, at.date())
        return initial_blackouts(saved, form.count) | {"rows": form.cleaned_data["rows"]}

    def save() -> None:
        blackouts.set_blackouts(
            city=city,
            away=form.away,
            revision=form.cleaned_data["revision"],
            by=person,
            at=at,
        )

    return Opened(form, save, now)


def blackouts_form(
    city: City, at: datetime, data: Data, typed: dict[str, str] | None = None
) -> BlackoutsForm:
    saved = blackouts.saved_blackouts(city, at.date())
    return BlackoutsForm(
        data,
        saved=saved,
        revision=checksum_of(blackouts.blackout_values(saved)),
        today=at.date(),
        last_day=blackouts.last_day_of_programmes(city),
        typed=typed,
    )


def _wishes(city: City, person: User, at: datetime, data: Data) -> Opened:
    said = [wish.other for wish in city.wishes.all()]
    form = NewWishForm(data, cities=cities_beside(city), said=said)

    def save() -> None:
        wishes.say(city=city, other=form.chosen, values=form.cleaned_data, by=person, at=at)

    return Opened(form, save)


def _topics() -> list[Topic]:
    return sorted(Topic.objects.all(), key=sort_key)


PARTS: dict[ProfilePart, Callable[[City, User, datetime, Data], Opened]] = {
    ProfilePart.LANGUAGES: _languages,
    ProfilePart.CAPACITIES: _capacities,
    ProfilePart.LEVELS: _levels,
    ProfilePart.NEEDS: _needs,
    ProfilePart.DATES: _dates,
    ProfilePart.WISHES: _wishes,
}
