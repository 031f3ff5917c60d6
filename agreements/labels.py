"""The names of all values of `enums`, in the reader's language.

Models offer them as choices, so this is below the models; the domain does not see it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.enums import (
    AgreementMove,
    AgreementMover,
    AgreementState,
    ArtifactKind,
    SigningMethod,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LABELS: Mapping[type[StrEnum], Mapping[StrEnum, StrPromise]] = {
    AgreementState: {
        AgreementState.DRAFT: pgettext_lazy("agreement", "Draft"),
        AgreementState.PROPOSED: pgettext_lazy("agreement", "Proposed"),
        AgreementState.APPROVED: pgettext_lazy("agreement", "Approved"),
        AgreementState.OUT_FOR_SIGNATURE: pgettext_lazy("agreement", "Out for signature"),
        AgreementState.ACTIVE: pgettext_lazy("agreement", "In force"),
        AgreementState.UPCOMING: pgettext_lazy("agreement", "Signed, applies later"),
        AgreementState.NOTICE_GIVEN: pgettext_lazy("agreement", "In force, notice given"),
        AgreementState.EXPIRING: pgettext_lazy("agreement", "Runs out soon"),
        AgreementState.EXPIRED: pgettext_lazy("agreement", "Expired"),
        AgreementState.RENEWED: pgettext_lazy("agreement", "Renewed"),
        AgreementState.TERMINATED: pgettext_lazy("agreement", "Terminated"),
        AgreementState.DECLINED: pgettext_lazy("agreement", "Declined"),
        AgreementState.WITHDRAWN: pgettext_lazy("agreement", "Withdrawn"),
        AgreementState.VOID: pgettext_lazy("agreement", "Void"),
    },
    AgreementMove: {
        AgreementMove.START: _("Start a draft"),
        AgreementMove.EDIT_TERMS: _("Change the terms"),
        AgreementMove.PROPOSE: _("Propose to the parties"),
        AgreementMove.APPROVE: _("Approve"),
        AgreementMove.ALL_APPROVED: _("All parties approved"),
        AgreementMove.SEND_OUT: _("Send out for signature"),
        AgreementMove.RECALL: _("Recall from signature"),
        AgreementMove.SIGN: _("Sign"),
        AgreementMove.ALL_SIGNED: _("All parties signed"),
        AgreementMove.DECLINE: _("Decline"),
        AgreementMove.WITHDRAW: _("Withdraw"),
        AgreementMove.TERMINATE: _("Terminate"),
        AgreementMove.VOID: _("Declare void"),
    },
    AgreementMover: {
        AgreementMover.DRAFTER: _("Drafter"),
        AgreementMover.PARTY: _("Each party"),
        AgreementMover.SIGNATORY: _("Signatory of each party"),
        AgreementMover.SENDER: _("Drafter or programme office"),
        AgreementMover.OFFICE: _("Programme office"),
        AgreementMover.PLATFORM: _("The platform"),
    },
    SigningMethod: {
        SigningMethod.CLICK: _("By click"),
        SigningMethod.PAPER: _("On paper"),
    },
    ArtifactKind: {
        ArtifactKind.SIGNED_PDF: _("Signed PDF"),
    },
}
"""By enum, because two members with the same value are equal, whatever their enums."""


def label(member: StrEnum) -> str:
    return str(LABELS[type(member)][member])


def choices(values: type[StrEnum]) -> list[tuple[str, StrPromise]]:
    """For a field of a model or a form, in the order of the enum."""
    return [(member.value, LABELS[values][member]) for member in values]
