"""From visits of a plan to drafts of those who would propose them. Cities propose; the office
only suggests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from exchanges.enums import Message, PlanState, Side
from exchanges.models import Programme, ProgrammePlan, SentRow, StudyVisit, User
from exchanges.operations.editing import row_now
from exchanges.operations.mail.outbox import tell
from exchanges.operations.proposals.drafts import begin_draft, invite_candidates
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.permissions import can_make_plan, require
from exchanges.plans.queries.previews import RowPreview, preview_of_rows
from exchanges.queries.proposals.proposals import Beginning

LARGEST_GROUP = 200


class NothingChosen(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Choose at least one visit."))


class RowsNotSendable(Refusal):
    """`sentences` say why, visit by visit; nothing was sent."""

    def __init__(self, refused: Sequence[RowPreview]) -> None:
        self.sentences = tuple(_sentence(each) for each in refused)
        super().__init__(" ".join(self.sentences))


@transaction.atomic
def send_rows(*, plan: ProgrammePlan, rows: Iterable[int], by: User, at: datetime) -> list[SentRow]:
    """One draft a row, for a partner in a guest city, whose contacts are told by mail.

    Raises NothingChosen, or RowsNotSendable when one of them cannot be sent: then none is.
    """
    programme = Programme.objects.select_for_update(no_key=True).get(pk=plan.programme_id)
    require(can_make_plan(by, programme))
    plan = row_now(ProgrammePlan.objects.select_for_update(no_key=True), plan)
    previews = preview_of_rows(plan, rows, at) if plan.state == PlanState.SOLVED else ()
    if not previews:
        raise NothingChosen
    refused = [each for each in previews if not each.can_be_sent]
    if refused:
        raise RowsNotSendable(refused)
    return [_send(plan, programme, each, by, at) for each in previews]


def _send(
    plan: ProgrammePlan, programme: Programme, row: RowPreview, by: User, at: datetime
) -> SentRow:
    visit = _draft(programme, row, at)
    sent, _is_new = SentRow.objects.update_or_create(
        plan=plan, row=row.number, defaults={"visit": visit, "sent_by": by, "sent_at": at}
    )
    people = [each.user for each in row.recipients]
    tell(people, Message.VISIT_SUGGESTED, at=at, visit=visit.pk)
    facts = {"plan": plan.pk, "number": plan.number, "row": row.number}
    record("suggest", visit, by=by, at=at, **facts)
    return sent


def _draft(programme: Programme, row: RowPreview, at: datetime) -> StudyVisit:
    """Nobody proposed it yet, so that no name stands beside it. In its readers' language."""
    suggestion, partner, city = row.suggestion, row.proposer, row.proposer_city
    assert suggestion is not None
    assert partner is not None
    assert city is not None
    others = tuple(guest for guest in suggestion.guests if guest != city)
    wanted = Beginning(
        city=city,
        side=Side.GUEST,
        host=suggestion.host,
        guests=(city, *others),
        topics=suggestion.topics,
        ranges=suggestion.dates,
    )
    visit = begin_draft(programme, partner, wanted, proposed_by=None, at=at)
    with translation.override(row.recipients[0].user.language or translation.get_language()):
        visit.title, visit.purpose = suggestion.title[:200], suggestion.purpose
    visit.group_size = min(LARGEST_GROUP, row.group_size)
    visit.languages = list(row.languages)
    visit.save()
    invite_candidates(visit, row.others)
    return visit


def _sentence(row: RowPreview) -> str:
    if row.suggestion is None:
        return row.obstacles[0]
    host = {"host": row.suggestion.host, "why": row.obstacles[0]}
    return _("The visit to %(host)s cannot be sent. %(why)s") % host
