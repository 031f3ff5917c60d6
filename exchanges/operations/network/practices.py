"""Practices, written by the contacts of the organisations that offer them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.models import Organisation, Practice, Topic, User
from exchanges.operations.editing import assign, raise_if_edited, row_now
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.slugs import free_slug
from exchanges.permissions import can_edit_organisation, can_edit_practice, require

TEXTS = ("title", "description", "language", "link")


class PracticeAlreadyThere(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Your organisation has a practice with this title already."))


class PracticeSeen(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("This practice was seen on a visit, so it stays. You can still edit it.")
        )


class NobodyOffersIt(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Choose at least one organisation that offers this practice."))


@transaction.atomic
def add(
    *,
    organisations: Sequence[Organisation],
    topics: Sequence[Topic],
    values: Mapping[str, Any],
    by: User,
    at: datetime,
) -> Practice:
    """Raises PracticeAlreadyThere for a second one of the same title, as a double click sends."""
    owners = _lock_owners(organisations, by)
    if Practice.objects.filter(organisations__in=owners, title=values["title"]).exists():
        raise PracticeAlreadyThere
    practice = Practice(**{name: values[name] for name in TEXTS})
    practice.slug = free_slug(Practice, practice.title, "practice")
    practice.save()
    practice.topics.set(topics)
    practice.organisations.set(owners)
    record("add", practice, by=by, at=at, organisations=sorted(each.pk for each in owners))
    return practice


@transaction.atomic
def edit(
    *,
    practice: Practice,
    organisations: Sequence[Organisation],
    topics: Sequence[Topic],
    values: Mapping[str, Any],
    revision: int | None,
    by: User,
    at: datetime,
) -> Practice:
    """`organisations`: those of this person that offer it; those of others stay.

    Raises EditedMeanwhile when somebody saved since the form was opened.
    """
    row = row_now(Practice.objects.select_for_update(), practice)
    require(can_edit_practice(by, row))
    raise_if_edited(row, revision)
    changed = assign(row, {name: values[name] for name in TEXTS})
    owners = _owners_after(row, organisations, by)
    if {each.pk for each in topics} != set(row.topics.values_list("pk", flat=True)):
        row.topics.set(topics)
        changed.append("topics")
    if owners != set(row.organisations.values_list("pk", flat=True)):
        row.organisations.set(owners)
        changed.append("organisations")
    if changed:
        row.revision += 1
        row.save()
        record("edit", row, by=by, at=at, changed=changed)
    return row


@transaction.atomic
def delete(*, practice: Practice, by: User, at: datetime) -> None:
    """Raises PracticeSeen once a visit has seen it."""
    row = row_now(Practice.objects.select_for_update(), practice)
    require(can_edit_practice(by, row))
    if row.seen_on.exists():
        raise PracticeSeen
    record("delete", row, by=by, at=at, slug=row.slug)
    row.delete()


def _lock_owners(organisations: Sequence[Organisation], by: User) -> list[Organisation]:
    keys = [each.pk for each in organisations]
    owners = list(Organisation.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    if not owners:
        raise NobodyOffersIt
    for owner in owners:
        require(can_edit_organisation(by, owner))
    return owners


def _owners_after(practice: Practice, chosen: Sequence[Organisation], by: User) -> set[int]:
    """Those of others as they are, and of the person's own the chosen ones."""
    others = {
        each.pk for each in practice.organisations.all() if not can_edit_organisation(by, each)
    }
    for organisation in chosen:
        require(organisation.pk in others or can_edit_organisation(by, organisation))
    owners = others | {each.pk for each in chosen}
    if not owners:
        raise NobodyOffersIt
    return owners
