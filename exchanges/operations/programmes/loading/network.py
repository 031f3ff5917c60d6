"""Cities, organisations, topics and practices, found by their slugs or added."""

from __future__ import annotations

from collections.abc import Iterable

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
    Topic,
    TopicLevel,
)
from exchanges.operations.programmes.loading.tally import LoadedRows


def load_network(file: ProgrammeFile, tally: LoadedRows) -> set[str]:
    """Returns the slugs of the organisations that are new."""
    for topic in file.topics:
        _load_topic(topic, tally)
    for city in file.cities:
        _load_city(city, tally)
    new = [each for each in file.organisations if _load_organisation(each, tally)]
    _affiliate(new)
    for practice in file.practices:
        _load_practice(practice, tally)
    return {each.slug for each in new}


def _load_topic(facts: TopicFacts, tally: LoadedRows) -> None:
    names = LazyI18nString(dict(facts.names))
    _, is_new = Topic.objects.get_or_create(slug=facts.slug, defaults={"names": names})
    tally.count("topics", is_new=is_new)


def _load_city(facts: CityInFile, tally: LoadedRows) -> None:
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
        _load_profile(city, facts.profile, tally)


def _load_profile(city: City, facts: ProfileFacts, tally: LoadedRows) -> None:
    """Profile, needs and levels come together, so that what a city took back stays away."""
    fields = {
        "working_languages": list(facts.working_languages),
        "has_interpretation": facts.has_interpretation,
        "hosting_capacity": facts.hosting_capacity,
        "guest_capacity": facts.guest_capacity,
        "places_for_guests": facts.places_for_guests,
        "delegation_size": facts.delegation_size,
        "is_sample": True,
    }
    _, is_new = CityProfile.objects.get_or_create(city=city, defaults=fields)
    if not tally.count("city profiles", is_new=is_new):
        return
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
    row, is_new = Organisation.objects.get_or_create(slug=facts.slug, defaults=fields)
    if is_new:
        row.active_in.set(City.objects.filter(slug__in=facts.active_in))
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
