"""What the frame of every page shows of the person signed in."""

from datetime import datetime
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from exchanges import clock
from exchanges.models import Organisation, Programme, User
from exchanges.permissions import is_any_auditor
from exchanges.queries.actions import Action, actions_of
from exchanges.queries.programmes.planning import programmes_to_plan
from exchanges.views.active import (
    active_organisation,
    contact_organisations,
    is_of_a_programme,
    is_of_an_office,
    own_organisations,
)


class Shell:
    """Asks the database for what a page shows, once, and nothing for who is not signed in."""

    def __init__(self, request: HttpRequest, at: datetime) -> None:
        self._request = request
        self._at = at

    @cached_property
    def organisation(self) -> Organisation | None:
        return active_organisation(self._request)

    @cached_property
    def memberships(self) -> tuple[Organisation, ...]:
        """The organisations that the person can act for."""
        return own_organisations(self._request)

    @cached_property
    def is_contact(self) -> bool:
        """Return whether the person is a contact of the organisation that he or she acts for."""
        organisation = self.organisation
        return organisation is not None and organisation.pk in contact_organisations(self._request)

    @cached_property
    def is_office(self) -> bool:
        return is_of_an_office(self._request)

    @cached_property
    def is_matched(self) -> bool:
        """Whether the pages of matching are for this person."""
        return is_of_a_programme(self._request) or self.is_auditor

    @cached_property
    def programmes(self) -> list[Programme]:
        """Those in which the person can plan, for pages that are about one of them."""
        user = self._request.user
        return programmes_to_plan(user, self._at) if isinstance(user, User) else []

    @property
    def match_url(self) -> str:
        """Lead inside the programme of this page's address, else where one chooses."""
        match = self._request.resolver_match
        programme = match.kwargs.get("programme") if match else None
        if programme:
            return reverse("exchanges:match", args=[programme])
        return reverse("exchanges:match-choose")

    @cached_property
    def is_auditor(self) -> bool:
        return is_any_auditor(self._request.user)

    @cached_property
    def actions(self) -> list[Action]:
        """What needs the person's action, soonest first."""
        user = self._request.user
        return actions_of(user, self._at) if isinstance(user, User) else []

    @property
    def actions_count(self) -> int:
        return len(self.actions)


def shell_of(request: HttpRequest) -> Shell:
    """Return the one shell of this request, so that a view and its page ask the database once."""
    shell: Shell | None = getattr(request, "shell", None)
    if shell is None:
        shell = Shell(request, clock.now())
        request.shell = shell  # type: ignore[attr-defined]
    return shell
