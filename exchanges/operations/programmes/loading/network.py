"""Cities, organisations, topics and practices, found by their slugs or added."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from i18nfield.strings import LazyI18nString

from exchanges.domain.programme_file import (
    CityInFile,
    OrganisationFacts,
    PracticeFacts,
    ProfileFacts,
    ProgrammeFile,
    TopicFacts,
)
from exchanges.models import (
    City,
    CityProfile,
    LearningNeed,
    Organisation,
    Practice,
    Programme,
    Topic,
    TopicLevel,
)
from exchanges.operations.network.city_claims import act_for_cities
from exchanges.operations.programmes.loading.tally import LoadedRows


def load_network(file: ProgrammeFile, tally: LoadedRows, at: datetime) -> set[str]:
    """Return the slugs of the organisations that are new.

    Organisations and cities that were there get nothing from a file: no practice, no profile, and
    no further organisation without the consent of one of the city.
    """
    for topic in file.topics:
        _load_topic(topic, tally)
    cities = {each.slug for each in file.cities if _load_city(each, tally)}
    new = [each for each in file.organisations if _load_organisation(each, tally)]
    for facts in new:
        _give_cities(facts, cities, at)
    _affiliate(new)
    slugs = {each.slug for each in new}
    for practice in file.practices:
        if slugs.issuperset(practice.organisations):
            _load_practice(practice, tally)
        elif Practice.objects.filter(slug=practice.slug).exists():
            tally.count("practices", is_new=False)
        else:
            tally.left_out.append(practice.title)
    return slugs


def give_home_office(organisations: set[str], programme: Programme) -> None:
    """The coordinator of the file's programme; a coordinator that a file makes is its own."""
    rows = Organisation.objects.filter(slug__in=organisations)
    rows.update(home_office=programme.coordinator_id)
    City.objects.filter(organisations__in=rows, added_by=None).update(
        added_by=programme.coordinator_id
    )


def _give_cities(facts: OrganisationFacts, new: set[str], at: datetime) -> None:
    """Let it act at once in cities of the same file, and ask in those that were there."""
    organisation = Organisation.objects.get(slug=facts.slug)
    cities = City.objects.filter(slug__in=facts.active_in)
    organisation.active_in.set(cities.filter(slug__in=new))
    act_for_cities(organisation, cities, by=None, at=at)


def _load_topic(facts: TopicFacts, tally: LoadedRows) -> None:
    names = LazyI18nString(dict(facts.names))
    _, is_new = Topic.objects.get_or_create(slug=facts.slug, defaults={"names": names})
    tally.count("topics", is_new=is_new)


def _load_city(facts: CityInFile, tally: LoadedRows) -> bool:
    fields = {
        "names": LazyI18nString(dict(facts.names)),
        "country": facts.country,
        "latitude": facts.latitude,
        "longitude": facts.longitude,
        "time_zone": facts.time_zone,
        "languages": list(facts.languages),
        "holiday_region": facts.holiday_region,
        "note": facts.note,
    }
    city, is_new = City.objects.get_or_create(slug=facts.slug, defaults=fields)
    tally.count("cities", is_new=is_new)
    if facts.profile is not None:
        _load_profile(city, facts.profile, tally, is_new=is_new)
    return is_new


def _load_profile(city: City, facts: ProfileFacts, tally: LoadedRows, *, is_new: bool) -> None:
    """Add profile, needs and levels to a city of this file; one that was there describes itself."""
    if not tally.count("city profiles", is_new=is_new):
        return
    fields = {
        "working_languages": list(facts.working_languages),
        "has_interpretation": facts.has_interpretation,
        "hosting_capacity": facts.hosting_capacity,
        "guest_capacity": facts.guest_capacity,
        "places_for_guests": facts.places_for_guests,
        "delegation_size": facts.delegation_size,
        "is_sample": True,
    }
    CityProfile.objects.create(city=city, **fields)
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    LearningNeed.objects.bulk_create(
        LearningNeed(city=city, topic=topics[slug], weight=weight, is_sample=True)
        for slug, weight in facts.needs.items()
    )
    TopicLevel.objects.bulk_create(
        TopicLevel(city=city, topic=topics[slug], level=level, is_sample=True)
        for slug, level in facts.levels.items()
    )


def _load_organisation(facts: OrganisationFacts, tally: LoadedRows) -> bool:
    fields = {
        "name": facts.name,
        "native_name": facts.native_name,
        "acronym": facts.acronym,
        "native_acronym": facts.native_acronym,
        "kind": facts.kind,
        "city": City.objects.get(slug=facts.city),
        "website": facts.website,
        "note": facts.note,
    }
    _, is_new = Organisation.objects.get_or_create(slug=facts.slug, defaults=fields)
    return tally.count("organisations", is_new=is_new)


def _affiliate(organisations: Iterable[OrganisationFacts]) -> None:
    for facts in organisations:
        if facts.affiliated_to:
            above = Organisation.objects.get(slug=facts.affiliated_to)
            Organisation.objects.filter(slug=facts.slug).update(affiliated_to=above)


def _load_practice(facts: PracticeFacts, tally: LoadedRows) -> None:
    fields = {"title": facts.title, "link": facts.link}
    row, is_new = Practice.objects.get_or_create(slug=facts.slug, defaults=fields)
    if tally.count("practices", is_new=is_new):
        row.topics.set(Topic.objects.filter(slug__in=facts.topics))
        row.organisations.set(Organisation.objects.filter(slug__in=facts.organisations))
