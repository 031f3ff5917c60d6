"""Cities, organisations, topics and practices of a programme file."""

from __future__ import annotations

from exchanges.domain.programme_file.facts import (
    CityFacts,
    OrganisationFacts,
    PracticeFacts,
    ProfileFacts,
    TopicFacts,
)
from exchanges.domain.programme_file.known import Known
from exchanges.domain.programme_file.reading import COUNTRY, LANGUAGE, Node, refuse_twice
from exchanges.enums import OrganisationKind, PartnerRole

PROFILE = (
    "learning_needs",
    "working_languages",
    "hosting_capacity",
    "levels",
    "guest_capacity",
    "places_for_guests",
    "delegation",
)
MOST_PLACES = 200


def read_cities(file: Node, known: Known) -> tuple[CityFacts, ...]:
    nodes = file.need("cities").items()
    refuse_twice(nodes, "slug")
    profiles = read_profiles(file.maybe("assumed"), known)
    return tuple(_city(node, profiles) for node in nodes)


def _city(node: Node, profiles: dict[str, ProfileFacts]) -> CityFacts:
    node.members()
    slug = node.need("slug").slug()
    return CityFacts(
        slug=slug,
        names=node.need("names").names(),
        country=node.need("country").code(COUNTRY, "country"),
        latitude=node.need("latitude").degrees(90),
        longitude=node.need("longitude").degrees(180),
        time_zone=node.need("time_zone").zone(),
        languages=node.need("languages").codes(LANGUAGE, "language"),
        holiday_region=node.maybe("holiday_region").text(10),
        note=node.maybe("note").text(2000, may_have_lines=True),
        profile=profiles.get(slug),
    )


def read_profiles(assumed: Node, known: Known) -> dict[str, ProfileFacts]:
    """By city; a city that no part of `assumed` names has none."""
    parts = {key: _by_city(assumed.maybe(key), known) for key in PROFILE}
    interpretation = set(assumed.maybe("interpretation").references(known.cities, "city"))
    named = {slug for part in parts.values() for slug in part} | interpretation
    absent = Node({}, "", assumed.faults)

    def part(key: str, slug: str) -> Node:
        return parts[key].get(slug, absent.maybe(key))

    return {
        slug: ProfileFacts(
            working_languages=part("working_languages", slug).codes(LANGUAGE, "language"),
            has_interpretation=slug in interpretation,
            hosting_capacity=part("hosting_capacity", slug).whole(0, MOST_PLACES),
            guest_capacity=part("guest_capacity", slug).whole(0, MOST_PLACES),
            places_for_guests=part("places_for_guests", slug).whole(0, MOST_PLACES),
            delegation_size=part("delegation", slug).whole(0, MOST_PLACES),
            needs=_by_topic(part("learning_needs", slug), known, 1, 3),
            levels=_by_topic(part("levels", slug), known, 0, 5),
        )
        for slug in sorted(named)
    }


def read_organisations(file: Node, known: Known) -> tuple[OrganisationFacts, ...]:
    nodes = file.need("organisations").items()
    refuse_twice(nodes, "slug")
    return tuple(_organisation(node, known) for node in nodes)


def _organisation(node: Node, known: Known) -> OrganisationFacts:
    node.members()
    return OrganisationFacts(
        slug=node.need("slug").slug(80),
        name=node.need("name").text(),
        native_name=node.maybe("native_name").text(),
        acronym=node.maybe("acronym").text(30),
        native_acronym=node.maybe("native_acronym").text(30),
        kind=node.need("kind").choice(OrganisationKind.values, "kind"),
        city=node.need("city").reference(known.cities, "city"),
        active_in=node.need("active_in").references(known.cities, "city"),
        affiliated_to=node.maybe("affiliated_to").reference(known.organisations, "organisation"),
        website=node.maybe("website").link(),
        note=node.maybe("note").text(2000, may_have_lines=True),
        partner_role=node.need("partner_role").choice(PartnerRole.values, "role"),
    )


def read_topics(file: Node) -> tuple[TopicFacts, ...]:
    nodes = file.need("topics").items()
    refuse_twice(nodes, "slug")
    return tuple(_topic(node) for node in nodes)


def _topic(node: Node) -> TopicFacts:
    node.members()
    return TopicFacts(slug=node.need("slug").slug(), names=node.need("names").names(150))


def read_practices(file: Node, known: Known) -> tuple[PracticeFacts, ...]:
    nodes = file.need("practices").items()
    refuse_twice(nodes, "slug")
    return tuple(_practice(node, known) for node in nodes)


def _practice(node: Node, known: Known) -> PracticeFacts:
    node.members()
    offered_by = node.need("organisations")
    return PracticeFacts(
        slug=node.need("slug").slug(80),
        title=node.need("title").text(),
        link=node.maybe("link").link(),
        topics=node.need("topics").references(known.topics, "topic"),
        organisations=offered_by.references(known.organisations, "organisation"),
    )


def _by_city(node: Node, known: Known) -> dict[str, Node]:
    found = {}
    for slug, child in node.members():
        if slug not in known.cities:
            child.fault(f'unknown city "{slug}"')
        found[slug] = child
    return found


def _by_topic(node: Node, known: Known, least: int, most: int) -> dict[str, int]:
    found = {}
    for slug, child in node.members():
        if slug not in known.topics:
            child.fault(f'unknown topic "{slug}"')
        found[slug] = child.whole(least, most)
    return found
