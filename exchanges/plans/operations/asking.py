"""Plans of a programme, by its office: asked for, changed into others, stopped.

A plan is a snapshot: what it was made from is written once. Solving is `plan_solving`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchanges.enums import PlanKind, PlanState
from exchanges.models import City, Programme, ProgrammePlan, User
from exchanges.operations.editing import raise_if_changed, row_now
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.permissions import can_make_plan, require
from exchanges.plans.domain.request import PlanRequest, sha256_of
from exchanges.plans.domain.snapshot import from_json, to_json
from exchanges.plans.queries.repairs import repair_request
from exchanges.plans.queries.requests import PlanOptions, exchanges_left, request_of
from exchanges.plans.words.obstacles import obstacles_of

MOST_CITIES = 2000
MOST_WAITING = 3
SHORTEST, LONGEST = 5, 300
LONGEST_NOTE = 2000
WAITING = (PlanState.QUEUED, PlanState.SOLVING)
STOPPED = "stopped"


class PlanNotPossible(Refusal):
    """`sentences` say what to change."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)


class TooManyCities(Refusal):
    def __init__(self, count: int) -> None:
        words = _("A plan can hold %(most)d cities at most, and you chose %(count)d. Choose fewer.")
        super().__init__(words % {"most": MOST_CITIES, "count": count})


class TooManyWaiting(Refusal):
    def __init__(self) -> None:
        super().__init__(
            ngettext(
                "%(most)d plan is being solved already. Wait for it, or stop it.",
                "%(most)d plans are being solved already. Wait for one, or stop one.",
                MOST_WAITING,
            )
            % {"most": MOST_WAITING}
        )


class NotSolvedYet(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This plan is not solved yet."))


class SolvedAlready(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This plan has finished meanwhile, so there is nothing to stop."))


class NothingToRepair(Refusal):
    def __init__(self) -> None:
        super().__init__(_("No visit of this plan was cancelled: there is nothing to repair."))


def start_plan(
    *, programme: Programme, options: PlanOptions, by: User, at: datetime, note: str = ""
) -> ProgrammePlan:
    """A plan of the programme as it is now, waiting to be solved.

    Raises TooManyCities, PlanNotPossible with sentences that say what to change, TooManyWaiting.
    The same plan asked for twice while it waits is one plan.
    """
    require(can_make_plan(by, programme))
    if len(options.cities) > MOST_CITIES:
        raise TooManyCities(len(options.cities))
    _check_options(programme, options)
    request = request_of(programme, options, at)
    _refuse_obstacles(request)
    return _queue(programme, PlanKind.PLAN, request, options.time_limit, by=by, at=at, note=note)


def force_pair(
    *, plan: ProgrammePlan, guest: City, host: City, by: User, at: datetime
) -> ProgrammePlan:
    """The same plan with this pair fixed, to see what is lost.

    Raises NotSolvedYet, PlanNotPossible when the pair cannot be in any plan.
    """
    earlier = _solved(plan, by)
    request = from_json(earlier.request)
    pair = (guest.slug, host.slug)
    request = replace(request, fixed=request.fixed | {pair})
    _refuse_obstacles(request)
    return _queue_variant(earlier, PlanKind.FORCED, request, by=by, at=at)


def solve_again(*, plan: ProgrammePlan, by: User, at: datetime) -> ProgrammePlan:
    """The same snapshot once more: a proven plan gives the same objective."""
    earlier = _solved(plan, by)
    request = from_json(earlier.request)
    return _queue_variant(earlier, PlanKind(earlier.kind), request, by=by, at=at)


def repair(*, plan: ProgrammePlan, by: User, at: datetime) -> ProgrammePlan:
    """A new plan after cancellations, with the fewest changes: see `repair_request`.

    Raises NotSolvedYet, NothingToRepair.
    """
    earlier = _solved(plan, by)
    request = repair_request(earlier, at)
    if request is None:
        raise NothingToRepair
    _refuse_obstacles(request, with_wishes=False)
    return _queue_variant(earlier, PlanKind.REPAIR, request, by=by, at=at)


@transaction.atomic
def stop(*, plan: ProgrammePlan, by: User, at: datetime) -> ProgrammePlan:
    """The best plan so far becomes the result. One that nobody began to solve ends without.

    Raises SolvedAlready.
    """
    row = row_now(ProgrammePlan.objects.select_for_update(), plan)
    require(can_make_plan(by, row.programme))
    if row.state not in WAITING:
        raise SolvedAlready
    if row.stop_asked_at is not None:
        return row
    row.stop_asked_at = at
    if row.state == PlanState.QUEUED:
        row.state, row.failure, row.finished_at = PlanState.FAILED, STOPPED, at
    row.save(update_fields=["stop_asked_at", "state", "failure", "finished_at"])
    record("stop_plan", row, by=by, at=at)
    return row


@transaction.atomic
def edit_note(
    *, plan: ProgrammePlan, note: str, revision: int | None, by: User, at: datetime
) -> ProgrammePlan:
    """`revision` is the checksum of `note_values`. Raises EditedMeanwhile."""
    row = row_now(ProgrammePlan.objects.select_for_update(), plan)
    require(can_make_plan(by, row.programme))
    raise_if_changed(note_values(row), revision)
    if row.note != note:
        row.note = note
        row.save(update_fields=["note"])
        record("note_plan", row, by=by, at=at)
    return row


def note_values(plan: ProgrammePlan) -> dict[str, str]:
    """What the form of the note shows."""
    return {"note": plan.note}


def _check_options(programme: Programme, options: PlanOptions) -> None:
    left = exchanges_left(programme)
    wrong = []
    if left < 1:
        wrong.append(_("All exchanges of the programme are used or agreed. Raise its maximum."))
    elif not 1 <= options.exchanges <= left:
        words = ngettext(
            "Choose 1 exchange: that is all the programme has left.",
            "Choose between 1 and %(left)d exchanges: that is what the programme has left.",
            left,
        )
        wrong.append(words % {"left": left})
    if not 1 <= options.country_share <= 100:
        wrong.append(_("The share of one country lies between 1 and 100 per cent."))
    if not SHORTEST <= options.time_limit <= LONGEST:
        words = _("The time limit lies between %(least)d and %(most)d seconds.")
        wrong.append(words % {"least": SHORTEST, "most": LONGEST})
    if wrong:
        raise PlanNotPossible(wrong)


def _refuse_obstacles(request: PlanRequest, *, with_wishes: bool = True) -> None:
    """In a repair, what was fixed and cannot be kept is told by the result."""
    sentences = obstacles_of(request, with_wishes=with_wishes)
    if sentences:
        raise PlanNotPossible(sentences)


def _solved(plan: ProgrammePlan, by: User) -> ProgrammePlan:
    row = row_now(ProgrammePlan.objects.select_related("programme"), plan)
    require(can_make_plan(by, row.programme))
    if row.state != PlanState.SOLVED:
        raise NotSolvedYet
    return row


def _queue_variant(
    earlier: ProgrammePlan, kind: PlanKind, request: PlanRequest, *, by: User, at: datetime
) -> ProgrammePlan:
    return _queue(
        earlier.programme, kind, request, earlier.time_limit, by=by, at=at, based_on=earlier
    )


@transaction.atomic
def _queue(
    programme: Programme,
    kind: PlanKind,
    request: PlanRequest,
    time_limit: int,
    *,
    by: User,
    at: datetime,
    based_on: ProgrammePlan | None = None,
    note: str = "",
) -> ProgrammePlan:
    """Numbers have no gaps: the programme is locked while the next one is taken."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    text = to_json(request)
    sha256 = sha256_of(text)
    waiting = list(programme.plans.filter(state__in=WAITING).defer("request"))
    same = [(each.kind, each.request_sha256, each.based_on_id) for each in waiting]
    wanted = (kind.value, sha256, based_on.pk if based_on else None)
    if wanted in same:
        return waiting[same.index(wanted)]
    if len(waiting) >= MOST_WAITING:
        raise TooManyWaiting
    last = programme.plans.order_by("-number").values_list("number", flat=True).first()
    plan = ProgrammePlan.objects.create(
        programme=programme,
        number=(last or 0) + 1,
        kind=kind,
        based_on=based_on,
        request=text,
        request_sha256=sha256,
        time_limit=time_limit,
        note=note[:LONGEST_NOTE],
        created_by=by,
        created_at=at,
    )
    record("start_plan", plan, by=by, at=at, number=plan.number, kind=kind.value, sha256=sha256)
    return plan
