"""What a contact does first for an organisation."""

from __future__ import annotations

from dataclasses import dataclass

from exchanges.enums import MembershipRole
from exchanges.models import (
    CityProfile,
    Organisation,
)


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What a contact does first for an organisation, and whether it is done."""

    organisation: Organisation
    has_profile: bool
    has_second_contact: bool
    has_proposed: bool

    @property
    def is_finished(self) -> bool:
        return self.has_profile and self.has_second_contact and self.has_proposed


def first_steps(organisation: Organisation) -> FirstSteps:
    """Read it in three queries."""
    contacts = organisation.memberships.filter(role=MembershipRole.CONTACT, user__is_active=True)
    own_profile = CityProfile.objects.filter(city=organisation.city_id, is_sample=False)
    return FirstSteps(
        organisation,
        has_profile=own_profile.exclude(working_languages=[]).exists(),
        has_second_contact=contacts.values("user").distinct().count() > 1,
        has_proposed=organisation.proposed_visits.filter(proposed_at__isnull=False).exists(),
    )
