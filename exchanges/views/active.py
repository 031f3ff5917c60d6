"""For which organisation a person acts: one choice a session, among the person's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from exchanges.enums import MembershipRole
from exchanges.models import Organisation, User
from exchanges.queries.people.people import memberships_of

if TYPE_CHECKING:
    from exchanges.queries.people.people import MembershipWithPart

SESSION_KEY = "organisation"


class HtmxRequest(HttpRequest):
    """As django_htmx's middleware leaves it."""

    htmx: HtmxDetails


class RememberingRequest(HttpRequest):
    """A request that remembers the memberships of its person once they were read."""

    own_memberships: tuple[User, list[MembershipWithPart]]


def active_organisation(request: HttpRequest) -> Organisation | None:
    """Return the one chosen in this session, else the one joined first; None without one."""
    organisations = own_organisations(request)
    chosen = request.session.get(SESSION_KEY) if organisations else None
    return next((each for each in organisations if each.pk == chosen), None) or next(
        iter(organisations), None
    )


def own_organisations(request: HttpRequest) -> tuple[Organisation, ...]:
    """Return each organisation once, however many roles the person has in it."""
    memberships = own_memberships(request)
    return tuple({each.organisation_id: each.organisation for each in memberships}.values())


def own_memberships(request: HttpRequest) -> list[MembershipWithPart]:
    """Return those of the person who is signed in, with one query a request."""
    if not isinstance(request.user, User):
        return []
    remembering = cast(RememberingRequest, request)
    person, memberships = getattr(remembering, "own_memberships", (None, []))
    if person != request.user:
        memberships = memberships_of(request.user)
        remembering.own_memberships = (request.user, memberships)
    return memberships


def contact_organisations(request: HttpRequest) -> dict[int, Organisation]:
    """Return those for which the person proposes and answers, by id."""
    return {each.organisation_id: each.organisation for each in _contact_memberships(request)}


def is_of_an_office(request: HttpRequest) -> bool:
    """Return whether the person is a contact of a programme's coordinator."""
    return any(each.coordinates for each in _contact_memberships(request))


def is_of_a_programme(request: HttpRequest) -> bool:
    """Return whether the person belongs to a partner or the coordinator of one."""
    return any(each.coordinates or each.takes_part for each in own_memberships(request))


def _contact_memberships(request: HttpRequest) -> list[MembershipWithPart]:
    return [each for each in own_memberships(request) if each.role == MembershipRole.CONTACT]


def signed_in(request: HttpRequest) -> User:
    """Return the person, for views that are not public."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
