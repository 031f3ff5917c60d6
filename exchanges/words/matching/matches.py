"""Which cities suit another one: ranked by `domain.matching`, with the reasons in words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from exchanges.domain.dates import DateRange
from exchanges.domain.matching import (
    Component,
    ComponentKind,
    Explanation,
    Gate,
    Weights,
    common_windows,
    explain,
)
from exchanges.enums import PartnerRole, Side
from exchanges.models import City
from exchanges.words.matching.components import COMPONENT_WORDS, LABELS
from exchanges.words.matching.data import MatchingData, Team
from exchanges.words.matching.reasons import Tone, guest_sentence, sentence, tone


@dataclass(frozen=True, slots=True)
class Reason:
    words: str
    is_caution: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What one component brings: `points` of the `out_of` that its weight is worth, and why."""

    kind: ComponentKind
    label: str
    points: int
    out_of: int
    words: str


@dataclass(frozen=True)
class Match:
    """Another city as `side` sees it: a guest looks for hosts, a host for guests.

    `rank` is 0 and there are no parts for a city that is ruled out.
    """

    matching: MatchingData
    side: Side
    team: Team
    rank: int
    explanation: Explanation

    @property
    def city(self) -> City:
        return self.team.city

    @property
    def score(self) -> int:
        return self.explanation.score

    @property
    def gates(self) -> tuple[Gate, ...]:
        return self.explanation.gates

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return tuple(
            Part(each.kind, str(LABELS[each.kind]), each.points, each.out_of, self._say(each))
            for each in self.explanation.components
        )

    @property
    def bar(self) -> list[tuple[str, int]]:
        return [(part.label, part.points) for part in self.parts]

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """The gates, or what is worth telling of the components; `parts` have the rest."""
        lacking = self._lacking()
        told = [
            Reason(self._say(each), tone(each) == Tone.CAUTION)
            for each in self.gates or self.explanation.components
            if isinstance(each, Gate) or _is_told(each, is_said_better=bool(lacking))
        ]
        return (*told, *lacking)

    @cached_property
    def windows(self) -> tuple[DateRange, ...]:
        """When both are free."""
        facts = self.matching.facts
        pair = self.explanation
        common = common_windows(facts[pair.guest], facts[pair.host])
        known = len(self.matching.windows)
        return tuple(self.matching.windows[index] for index in common if index < known)

    @property
    def topics(self) -> tuple[str, ...]:
        """On which the guest would learn something, most useful first."""
        learning = [
            each for each in self.explanation.components if each.kind is ComponentKind.LEARNING
        ]
        return tuple(
            each.topic for found in learning for each in found.facts["topics"] if each.steps > 0
        )

    def _say(self, reason: Gate | Component) -> str:
        say = sentence if self.side == Side.GUEST else guest_sentence
        return say(reason, self.matching.names)

    def _lacking(self) -> list[Reason]:
        if self.side == Side.HOST or self.gates:
            return []
        found = []
        if not self.team.has(PartnerRole.LOCAL_AUTHORITY):
            found.append(_("No local authority takes part here: add a co-host city that has one"))
        if self.matching.programme.requires_umn_host and not self.team.has(PartnerRole.UMN_MEMBER):
            found.append(_("No UnionMigrantNet member takes part here: add a co-host that has one"))
        return [Reason(words, is_caution=True) for words in found]


@dataclass(frozen=True, slots=True)
class Matches:
    possible: tuple[Match, ...]
    ruled_out: tuple[Match, ...]

    def of(self, slug: str) -> Match | None:
        return next(
            (each for each in (*self.possible, *self.ruled_out) if each.city.slug == slug), None
        )


def matches_for(
    matching: MatchingData,
    city: City,
    side: Side,
    *,
    topics: Collection[str] = (),
    weights: Weights | None = None,
) -> Matches:
    """Hosts for a guest, guests for a host: best first, on these topics or all that count.

    The programme's weights hold when none are given. A city that does not take part has none.
    """
    own = matching.facts.get(city.slug)
    if own is None:
        return Matches((), ())
    pairs = []
    for team in matching.teams:
        other = matching.facts[team.city.slug]
        if other.slug != own.slug:
            guest, host = (own, other) if side == Side.GUEST else (other, own)
            found = explain(
                guest,
                host,
                weights or matching.weights,
                topics=topics,
                allow_same_country=matching.programme.allows_same_country,
            )
            pairs.append((team, found))
    pairs.sort(key=lambda pair: (-pair[1].score, pair[0].city.slug))
    possible = [pair for pair in pairs if not pair[1].is_ruled_out]
    ruled_out = [pair for pair in pairs if pair[1].is_ruled_out]
    return Matches(
        tuple(
            Match(matching, side, team, rank, found)
            for rank, (team, found) in enumerate(possible, start=1)
        ),
        tuple(Match(matching, side, team, 0, found) for team, found in ruled_out),
    )


def _is_told(component: Component, *, is_said_better: bool) -> bool:
    """Whether it tells more than that all is as usual."""
    if component.kind is ComponentKind.MIX and is_said_better:
        return False
    is_caution = tone(component) == Tone.CAUTION
    return COMPONENT_WORDS[component.kind].is_told(component.facts, is_caution)
