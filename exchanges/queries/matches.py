"""Which cities suit a proposal: ranked by `domain.matching`, with the reasons in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.domain.matching import (
    DEFAULT_WEIGHTS,
    CityFacts,
    ComponentKind,
    Explanation,
    explain,
)
from exchanges.enums import PartnerRole, Side
from exchanges.formats import language_name
from exchanges.models import City, Organisation, Partner, Programme, Topic
from exchanges.queries.guest_reasons import guest_sentence
from exchanges.queries.reasons import Names, Tone, sentence, tone

LABELS = {
    ComponentKind.LEARNING: gettext_lazy("Learning"),
    ComponentKind.LANGUAGE: gettext_lazy("Language"),
    ComponentKind.TRAVEL: gettext_lazy("Distance"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    words: str
    is_caution: bool


@dataclass(frozen=True, slots=True)
class Team:
    """A city with its partners of the programme, local authorities first."""

    city: City
    partners: tuple[Partner, ...]

    @property
    def organisations(self) -> list[Organisation]:
        return [partner.organisation for partner in self.partners]

    def has(self, role: PartnerRole) -> bool:
        return any(partner.role == role for partner in self.partners)


@dataclass(frozen=True, slots=True)
class Match:
    """`rank` is 0 and `parts` are empty for a city that is ruled out."""

    team: Team
    rank: int
    score: int
    parts: tuple[tuple[str, int], ...]
    reasons: tuple[Reason, ...]

    @property
    def city(self) -> City:
        return self.team.city


@dataclass(frozen=True, slots=True)
class Matches:
    possible: tuple[Match, ...]
    ruled_out: tuple[Match, ...]


def teams_of(programme: Programme) -> list[Team]:
    """The cities of the programme's partners, by name; a constant number of queries."""
    partners = list(
        Partner.objects.filter(programme=programme)
        .exclude(role=PartnerRole.COORDINATOR)
        .select_related("organisation__city")
        .prefetch_related("organisation__active_in")
        .order_by("organisation__name")
    )
    partners.sort(key=lambda each: list(PartnerRole).index(PartnerRole(each.role)))
    found: dict[int, list[Partner]] = {}
    for partner in partners:
        for city in partner.organisation.active_in.all():
            found.setdefault(city.pk, []).append(partner)
    teams = [Team(city, tuple(found[city.pk])) for city in _with_facts(found)]
    return sorted(teams, key=lambda team: str(team.city))


def matches_for(
    programme: Programme,
    city: City,
    side: Side,
    *,
    chosen: Iterable[Topic],
    teams: Sequence[Team],
) -> Matches:
    """Hosts for a guest, guests for a host: best first for the topics that were chosen."""
    facts = {team.city.slug: facts_of(team) for team in teams}
    topics = {topic.slug: str(topic) for topic in chosen}
    own = facts.get(city.slug)
    if own is None:
        return Matches((), ())
    explained = [
        explain(
            own if side == Side.GUEST else facts[team.city.slug],
            facts[team.city.slug] if side == Side.GUEST else own,
            DEFAULT_WEIGHTS,
            topics=list(topics),
            allow_same_country=programme.allows_same_country,
        )
        for team in teams
        if team.city.slug != city.slug
    ]
    others = [team for team in teams if team.city.slug != city.slug]
    pairs = sorted(
        zip(others, explained, strict=True), key=lambda pair: (-pair[1].score, pair[0].city.slug)
    )
    names = _names(topics, facts.values())
    possible = [pair for pair in pairs if not pair[1].is_ruled_out]
    ruled_out = [pair for pair in pairs if pair[1].is_ruled_out]
    return Matches(
        tuple(
            _match(team, each, rank, names, programme, side)
            for rank, (team, each) in enumerate(possible, start=1)
        ),
        tuple(_match(team, each, 0, names, programme, side) for team, each in ruled_out),
    )


def facts_of(team: Team) -> CityFacts:
    """A city that has told nothing of itself speaks no language and has no place to host."""
    city, profile = team.city, getattr(team.city, "profile", None)
    return CityFacts(
        slug=city.slug,
        country=city.country,
        latitude=city.latitude,
        longitude=city.longitude,
        working_languages=frozenset(profile.working_languages if profile else ()),
        has_interpretation=bool(profile and profile.has_interpretation),
        levels={each.topic.slug: each.level for each in city.topic_levels.all()},
        needs={each.topic.slug: each.weight for each in city.learning_needs.all()},
        hosting_capacity=profile.hosting_capacity if profile else 0,
        guest_capacity=profile.guest_capacity if profile else 0,
        has_local_authority=team.has(PartnerRole.LOCAL_AUTHORITY),
        has_umn_member=team.has(PartnerRole.UMN_MEMBER),
    )


def _with_facts(cities: Iterable[int]) -> QuerySet[City]:
    found = City.objects.filter(pk__in=list(cities)).select_related("profile")
    return found.prefetch_related("topic_levels__topic", "learning_needs__topic")


def _names(topics: dict[str, str], facts: Iterable[CityFacts]) -> Names:
    codes = {code for each in facts for code in each.working_languages}
    return Names(topics=topics, languages={code: language_name(code) for code in codes})


def _match(
    team: Team, each: Explanation, rank: int, names: Names, programme: Programme, side: Side
) -> Match:
    say = sentence if side == Side.GUEST else guest_sentence
    reasons = [
        Reason(say(reason, names), tone(reason) == Tone.CAUTION)
        for reason in (each.gates or each.components)
    ]
    if side == Side.GUEST and not each.is_ruled_out:
        reasons += _lacking(team, programme)
    parts = tuple((str(LABELS[part.kind]), part.points) for part in each.components)
    return Match(team, rank, each.score, parts, tuple(reasons))


def _lacking(team: Team, programme: Programme) -> list[Reason]:
    found = []
    if not team.has(PartnerRole.LOCAL_AUTHORITY):
        found.append(_("No local authority takes part here: add a co-host city that has one"))
    if programme.requires_umn_host and not team.has(PartnerRole.UMN_MEMBER):
        found.append(_("No UnionMigrantNet member takes part here: add a co-host that has one"))
    return [Reason(words, is_caution=True) for words in found]
