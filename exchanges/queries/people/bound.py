"""Who is bound to an organisation by what wings know of, such as agreements."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from exchanges.models import Organisation, User
from exchanges.registry import Registry

bound_to: Registry[Callable[[Organisation, datetime], Iterable[User]]] = Registry("people bound")
"""Each returns people of other organisations, and not those of the organisation itself."""


def people_bound_to(organisation: Organisation, at: datetime) -> list[User]:
    """Return each person once."""
    found = {person.pk: person for source in bound_to for person in source(organisation, at)}
    return list(found.values())
