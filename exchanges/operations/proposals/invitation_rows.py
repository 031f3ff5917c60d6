"""An invitation's row while something is done with it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from exchanges.models import Invitation
from exchanges.operations.refusals import Refusal


class AnswerTooLate(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("This invitation can no longer be answered: see where the visit stands.")
        )


def lock_invitation(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "city").get(pk=invitation.pk)


def about_invitation(invitation: Invitation) -> dict[str, Any]:
    """What the record keeps of it."""
    return {"invitation": invitation.pk, "organisation": invitation.organisation_id}
