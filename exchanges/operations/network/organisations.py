"""An organisation: added by an office, described by its own contacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.enums import Message
from exchanges.models import City, Organisation, User
from exchanges.operations.editing import assign, raise_if_edited
from exchanges.operations.mail.outbox import tell
from exchanges.operations.network.city_claims import act_for_cities
from exchanges.operations.people.restrictions import raise_if_restricted
from exchanges.operations.people.role_changes import raise_if_frozen
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.shared_rows import take_turns
from exchanges.operations.slugs import free_slug
from exchanges.permissions import can_edit_organisation, require
from exchanges.queries.network.names import organisation_of_name
from exchanges.queries.people.bound import people_bound_to
from exchanges.queries.people.contacts import contacts_of
from exchanges.words.formats import organisation_name

IDENTITY = ("name", "native_name", "acronym", "native_acronym", "kind", "city", "affiliated_to")
ORGANISATION = (*IDENTITY, "website", "about")
NAMES = ("name", "native_name", "acronym", "native_acronym")


class NameTaken(Refusal):
    """Two organisations of one country never have the same name."""

    def __init__(self, other: Organisation) -> None:
        super().__init__(
            _(
                "An organisation of this country has this name already: %(organisation)s in "
                "%(city)s. Ask it to take part, or enter another name."
            )
            % {"organisation": organisation_name(other), "city": other.city}
        )
        self.other = other


def add(
    *,
    values: Mapping[str, Any],
    active_in: Iterable[City],
    office: Organisation,
    by: User,
    at: datetime,
) -> Organisation:
    """Add an organisation in the caller's transaction; `office` becomes its home office.

    It acts at once for cities where nobody does, and asks for the others. Raises NameTaken.
    """
    take_turns()
    organisation = Organisation(**{name: values[name] for name in IDENTITY}, home_office=office)
    _refuse_taken_name(organisation)
    name = organisation.acronym or organisation.name
    organisation.slug = free_slug(Organisation, name, "organisation")
    organisation.save()
    act_for_cities(organisation, {*active_in, organisation.city}, by=by, at=at)
    record("add", organisation, by=by, at=at, kind=organisation.kind, home_office=office.pk)
    return organisation


@transaction.atomic
def edit(
    *,
    organisation: Organisation,
    values: Mapping[str, Any],
    active_in: Iterable[City],
    revision: int | None,
    by: User,
    at: datetime,
) -> Organisation:
    """Save what it is and says of itself; a city where others act is asked for.

    The home office and the parties of agreements hear of another name.

    Raises NameTaken, EditedMeanwhile when somebody saved since the form was opened, and for
    another name RolesAreFrozen while somebody objects to a change of roles, and RecoveredLately.
    """
    take_turns()
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(can_edit_organisation(by, row))
    raise_if_edited(row, revision)
    if any(values[name] != getattr(row, name) for name in NAMES):
        raise_if_frozen(row)
        raise_if_restricted(by, row, at=at)
    with tell_renamed(row, by=by, at=at):
        changed = assign(row, {name: values[name] for name in ORGANISATION})
    if not {"name", "native_name", "city"}.isdisjoint(changed):
        _refuse_taken_name(row)
    if act_for_cities(row, {*active_in, row.city}, by=by, at=at):
        changed.append("active_in")
    if changed:
        row.revision += 1
        row.save()
        record("edit", row, by=by, at=at, changed=changed)
    return row


@contextmanager
def tell_renamed(organisation: Organisation, *, by: User | None, at: datetime) -> Iterator[None]:
    """Tell the home office and the parties of agreements when the block changed a name."""
    before = _names(organisation)
    yield
    if _names(organisation) != before:
        home = Organisation.objects.filter(brought_in=organisation)
        told = [*contacts_of(home), *people_bound_to(organisation, at)]
        others = [each for each in told if each != by]
        pk = organisation.pk
        tell(others, Message.ORGANISATION_RENAMED, at=at, organisation=pk, before=before)


def _names(organisation: Organisation) -> str:
    """Return the English name, and the one in its own language where it has another."""
    return " / ".join(dict.fromkeys(filter(None, (organisation.name, organisation.native_name))))


def _refuse_taken_name(organisation: Organisation) -> None:
    names = (organisation.name, organisation.native_name)
    other = organisation_of_name(names, organisation.city.country, besides=organisation.pk)
    if other is not None:
        raise NameTaken(other)
