"""Finding the programme of an address, for the person who asks."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from exchanges.models import Programme, User
from exchanges.permissions import (
    can_manage_programme,
    require,
)
from exchanges.queries.programmes.offices import programmes_read_by
from exchanges.queries.programmes.planning import programmes_with


def readable_programme(person: User, slug: str) -> Programme:
    """Strangers get 404: only the office and auditors know of these pages."""
    return get_object_or_404(programmes_read_by(person), slug=slug)


def programme_with_part(person: User, slug: str) -> Programme:
    """For all who belong to the programme, ended or not. Strangers get 404."""
    return get_object_or_404(programmes_with(person), slug=slug)


def managed_programme(person: User, slug: str) -> Programme:
    """Auditors get 403."""
    programme = readable_programme(person, slug)
    require(can_manage_programme(person, programme))
    return programme
