"""What a visit says about the agreement that follows from it."""

from __future__ import annotations

from collections.abc import Sequence

from agreements.domain.drafting import LANGUAGE, DraftFacts
from agreements.domain.terms import PartyTerms
from agreements.domain.validity import Validity
from exchanges.enums import CityRole
from exchanges.models import City, Invitation, StudyVisit


def draft_facts(
    visit: StudyVisit,
    invitations: Sequence[Invitation],
    *,
    reference: str,
    validity: Validity,
) -> DraftFacts:
    assert visit.host_city is not None
    guests = visit.visit_cities.filter(role=CityRole.GUEST).select_related("city")
    return DraftFacts(
        reference=reference,
        visit_reference=visit.reference,
        host_city=_english(visit.host_city),
        guest_cities=tuple(_english(guest.city) for guest in guests) or _guests(invitations),
        topics=tuple(topic.names.localize(LANGUAGE) for topic in visit.topics.all()) or ("—",),
        coordinator=visit.programme.coordinator.name,
        parties=tuple(_party(invitation) for invitation in invitations),
        validity=validity,
    )


def _party(invitation: Invitation) -> PartyTerms:
    organisation = invitation.organisation
    return PartyTerms(
        slug=organisation.slug,
        name=organisation.name,
        native_name=organisation.native_name,
        city=_english(invitation.city),
        country=invitation.city.country,
        role=invitation.role,
    )


def _guests(invitations: Sequence[Invitation]) -> tuple[str, ...]:
    cities = (each.city for each in invitations if each.city_id != each.visit.host_city_id)
    return tuple(dict.fromkeys(map(_english, cities))) or ("—",)


def _english(city: City) -> str:
    return str(city.names.localize(LANGUAGE))
