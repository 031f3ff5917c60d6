"""What happens when the operator grants what was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from exchanges.enums import AskedState, DisputeKind, RecoveryState
from exchanges.models import CityClaim, Dispute, Handover, Recovery
from exchanges.operations.network.organisations import tell_renamed
from exchanges.operations.refusals import Refusal
from exchanges.operations.visits.held_questions import settle
from exchanges.queries.network.disputes import held_questions_about


class NameNeeded(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Say which name the organisation bears from now on."))


class TakenBack(Refusal):
    def __init__(self) -> None:
        super().__init__(_("What was asked for was taken back meanwhile, so it cannot be granted."))


def rename(dispute: Dispute, name: str, at: datetime) -> None:
    """Give the organisation this name, also when another one of the country has it."""
    if not name.strip():
        raise NameNeeded
    organisation = dispute.organisation
    with tell_renamed(organisation, by=None, at=at):
        organisation.name = name.strip()
        organisation.revision += 1
        organisation.save()


def act_for_city(dispute: Dispute, name: str, at: datetime) -> None:
    """Let the organisation act for the city, as if somebody there had agreed."""
    claims = CityClaim.objects.filter(organisation=dispute.organisation, city=dispute.city)
    last = claims.order_by("-pk").first()
    if last is None or dispute.city is None or last.state == AskedState.WITHDRAWN:
        raise TakenBack
    last.state, last.answered_by, last.answered_at = AskedState.ACCEPTED, None, at
    last.save()
    dispute.organisation.active_in.add(dispute.city)


def hand_over(dispute: Dispute, name: str, at: datetime) -> None:
    """Make the receiving office of the last offer the home office."""
    last = Handover.objects.filter(organisation=dispute.organisation).latest("pk")
    if last.state == AskedState.WITHDRAWN:
        raise TakenBack
    last.state, last.answered_by, last.answered_at = AskedState.ACCEPTED, None, at
    last.save()
    dispute.organisation.home_office = last.to_office
    dispute.organisation.save(update_fields=["home_office"])


def recover(dispute: Dispute, name: str, at: datetime) -> None:
    """Let the home office invite one contact now; nobody stops this recovery."""
    last = Recovery.objects.filter(organisation=dispute.organisation).latest("pk")
    if last.state in (RecoveryState.WITHDRAWN, RecoveryState.ENDED):
        raise TakenBack
    last.state, last.is_ordered = RecoveryState.RUNNING, True
    last.ended_by = last.ended_at = None
    last.save()


def take_as_held(dispute: Dispute, name: str, at: datetime) -> None:
    """Take the visits that name the organisation as held, as if it had confirmed them."""
    for row in held_questions_about(dispute.organisation).select_related("visit"):
        row.state, row.answered_by, row.answered_at = AskedState.ACCEPTED, None, at
        row.save()
        settle(row.visit)


EFFECTS: Mapping[DisputeKind, Callable[[Dispute, str, datetime], None]] = {
    DisputeKind.NAME: rename,
    DisputeKind.CITY: act_for_city,
    DisputeKind.HANDOVER: hand_over,
    DisputeKind.RECOVERY: recover,
    DisputeKind.HELD_VISITS: take_as_held,
}
