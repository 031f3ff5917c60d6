"""Rows that the operator names on the command line."""

from __future__ import annotations

from django.core.management.base import CommandError

from exchanges.models import Organisation, User
from exchanges.queries.people.people import account_with


def organisation_named(slug: str) -> Organisation:
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no organisation with the slug {slug}.")
    return found


def person_named(email: str) -> User:
    found = account_with(email)
    if found is None:
        raise CommandError(f"Nobody has an account with the address {email}.")
    return found
