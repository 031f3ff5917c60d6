"""Everything that matching a programme's cities rests on, read at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from exchanges.domain.dates import DateRange
from exchanges.domain.matching import (
    DEFAULT_WEIGHTS,
    CityFacts,
    Weights,
)
from exchanges.domain.matching.facts import ALL_WINDOWS
from exchanges.domain.matching.windows import (
    LostWindow,
    free_windows,
    lost_windows,
    planning_days,
    windows_between,
)
from exchanges.enums import AskedState, PartnerRole, WishKind
from exchanges.models import City, MatchingWeights, Organisation, Partner, Programme, Topic
from exchanges.queries.cities.closures import closures_of
from exchanges.queries.visits.meetings import Meeting, booked, meetings_of, visited
from exchanges.words.formats import language_name
from exchanges.words.matching.data import MatchingData, Names, Team


@dataclass(frozen=True, slots=True)
class CitySchedule:
    """What follows for a city from the calendar and from the visits so far."""

    windows: int = ALL_WINDOWS
    lost: Mapping[int, LostWindow] = field(default_factory=dict)
    hosting_booked: int = 0
    guest_booked: int = 0
    visited: Mapping[str, str] = field(default_factory=dict)


def load_matching_data(
    programme: Programme, at: datetime, *, with_asked: bool = False
) -> MatchingData:
    """Return all of a programme, `with_asked` also cities whose organisations have not accepted.

    A constant number of queries.
    """
    windows = windows_of(programme, at)
    teams = teams_of(programme, with_asked=with_asked)
    meetings = meetings_of([team.city.pk for team in teams])
    year = booking_year(windows, at)
    slugs = {team.city.pk: team.city.slug for team in teams}
    schedules = {
        team.city.slug: _schedule(team.city, windows, meetings, year, slugs) for team in teams
    }
    facts = {team.city.slug: facts_of(team, schedules[team.city.slug]) for team in teams}
    return MatchingData(
        programme=programme,
        at=at,
        windows=windows,
        teams=tuple(teams),
        facts=facts,
        weights=weights_of(programme),
        lost={slug: schedule.lost for slug, schedule in schedules.items()},
        names=_names(teams, facts.values(), windows),
    )


def windows_of(programme: Programme, at: datetime) -> tuple[DateRange, ...]:
    days = planning_days(at.date(), DateRange(programme.start_date, programme.end_date))
    return windows_between(days.start, days.end) if days else ()


def booking_year(windows: Sequence[DateRange], at: datetime) -> int:
    """Return the year whose visits count against the capacities: that of most windows."""
    years = Counter(window.start.year for window in windows)
    return max(years, key=lambda year: (years[year], -year), default=at.year)


def weights_of(programme: Programme) -> Weights:
    row = MatchingWeights.objects.filter(programme=programme).first()
    return row.weights if row else DEFAULT_WEIGHTS


def teams_of(programme: Programme, *, with_asked: bool = False) -> list[Team]:
    """Return the cities of the programme's partners, by name, in a constant number of queries.

    `with_asked` adds cities where all organisations of the programme are only asked.
    """
    partners = list(
        Partner.objects.filter(programme=programme)
        .exclude(role=PartnerRole.COORDINATOR)
        .select_related("organisation__city")
        .prefetch_related("organisation__active_in")
        .order_by("organisation__name")
    )
    taken = {city.pk for each in partners for city in each.organisation.active_in.all()}
    partners += _asked(programme) if with_asked else []
    partners.sort(key=lambda each: list(PartnerRole).index(PartnerRole(each.role)))
    found: dict[int, list[Partner]] = {}
    for partner in partners:
        for city in partner.organisation.active_in.all():
            if partner.pk is not None or city.pk not in taken:
                found.setdefault(city.pk, []).append(partner)
    teams = [Team(city, tuple(found[city.pk])) for city in _with_facts(found)]
    return sorted(teams, key=lambda team: str(team.city))


def _asked(programme: Programme) -> list[Partner]:
    """Return what would be partners if all who are asked accepted; they are not saved."""
    questions = (
        programme.partnership_invitations.filter(state=AskedState.OPEN)
        .select_related("organisation__city")
        .prefetch_related("organisation__active_in")
        .order_by("organisation__name")
    )
    return [
        Partner(programme=programme, organisation=each.organisation, role=each.role)
        for each in questions
    ]


def facts_of(team: Team, schedule: CitySchedule | None = None) -> CityFacts:
    """A city that has told nothing of itself speaks no language and has no place to host.

    Without a schedule it is free in every window and has met nobody.
    """
    schedule = schedule or CitySchedule()
    city, profile = team.city, getattr(team.city, "profile", None)
    levels, wishes = city.topic_levels.all(), city.wishes.all()
    return CityFacts(
        slug=city.slug,
        country=city.country,
        latitude=city.latitude,
        longitude=city.longitude,
        working_languages=frozenset(profile.working_languages if profile else ()),
        has_interpretation=bool(profile and profile.has_interpretation),
        levels={each.topic.slug: each.level for each in levels},
        needs={each.topic.slug: each.weight for each in city.learning_needs.all()},
        hosting_capacity=profile.hosting_capacity if profile else 0,
        guest_capacity=profile.guest_capacity if profile else 0,
        has_local_authority=team.has(PartnerRole.LOCAL_AUTHORITY),
        has_umn_member=team.has(PartnerRole.UMN_MEMBER),
        hosting_booked=schedule.hosting_booked,
        guest_booked=schedule.guest_booked,
        windows=schedule.windows,
        not_shown=frozenset(each.topic.slug for each in levels if not each.is_shown),
        visited=schedule.visited,
        prefers=frozenset(each.other.slug for each in wishes if each.kind == WishKind.PREFERENCE),
        vetoes=frozenset(each.other.slug for each in wishes if each.kind == WishKind.VETO),
    )


def _schedule(
    city: City,
    windows: Sequence[DateRange],
    meetings: Sequence[Meeting],
    year: int,
    slugs: Mapping[int, str],
) -> CitySchedule:
    lost: dict[int, LostWindow] = {}
    if windows:
        within = DateRange(windows[0].start, windows[-1].end)
        lost = lost_windows(windows, closures_of(city, meetings, within))
    own = [each for each in meetings if city.pk in each.cities]
    hosting, travelling = booked(own, city.pk, year)
    return CitySchedule(
        windows=free_windows(len(windows), lost),
        lost=lost,
        hosting_booked=hosting,
        guest_booked=travelling,
        visited={
            slugs[host]: month for host, month in visited(own, city.pk).items() if host in slugs
        },
    )


def _with_facts(cities: Iterable[int]) -> QuerySet[City]:
    found = City.objects.filter(pk__in=list(cities)).select_related("profile")
    return found.prefetch_related(
        "topic_levels__topic", "learning_needs__topic", "blackouts", "wishes__other"
    )


def _names(
    teams: Iterable[Team], facts: Iterable[CityFacts], windows: Sequence[DateRange]
) -> Names:
    codes = {code for each in facts for code in each.working_languages}
    return Names(
        topics={topic.slug: str(topic) for topic in Topic.objects.all()},
        languages={code: language_name(code) for code in codes},
        windows=windows,
        cities={team.city.slug: str(team.city) for team in teams},
    )


def coordinators_cities(matching: MatchingData) -> list[tuple[City, Organisation]]:
    """Return cities where only the coordinator sits: they neither host nor travel."""
    coordinator = matching.programme.coordinator
    cities = coordinator.active_in.exclude(slug__in=list(matching.facts))
    return [(city, coordinator) for city in cities]
