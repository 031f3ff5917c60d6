"""For 30 days, whoever came in by a recovery may not do what could not be undone."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from exchanges.models import Organisation, User
from exchanges.operations.refusals import Refusal
from exchanges.queries.people.recoveries import restricted_until
from exchanges.words.formats import day


class RecoveredLately(Refusal):
    def __init__(self, until: datetime) -> None:
        super().__init__(
            _(
                "You came to this organisation by a recovery. From %(day)s on you can propose "
                "signatories, remove people, change names, give notice and agree to a handover."
            )
            % {"day": day(until.date())}
        )
        self.until = until


def raise_if_restricted(person: User, organisation: Organisation, *, at: datetime) -> None:
    """Raises RecoveredLately."""
    until = restricted_until(person, organisation, at)
    if until is not None:
        raise RecoveredLately(until)
