"""The answers to a proposed visit, as the proposer sees them, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from exchanges.domain.dates import AnswerCount
from exchanges.domain.minimum import Missing
from exchanges.enums import Answer, InvitationState, VisitState
from exchanges.models import City, DateAnswer, DateOption, Invitation, StudyVisit, VisitCity
from exchanges.permissions import (
    Person,
    can_edit_proposal,
    is_member,
    is_office,
    own_organisation_ids,
)
from exchanges.queries.proposals.inbox import ANSWERABLE
from exchanges.queries.proposals.proposals import (
    Candidate,
    acceptances_missing,
    candidates,
    participating_cities,
    tallies_of,
)
from exchanges.words.formats import listed, organisation_name
from exchanges.words.proposals import hosts_first


@dataclass(frozen=True, slots=True)
class Column:
    """A date option with its count; rank 1 is the best.

    `is_pickable`: nobody said no, and the days are ahead. `missing` accepted and have not answered.
    """

    option: DateOption
    tally: AnswerCount
    rank: int
    is_pickable: bool
    missing: tuple[Invitation, ...]

    @property
    def is_ready(self) -> bool:
        return self.is_pickable and not self.missing

    @property
    def missing_names(self) -> str:
        return listed(organisation_name(each.organisation) for each in self.missing)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    invitation: Invitation
    answers: tuple[tuple[DateOption, Answer | None], ...]

    @property
    def can_be_sent_again(self) -> bool:
        return not self.invitation.is_proposer and self.invitation.state in ANSWERABLE


@dataclass(frozen=True, slots=True)
class Answers:
    """What `templates/exchanges/proposals/_answers.html` shows."""

    visit: StudyVisit
    options: tuple[DateOption, ...]
    columns: tuple[Column, ...]
    rows: tuple[AnswerRow, ...]
    missing: tuple[str, ...]
    said: tuple[Invitation, ...]
    can_edit: bool
    is_open: bool

    @property
    def is_ready(self) -> bool:
        return any(column.is_ready for column in self.columns)

    @property
    def is_possible(self) -> bool:
        return any(column.is_pickable for column in self.columns)

    @property
    def is_past(self) -> bool:
        return all(column.tally.is_past for column in self.columns)

    @property
    def owing(self) -> tuple[Invitation, ...]:
        """Return who accepted and has not answered a date that is possible."""
        owing = {
            each.pk
            for column in self.columns
            if column.tally.is_possible
            for each in column.missing
        }
        return tuple(row.invitation for row in self.rows if row.invitation.pk in owing)

    @property
    def can_ask(self) -> bool:
        return any(not each.is_proposer for each in self.owing)

    @property
    def must_answer(self) -> bool:
        return any(each.is_proposer for each in self.owing)


def with_answers(visits: QuerySet[StudyVisit]) -> QuerySet[StudyVisit]:
    """Read it in a constant number of queries."""
    answers = DateAnswer.objects.select_related("invitation")
    options = DateOption.objects.prefetch_related(Prefetch("answers", queryset=answers))
    options = options.select_related("offered_by__organisation__city")
    invitations = Invitation.objects.select_related("organisation__city", "city")
    return visits.select_related("programme", "host_city", "proposer__city").prefetch_related(
        Prefetch("visit_cities", queryset=VisitCity.objects.select_related("city")),
        Prefetch("invitations", queryset=invitations),
        Prefetch("date_options", queryset=options),
        "topics",
    )


def answers_of(visit: StudyVisit, user: Person, at: datetime) -> Answers:
    """`visit` comes from `with_answers`."""
    options = tuple(visit.date_options.all())
    by_pk = {option.pk: option for option in options}
    lacking = acceptances_missing(visit)
    is_open = visit.state == VisitState.PROPOSED
    invited = {each.pk: each for each in hosts_first(visit)}
    columns = tuple(
        Column(
            option=by_pk[tally.option.id],
            tally=tally,
            rank=rank,
            is_pickable=is_open and not lacking and tally.is_possible,
            missing=tuple(invited[pk] for pk in invited if pk in tally.missing),
        )
        for rank, tally in enumerate(tallies_of(visit, at), start=1)
    )
    given = {
        (answer.invitation_id, option.pk): Answer(answer.answer)
        for option in options
        for answer in option.answers.all()
    }
    rows = tuple(
        AnswerRow(each, tuple((option, given.get((each.pk, option.pk))) for option in options))
        for each in invited.values()
    )
    return Answers(
        visit=visit,
        options=options,
        columns=columns,
        rows=rows,
        missing=missing_sentences(lacking, [city for city, side in participating_cities(visit)]),
        said=tuple(_said_to(user, visit)),
        can_edit=is_open and can_edit_proposal(user, visit),
        is_open=is_open,
    )


def _said_to(user: Person, visit: StudyVisit) -> Iterator[Invitation]:
    """Words are for the proposer; the office reads them too, and who wrote them."""
    reads_all = (visit.proposer is not None and is_member(user, visit.proposer)) or is_office(
        user, visit.programme
    )
    mine = () if reads_all else own_organisation_ids(user)
    for invitation in visit.invitations.all():
        is_shown = reads_all or invitation.organisation_id in mine
        if is_shown and (invitation.word or invitation.decline_reason):
            yield invitation


def missing_sentences(missing: Iterable[Missing], cities: Iterable[City]) -> tuple[str, ...]:
    names = {city.slug: str(city) for city in cities}
    words = {
        "host_local_authority": _("A local authority on the host side has to accept."),
        "host_umn_member": _("A UnionMigrantNet member on the host side has to accept."),
        "guest_city": _("An organisation of %(city)s has to accept."),
    }
    return tuple(words[each.kind] % {"city": names.get(each.city, "")} for each in missing)


def still_to_ask(visit: StudyVisit) -> list[Candidate]:
    """Return who could be invited too; a withdrawn invitation can be sent again."""
    asked = {
        each.organisation_id
        for each in visit.invitations.all()
        if each.state != InvitationState.WITHDRAWN
    }
    return [each for each in candidates(visit) if each.organisation.pk not in asked]
