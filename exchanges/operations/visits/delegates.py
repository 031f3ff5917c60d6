"""Who travels, and who receives: named by each organisation that takes part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from exchanges.domain.visit_phases import AHEAD
from exchanges.enums import VisitState
from exchanges.models import Delegate, Organisation, StudyVisit, User
from exchanges.operations.editing import raise_if_changed, row_now
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.visits.moves import lock
from exchanges.operations.visits.telling import tell_delegate
from exchanges.permissions import can_name_delegates, require

PERSON = ("name", "function", "email", "languages")


class DelegatesClosed(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("Delegates can be named from the agreed date until the visit is completed.")
        )


class DelegateTwice(Refusal):
    def __init__(self) -> None:
        super().__init__(_("A person with this e-mail address takes part already."))


def add(
    *,
    visit: StudyVisit,
    organisation: Organisation,
    by: User,
    at: datetime,
    name: str,
    function: str,
    email: str,
    languages: Sequence[str],
) -> Delegate:
    """Raises DelegateTwice when the address is on the visit's list already."""
    delegate = Delegate(visit=visit, organisation=organisation, added_at=at)
    return _save(delegate, "add_delegate", by, at, name, function, email, languages)


def edit(
    *,
    delegate: Delegate,
    by: User,
    at: datetime,
    name: str,
    function: str,
    email: str,
    languages: Sequence[str],
    revision: int | None = None,
) -> Delegate:
    """Raises DelegateTwice, EditedMeanwhile, GoneMeanwhile."""
    with transaction.atomic():
        _locked(delegate.visit, delegate.organisation, by)
        row = row_now(Delegate.objects.select_for_update(), delegate)
        raise_if_changed(delegate_values(row), revision)
        return _save(row, "edit_delegate", by, at, name, function, email, languages)


@transaction.atomic
def remove(*, delegate: Delegate, by: User, at: datetime) -> None:
    """Twice is as good as once."""
    visit = _locked(delegate.visit, delegate.organisation, by)
    pk, organisation = delegate.pk, delegate.organisation_id
    if not Delegate.objects.filter(pk=pk).delete()[0]:
        return
    record("remove_delegate", visit, by=by, at=at, delegate=pk, organisation=organisation)


def delegate_values(delegate: Delegate) -> dict[str, Any]:
    """Return what the form of a delegate shows."""
    return {name: getattr(delegate, name) for name in PERSON}


def _save(
    delegate: Delegate,
    verb: str,
    by: User,
    at: datetime,
    name: str,
    function: str,
    email: str,
    languages: Sequence[str],
) -> Delegate:
    before = delegate.email
    delegate.name, delegate.function = name, function
    delegate.email, delegate.languages = email, list(languages)
    try:
        with transaction.atomic():
            visit = _locked(delegate.visit, delegate.organisation, by)
            delegate.save()
            organisation = delegate.organisation_id
            record(verb, visit, by=by, at=at, delegate=delegate.pk, organisation=organisation)
            if visit.state == VisitState.CONFIRMED and email != before:
                tell_delegate(delegate, "confirmed", at=at)
    except IntegrityError as error:
        if "delegate_once" not in str(error):
            raise
        raise DelegateTwice from error
    return delegate


def _locked(visit: StudyVisit, organisation: Organisation, by: User) -> StudyVisit:
    visit = lock(visit)
    require(can_name_delegates(by, visit, organisation))
    if visit.state not in AHEAD:
        raise DelegatesClosed
    return visit
