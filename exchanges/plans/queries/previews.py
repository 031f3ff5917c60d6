"""What sending visits of a plan would do: who would be asked to propose what, or why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchanges.domain.dates import DateRange
from exchanges.domain.matching import ComponentKind, explain
from exchanges.domain.matching.windows import indices_of
from exchanges.domain.visit_phases import UNDER_WAY
from exchanges.models import City, Membership, Organisation, Partner, ProgrammePlan, Topic
from exchanges.plans.domain.facts import PlannedVisit
from exchanges.plans.domain.snapshot import from_json, visits_of
from exchanges.plans.queries.requests import pairs_in_states
from exchanges.plans.queries.sent import sent_visits
from exchanges.plans.words.sent import Fate, SentVisit, sent_as
from exchanges.queries.matching.data import load_matching_data
from exchanges.queries.proposals.recipients import contacts_in
from exchanges.words.formats import in_sentence, listed
from exchanges.words.matching.data import MatchingData, Team

MOST_TOPICS = 3
MOST_DATES = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A visit as it would be suggested to its proposer, who decides."""

    programme: str
    host: City
    guests: tuple[City, ...]
    topics: tuple[Topic, ...]
    dates: tuple[DateRange, ...]

    @property
    def title(self) -> str:
        if not self.topics:
            return _("Study visit to %(host)s") % {"host": self.host}
        return _("%(topic)s in %(host)s") % {"topic": self.topics[0], "host": self.host}

    @property
    def purpose(self) -> str:
        if not self.topics:
            return ""
        names = {
            "guests": listed(str(city) for city in self.guests),
            "host": self.host,
            "topics": listed(in_sentence(str(topic)) for topic in self.topics),
        }
        return (
            ngettext(
                "%(guests)s wants to learn from %(host)s: %(topics)s.",
                "%(guests)s want to learn from %(host)s: %(topics)s.",
                len(self.guests),
            )
            % names
        )


@dataclass(frozen=True, slots=True)
class RowPreview:
    """Row `number` of a plan. With `obstacles` it cannot be sent, and nothing else counts.

    `recipients` are told now: they decide whether to propose. `others` are asked when they do.
    """

    number: int
    planned: PlannedVisit
    suggestion: Suggestion | None
    proposer: Partner | None
    proposer_city: City | None
    recipients: tuple[Membership, ...]
    others: tuple[Organisation, ...]
    group_size: int
    languages: tuple[str, ...]
    obstacles: tuple[str, ...]

    @property
    def can_be_sent(self) -> bool:
        return not self.obstacles


def preview_of_rows(
    plan: ProgrammePlan, rows: Iterable[int], at: datetime
) -> tuple[RowPreview, ...]:
    """In the order of the plan; numbers that are no row are left out."""
    visits = visits_of((plan.result or {}).get("visits", ()))
    chosen = sorted({row for row in rows if 0 <= row < len(visits)})
    found = load_matching_data(plan.programme, at, with_asked=True)
    desk = _Desk(plan, found)
    return tuple(desk.preview(row, visits[row]) for row in chosen)


class _Desk:
    """What all rows share; a constant number of queries."""

    def __init__(self, plan: ProgrammePlan, found: MatchingData) -> None:
        self.matching = found
        self.teams: Mapping[str, Team] = {team.city.slug: team for team in found.teams}
        self.sent: Sequence[SentVisit] = sent_visits(plan)
        self.topics = {topic.slug: topic for topic in Topic.objects.all()}
        organisations = [each.pk for team in found.teams for each in team.organisations]
        self.contacts: dict[int, list[Membership]] = {}
        for row in contacts_in(list(dict.fromkeys(organisations))):
            self.contacts.setdefault(row.organisation_id, []).append(row)
        self.live = pairs_in_states(plan.programme, UNDER_WAY)
        self.windows = from_json(plan.request).windows
        self.delegations = {
            city.slug: max(1, city.delegation) for city in from_json(plan.request).cities
        }

    def preview(self, number: int, planned: PlannedVisit) -> RowPreview:
        gone = [slug for slug in (planned.host, *planned.guests) if slug not in self.teams]
        if gone:
            return self._refused(number, planned, _("A city of this visit has left the programme."))
        asked = [self.teams[slug] for slug in (planned.host, *planned.guests)]
        asked = [team for team in asked if not team.has_accepted]
        if asked:
            words = _("Nobody in %(cities)s has accepted to take part in the programme yet.")
            names = listed(str(team.city) for team in asked)
            return self._refused(number, planned, words % {"cities": names})
        dates = self._dates(planned)
        suggestion = self._suggestion(planned, dates)
        proposer, city = self._proposer(planned)
        obstacles = self._obstacles(planned, dates)
        return RowPreview(
            number=number,
            planned=planned,
            suggestion=suggestion,
            proposer=proposer,
            proposer_city=city,
            recipients=tuple(self._contacts_of(proposer)),
            others=tuple(self._others(planned, proposer)),
            group_size=sum(self.delegations.get(guest, 1) for guest in planned.guests),
            languages=self._languages(planned),
            obstacles=tuple(obstacles),
        )

    def _refused(self, number: int, planned: PlannedVisit, sentence: str) -> RowPreview:
        return RowPreview(number, planned, None, None, None, (), (), 0, (), (sentence,))

    def _suggestion(self, planned: PlannedVisit, dates: Sequence[DateRange]) -> Suggestion:
        return Suggestion(
            programme=str(self.matching.programme),
            host=self.teams[planned.host].city,
            guests=tuple(self.teams[slug].city for slug in planned.guests),
            topics=tuple(self.topics[slug] for slug in self._useful(planned)),
            dates=tuple(dates),
        )

    def _useful(self, planned: PlannedVisit) -> list[str]:
        """Topics on which the host is ahead of its guests, the most useful to all first."""
        worth: dict[str, int] = {}
        for guest in planned.guests:
            found = explain(
                self.matching.facts[guest],
                self.matching.facts[planned.host],
                self.matching.weights,
                allow_same_country=self.matching.programme.allows_same_country,
            )
            learning = [each for each in found.components if each.kind == ComponentKind.LEARNING]
            for each in learning[0].facts["topics"] if learning else ():
                if each.steps > 0 and each.gain > 0:
                    worth[each.topic] = worth.get(each.topic, 0) + each.weight * each.gain
        return sorted(worth, key=lambda topic: (-worth[topic], topic))[:MOST_TOPICS]

    def _dates(self, planned: PlannedVisit) -> list[DateRange]:
        """The planned week when all are still free then, and the nearest others, by date."""
        cities = (planned.host, *planned.guests)
        mask = (1 << len(self.matching.windows)) - 1
        for slug in cities:
            mask &= self.matching.facts[slug].windows
        wanted = self.windows[planned.window].start
        free = [self.matching.windows[index] for index in indices_of(mask)]
        free.sort(key=lambda window: (abs((window.start - wanted).days), window.start))
        return sorted(free[:MOST_DATES])

    def _proposer(self, planned: PlannedVisit) -> tuple[Partner | None, City | None]:
        for slug in planned.guests:
            for partner in self.teams[slug].partners:
                if self._contacts_of(partner):
                    return partner, self.teams[slug].city
        return None, None

    def _others(self, planned: PlannedVisit, proposer: Partner | None) -> list[Organisation]:
        teams = [self.teams[slug] for slug in (planned.host, *planned.guests)]
        found = {
            partner.organisation_id: partner.organisation
            for team in teams
            for partner in team.partners
            if self._contacts_of(partner)
        }
        if proposer:
            found.pop(proposer.organisation_id, None)
        return list(found.values())

    def _contacts_of(self, partner: Partner | None) -> list[Membership]:
        return self.contacts.get(partner.organisation_id, []) if partner else []

    def _languages(self, planned: PlannedVisit) -> tuple[str, ...]:
        spoken = [self.matching.facts[slug].working_languages for slug in planned.guests]
        host = self.matching.facts[planned.host].working_languages
        return tuple(sorted(host.intersection(*spoken)))

    def _obstacles(self, planned: PlannedVisit, dates: Sequence[DateRange]) -> list[str]:
        found = []
        earlier = sent_as(planned, self.sent)
        if earlier and not earlier.is_dead:
            found.append(_was_sent(earlier))
        elif reference := self._repeats(planned):
            words = _("%(reference)s brings these cities together already.")
            found.append(words % {"reference": reference})
        silent = [slug for slug in (planned.host, *planned.guests) if not self._reaches(slug)]
        if silent:
            names = listed(str(self.teams[slug].city) for slug in silent)
            words = _("No organisation in %(cities)s has a contact person. Add one first.")
            found.append(words % {"cities": names})
        if not dates:
            found.append(
                _("The cities have no free week in common any more. Solve the plan again.")
            )
        return found

    def _repeats(self, planned: PlannedVisit) -> str:
        return next((self.live[pair] for pair in planned.pairs if pair in self.live), "")

    def _reaches(self, slug: str) -> bool:
        return any(self._contacts_of(partner) for partner in self.teams[slug].partners)


def _was_sent(earlier: SentVisit) -> str:
    assert earlier.visit is not None
    words = {
        Fate.DRAFT: _("It was sent already, and waits as draft %(reference)s."),
        Fate.PROPOSED: _("It was sent already, and is proposed as %(reference)s."),
    }
    agreed = _("It was sent already, and is agreed as %(reference)s.")
    return words.get(earlier.fate, agreed) % {"reference": earlier.visit.reference}
