"""The parts of a city's profile, as its list of tasks shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exchanges.enums import WishKind
from exchanges.models import City, CityProfile
from exchanges.words.formats import day_range, language_name, listed

MOST_NAMED = 3


class ProfilePart(StrEnum):
    """In the order in which a person tells them; each has a page of its own."""

    LANGUAGES = "languages"
    CAPACITIES = "capacities"
    LEVELS = "levels"
    NEEDS = "needs"
    DATES = "dates"
    WISHES = "wishes"


TITLES = {
    ProfilePart.LANGUAGES: gettext_lazy("Languages"),
    ProfilePart.CAPACITIES: gettext_lazy("Hosting and travelling"),
    ProfilePart.LEVELS: gettext_lazy("What the city knows"),
    ProfilePart.NEEDS: gettext_lazy("What the city wants to learn"),
    ProfilePart.DATES: gettext_lazy("Dates when it cannot"),
    ProfilePart.WISHES: gettext_lazy("Wishes about other cities"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """`said` is a line of what the city told, empty when that is nothing."""

    part: ProfilePart
    said: str
    is_optional: bool = False
    is_sample: bool = False

    @property
    def title(self) -> str:
        return str(TITLES[self.part])

    @property
    def is_done(self) -> bool:
        return bool(self.said)


def tasks_of(city: City, today: date) -> list[Task]:
    return [
        _languages(city),
        _capacities(city),
        _levels(city),
        _needs(city),
        _dates(city, today),
        _wishes(city),
    ]


def _profile(city: City) -> CityProfile:
    return getattr(city, "profile", None) or CityProfile(city=city)


def _languages(city: City) -> Task:
    profile = _profile(city)
    names = sorted(map(language_name, profile.working_languages))
    said = listed(names)
    if names and profile.has_interpretation:
        said = _("%(languages)s; interpretation is offered") % {"languages": said}
    return Task(ProfilePart.LANGUAGES, said, is_sample=profile.is_sample)


def _capacities(city: City) -> Task:
    profile = _profile(city)
    said = []
    if hosts := profile.hosting_capacity:
        words = ngettext("Hosts %(count)d visit a year", "Hosts %(count)d visits a year", hosts)
        said.append(words % {"count": hosts})
    if travels := profile.guest_capacity:
        words = ngettext("Makes %(count)d visit a year", "Makes %(count)d visits a year", travels)
        said.append(words % {"count": travels})
    return Task(ProfilePart.CAPACITIES, "; ".join(said), is_sample=profile.is_sample)


def _levels(city: City) -> Task:
    rows = list(city.topic_levels.all())
    said = ""
    if rows:
        shown = sum(row.is_shown for row in rows)
        words = ngettext(
            "%(count)d topic, %(shown)d shown to guests",
            "%(count)d topics, %(shown)d shown to guests",
            len(rows),
        )
        said = words % {"count": len(rows), "shown": shown}
    return Task(ProfilePart.LEVELS, said, is_sample=any(row.is_sample for row in rows))


def _needs(city: City) -> Task:
    rows = list(city.learning_needs.all())
    said = "; ".join(str(row.topic) for row in rows)
    return Task(ProfilePart.NEEDS, said, is_sample=any(row.is_sample for row in rows))


def _dates(city: City, today: date) -> Task:
    rows = [row for row in city.blackouts.all() if row.end_date >= today]
    said = "; ".join(day_range(row.start_date, row.end_date) for row in rows[:MOST_NAMED])
    if len(rows) > MOST_NAMED:
        words = ngettext("and %(count)d more", "and %(count)d more", len(rows) - MOST_NAMED)
        said = f"{said} {words % {'count': len(rows) - MOST_NAMED}}"
    sample = any(row.is_sample for row in rows)
    return Task(ProfilePart.DATES, said, is_optional=True, is_sample=sample)


def _wishes(city: City) -> Task:
    rows = list(city.wishes.all())
    wanted = [str(row.other) for row in rows if row.kind == WishKind.PREFERENCE]
    unwanted = [str(row.other) for row in rows if row.kind == WishKind.VETO]
    said = []
    if wanted:
        said.append(_("Would like to: %(cities)s") % {"cities": listed(wanted)})
    if unwanted:
        said.append(_("Would rather not: %(cities)s") % {"cities": listed(unwanted)})
    sample = any(row.is_sample for row in rows)
    return Task(ProfilePart.WISHES, "; ".join(said), is_optional=True, is_sample=sample)
