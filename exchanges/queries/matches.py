"""Which cities suit a proposal: ranked by `domain.matching`, with the reasons in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exchanges.domain.matching import (
    DEFAULT_WEIGHTS,
    CityFacts,
    Explanation,
    explain,
)
from exchanges.enums import PartnerRole, Side
from exchanges.formats import language_name
from exchanges.models import City, Programme, Topic
from exchanges.queries.guest_reasons import guest_sentence
from exchanges.queries.reasons import LABELS, Names, Tone, sentence, tone
from exchanges.queries.rounds import Team, facts_of, teams_of

__all__ = ["Match", "Matches", "Reason", "Team", "facts_of", "matches_for", "teams_of"]


@dataclass(frozen=True, slots=True)
class Reason:
    words: str
    is_caution: bool


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
