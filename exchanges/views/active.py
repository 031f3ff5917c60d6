"""For which organisation a person acts.

The session remembers one of the person's own, which pages show first. A form names its own: what
it saves does not depend on what was chosen meanwhile in another window.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django_htmx.middleware import HtmxDetails

from exchanges.enums import MembershipRole
from exchanges.models import Organisation, User
from exchanges.queries.people.people import memberships_of

if TYPE_CHECKING:
    from exchanges.queries.people.people import MembershipWithPart

SESSION_KEY = "organisation"
FIELD = "organisation"


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


def organisation_named(request: HttpRequest) -> Organisation | None:
    """Return the one that the form or, on a page, the address names by its slug.

    Raises Http404 for one that is not the person's own, and for a form that names none. None for
    an address that names none.
    """
    is_form = request.method == "POST"
    slug = (request.POST if is_form else request.GET).get(FIELD, "")
    if not slug and not is_form:
        return None
    found = next((each for each in own_organisations(request) if each.slug == slug), None)
    if found is None:
        raise Http404
    return found


def chosen_first(request: HttpRequest, organisations: Iterable[Organisation]) -> list[Organisation]:
    """Return them with the one that the session remembers in front."""
    active = active_organisation(request)
    return sorted(organisations, key=lambda each: each != active)


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
