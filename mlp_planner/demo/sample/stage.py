"""Carrying a sample visit from step to step, by the operations that people use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from exchanges.domain.dates import DateRange
from exchanges.enums import Answer, InvitationState, PartnerRole, Side
from exchanges.models import City, Organisation, Practice, Programme, StudyVisit, Topic, User
from exchanges.operations import agenda
from exchanges.operations.proposals import invitations, proposals
from exchanges.operations.visits import delegates, visits
from mlp_planner.demo.sample.agendas import Item, sessions
from mlp_planner.demo.sample.days import SampleDays
from mlp_planner.demo.sample.people import Cast


@dataclass(frozen=True, slots=True)
class Plan:
    """A visit in words and slugs. The first of `guests` is the organisation that proposes."""

    title: str
    purpose: str
    topics: Sequence[str]
    host: str
    hosts: Sequence[str]
    guests: Sequence[str]
    group_size: int
    languages: Sequence[str]
    message: str = ""
    guest_cities: Sequence[str] = field(default_factory=tuple)
    """Where the guests are active in several cities: theirs, the proposer's first."""
    practices_seen: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Stage:
    programme: Programme
    cast: Cast
    days: SampleDays

    def draft(self, plan: Plan, *, at: datetime) -> StudyVisit:
        """Draft a visit with its topics and cities; dates and the rest are still to come."""
        proposer = _organisation(plan.guests[0])
        by, city = self.cast.contacts[proposer.slug], _city(plan.guest_cities[0])
        visit = proposals.start(
            programme=self.programme,
            organisation=proposer,
            city=city,
            side=Side.GUEST,
            by=by,
            at=at,
        )
        proposals.save_learning(
            visit=visit,
            title=plan.title,
            purpose=plan.purpose,
            topics=Topic.objects.filter(slug__in=plan.topics),
            by=by,
            at=at,
            revision=None,
        )
        guests = [_city(slug) for slug in plan.guest_cities]
        host = _city(plan.host)
        return proposals.save_cities(
            visit=visit, host=host, guests=guests, by=by, at=at, revision=None
        )

    def propose(
        self, plan: Plan, ranges: Sequence[DateRange], *, answer_days: int, at: datetime
    ) -> StudyVisit:
        visit = self.draft(plan, at=at)
        by = self._proposer(visit)
        proposals.save_dates(visit=visit, ranges=ranges, by=by, at=at, revision=None)
        asked = Organisation.objects.filter(slug__in=[*plan.hosts, *plan.guests])
        proposals.save_invited(visit=visit, organisations=asked, by=by, at=at, revision=None)
        proposals.save_details(
            visit=visit,
            group_size=plan.group_size,
            languages=plan.languages,
            answer_by=at.date() + timedelta(days=answer_days),
            message=plan.message,
            by=by,
            at=at,
            revision=None,
        )
        return proposals.propose(visit=visit, by=by, at=at)

    def accept(
        self, plan: Plan, slug: str, *, at: datetime, word: str = "", doubts: int = 0
    ) -> None:
        """Yes to all date options, and "if need be" to the last `doubts` of them."""
        visit = self.visit(plan)
        invitation = visit.invitations.get(organisation__slug=slug)
        options = list(visit.date_options.all())
        answers = {option.pk: Answer.YES for option in options}
        answers |= {option.pk: Answer.IF_NEED_BE for option in options[len(options) - doubts :]}
        by = self.cast.contacts[slug]
        invitations.accept(invitation=invitation, by=by, at=at, answers=answers, word=word)

    def accept_all(self, plan: Plan, *, at: datetime) -> None:
        asked = self.visit(plan).invitations.filter(state=InvitationState.OPEN)
        for slug in list(asked.values_list("organisation__slug", flat=True)):
            self.accept(plan, slug, at=at)

    def agree(self, plan: Plan, *, at: datetime) -> None:
        """Agree on the first date option."""
        visit = self.visit(plan)
        option = visit.date_options.all()[0]
        visits.pick_date(visit=visit, option=option, by=self._proposer(visit), at=at)

    def confirm(self, plan: Plan, *, at: datetime) -> None:
        visits.confirm(visit=self.visit(plan), by=self.cast.office, at=at)

    def name_delegates(self, plan: Plan, slugs: Sequence[str], *, at: datetime) -> None:
        """Name for each organisation a person of each role that its kind sends."""
        for slug in slugs:
            self._name_delegates(self.visit(plan), slug, at=at)

    def build_agenda(self, plan: Plan, lines: Sequence[Item], *, at: datetime) -> None:
        visit = self.visit(plan)
        for data in sessions(visit, lines):
            agenda.add_item(visit=visit, data=data, by=self._host(visit), at=at)

    def complete(self, plan: Plan, *, at: datetime) -> None:
        visit = self.visit(plan)
        visits.complete(visit=visit, by=self._host(visit), at=at)

    def close(self, plan: Plan, report: str, *, at: datetime) -> None:
        seen = list(Practice.objects.filter(slug__in=plan.practices_seen))
        visit = self.visit(plan)
        by = self._proposer(visit)
        visits.close(visit=visit, by=by, at=at, report=report, practices_seen=seen)

    def visit(self, plan: Plan) -> StudyVisit:
        return StudyVisit.objects.get(programme=self.programme, title=plan.title)

    def _name_delegates(self, visit: StudyVisit, slug: str, *, at: datetime) -> None:
        invitation = visit.invitations.get(organisation__slug=slug)
        organisation = invitation.organisation
        is_authority = invitation.role == PartnerRole.LOCAL_AUTHORITY
        for number, function in enumerate(CITY_FUNCTIONS if is_authority else UNION_FUNCTIONS, 1):
            delegates.add(
                visit=visit,
                organisation=organisation,
                by=self.cast.contacts[slug],
                at=at,
                name=f"{organisation.acronym or organisation.name}, {function.lower()}",
                function=function,
                email=f"delegate-{number}@{slug}.example",
                languages=[*invitation.city.languages[:1], "en"],
            )

    def _host(self, visit: StudyVisit) -> User:
        first = visit.invitations.filter(side=Side.HOST).order_by("pk")[0]
        return self.cast.contacts[first.organisation.slug]

    def _proposer(self, visit: StudyVisit) -> User:
        assert visit.proposer is not None
        return self.cast.contacts[visit.proposer.slug]


CITY_FUNCTIONS = ("Head of integration services", "Information desk officer")
UNION_FUNCTIONS = ("Migration officer", "Adviser")


def _organisation(slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug)


def _city(slug: str) -> City:
    return City.objects.get(slug=slug)
