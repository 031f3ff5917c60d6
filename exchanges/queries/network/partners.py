"""The partner directory: organisations and cities, with what they do in the programmes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from exchanges.enums import InvitationState, MembershipRole
from exchanges.models import (
    City,
    Membership,
    Organisation,
    Partner,
    Practice,
    StudyVisit,
    User,
)
from exchanges.queries.network.search import cities_working_in, matches
from exchanges.queries.visits.visits import Reader, newest_first

SORTS = {
    "place": ("city__country", "city__slug", "lower_name", "pk"),
    "name": ("lower_name", "pk"),
    "practices": ("-practice_count", "lower_name", "pk"),
}


@dataclass(frozen=True, slots=True)
class PartnerFilter:
    """What the directory is narrowed to; kept in the URL."""

    text: str = ""
    country: str = ""
    kind: str = ""
    topic: str = ""
    language: str = ""
    sort: str = "place"


def partners() -> QuerySet[Organisation]:
    """Return organisations with a part in a programme."""
    taking_part = Partner.objects.filter(organisation=OuterRef("pk"))
    return Organisation.objects.filter(Exists(taking_part))


def find_partners(wanted: PartnerFilter) -> QuerySet[Organisation]:
    """Find partners for the list: with seat, cities and the number of practices."""
    found = partners().filter(_conditions(wanted))
    counted = found.annotate(
        practice_count=Count("practices", distinct=True), lower_name=Lower("name")
    )
    order = SORTS.get(wanted.sort, SORTS["place"])
    return counted.select_related("city").prefetch_related("active_in").order_by(*order)


def countries_of_partners() -> list[str]:
    seats = City.objects.filter(seats__in=partners())
    return list(seats.order_by("country").values_list("country", flat=True).distinct())


def organisations_for_page() -> QuerySet[Organisation]:
    roles = Partner.objects.select_related("programme").order_by("-programme__start_date")
    return Organisation.objects.select_related("city", "affiliated_to__city").prefetch_related(
        Prefetch("partnerships", queryset=roles),
        "active_in",
        "affiliates__city",
        Prefetch("practices", queryset=Practice.objects.prefetch_related("topics")),
    )


def visits_of_organisation(organisation: Organisation, reader: Reader) -> QuerySet[StudyVisit]:
    """Return visits in which it takes part, as far as the reader may see them, newest first.

    The public reads of those for which the organisation agreed to be named.
    """
    joined = organisation.invitations.filter(state=InvitationState.ACCEPTED)
    visits = StudyVisit.objects.visible_to(reader).marked_for(reader)
    concerns = Q(pk__in=StudyVisit.objects.concerning(reader).values("pk"))
    is_named = Q(pk__in=joined.filter(is_named=True).values("visit"))
    return newest_first(visits.filter(concerns | is_named, pk__in=joined.values("visit")))


def contact_persons(organisation: Organisation) -> QuerySet[User]:
    """Return the contact persons: only for those who pass `can_see_contacts`."""
    return User.objects.filter(
        is_active=True,
        memberships__organisation=organisation,
        memberships__role=MembershipRole.CONTACT,
    ).order_by("name")


def _conditions(wanted: PartnerFilter) -> Q:
    conditions = Q()
    if wanted.text:
        columns = ("search", "city__search", "active_in__search")
        hits = Organisation.objects.filter(matches(wanted.text, *columns))
        conditions &= Q(pk__in=hits.values("pk"))
    if wanted.country:
        active = Organisation.objects.filter(active_in__country=wanted.country)
        conditions &= Q(city__country=wanted.country) | Q(pk__in=active.values("pk"))
    if wanted.kind:
        conditions &= Q(kind=wanted.kind)
    if wanted.topic:
        able = Practice.objects.filter(topics__slug=wanted.topic)
        conditions &= Q(pk__in=able.values("organisations"))
    if wanted.language:
        cities = cities_working_in(wanted.language).values("pk")
        speaking = Organisation.objects.filter(active_in__in=cities)
        conditions &= Q(pk__in=speaking.values("pk"))
    return conditions


def organisations_edited_by(user: User) -> QuerySet[Organisation]:
    """Return the organisations that pass `can_edit_organisation`."""
    own = user.memberships.filter(role=MembershipRole.CONTACT).values("organisation")
    contacts = Membership.objects.filter(role=MembershipRole.CONTACT, user__is_active=True)
    left_alone = ~Exists(contacts.filter(organisation=OuterRef("pk")))
    return Organisation.objects.filter(Q(pk__in=own) | Q(left_alone, home_office__in=own))
