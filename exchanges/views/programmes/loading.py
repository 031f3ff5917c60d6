"""Finding the programme of an address, for the person who asks."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from exchanges.models import Programme, User
from exchanges.permissions import (
    can_manage_programme,
    require,
)
from exchanges.queries.programmes.offices import programmes_read_by


def readable_programme(person: User, slug: str) -> Programme:
    """Strangers get 404: only the office and auditors know of these pages."""
    return get_object_or_404(programmes_read_by(person), slug=slug)


def managed_programme(person: User, slug: str) -> Programme:
    """Auditors get 403."""
    programme = readable_programme(person, slug)
    require(can_manage_programme(person, programme))
    return programme
