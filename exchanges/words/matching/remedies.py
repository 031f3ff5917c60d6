"""What would change it for a city that is ruled out, gate by gate."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchanges.domain.matching import CityFacts, Gate, GateKind, find_gates
from exchanges.domain.matching.windows import ClosureKind
from exchanges.enums import Side
from exchanges.models import City
from exchanges.words.formats import day_range, listed
from exchanges.words.matching.data import Round
from exchanges.words.matching.matches import Match, Reason

MOST_WINDOWS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Remedy:
    """A gate with sentences on what would open it, and other topics (slug, name) that would."""

    reason: Reason
    ways: tuple[str, ...]
    topics: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Case:
    match: Match
    own: City
    topics: Collection[str]

    @property
    def round(self) -> Round:
        return self.match.round

    @property
    def guest(self) -> CityFacts:
        return self.round.facts[self.match.explanation.guest]

    @property
    def host(self) -> CityFacts:
        return self.round.facts[self.match.explanation.host]

    @property
    def guest_is_own(self) -> bool:
        """Whether the guest is who reads."""
        return self.match.side == Side.GUEST


def remedies_for(match: Match, own: City, topics: Collection[str]) -> list[Remedy]:
    """One a gate, in their order; none for a city that is possible."""
    if not match.gates:
        return []
    case = _Case(match, own, topics)
    return [
        Remedy(reason, tuple(_ways(gate, case)), _other_topics(gate, case))
        for gate, reason in zip(match.gates, match.reasons, strict=True)
    ]


def _ways(gate: Gate, case: _Case) -> list[str]:
    match gate.kind:
        case GateKind.SAME_COUNTRY:
            return [_("Visits lead to another country. The programme office makes this rule.")]
        case GateKind.FORBIDDEN:
            return [_forbidden(gate, case)]
        case GateKind.NO_CAPACITY:
            return [_capacity(gate, "hosting_capacity", is_own=not case.guest_is_own)]
        case GateKind.NO_GUEST_CAPACITY:
            return [_capacity(gate, "guest_capacity", is_own=case.guest_is_own)]
        case GateKind.NO_COMMON_WINDOW:
            return _windows(case)
        case GateKind.NO_COMMON_LANGUAGE:
            return [_language(case)]
        case GateKind.NO_NEEDS if case.guest_is_own:
            return [_("Say in the profile of your city what you want to learn.")]
        case GateKind.NO_NEEDS:
            return [_("It has to say in its profile what it wants to learn.")]
        case GateKind.LEARNING_TOO_SMALL if not _other_topics(gate, case):
            return [_("There is no other topic on which it would be different.")]
    return []


def _forbidden(gate: Gate, case: _Case) -> str:
    own = "guest" if case.guest_is_own else "host"
    if gate.facts["by"] == own:
        return _("You can take this back in the profile of your city.")
    return _("Ask the programme office.")


def _capacity(gate: Gate, name: str, *, is_own: bool) -> str:
    number = gate.facts[name]
    if is_own:
        words = ngettext(
            "The profile of your city says %(number)d visit a year. One more would be enough.",
            "The profile of your city says %(number)d visits a year. One more would be enough.",
            number,
        )
    else:
        words = ngettext(
            "Its profile says %(number)d visit a year. One more would be enough.",
            "Its profile says %(number)d visits a year. One more would be enough.",
            number,
        )
    return words % {"number": number}


def _windows(case: _Case) -> list[str]:
    """Weeks that one side is free and the other closed of its own will."""
    other = case.match.city.slug
    own_could = _could_free(case, case.own.slug, other)
    they_could = _could_free(case, other, case.own.slug)
    ways = []
    if own_could:
        ways.append(_("You would meet if you were free on %(days)s.") % {"days": own_could})
    if they_could:
        ways.append(_("You would meet if they were free on %(days)s.") % {"days": they_could})
    return ways or [_("Public holidays and other visits take all weeks that are left.")]


def _could_free(case: _Case, closed: str, free: str) -> str:
    round = case.round
    found = [
        round.windows[index]
        for index, lost in sorted(round.lost[closed].items())
        if round.facts[free].windows >> index & 1
        and all(reason.kind is ClosureKind.BLACKOUT for reason in lost.reasons)
    ]
    return listed(day_range(each.start, each.end) for each in found[:MOST_WINDOWS_NAMED])


def _language(case: _Case) -> str:
    names = case.round.names.languages
    own, other = case.round.facts[case.own.slug], case.round.facts[case.match.city.slug]
    if not own.working_languages:
        return _("Say in the profile of your city in which languages you work.")
    spoken = listed(sorted(names.get(code, code) for code in other.working_languages))
    if not spoken:
        return _("It has to say in its profile in which languages it works.")
    words = _("It works in %(languages)s. If one of you offers interpretation, you can meet.")
    return words % {"languages": spoken}


def _other_topics(gate: Gate, case: _Case) -> tuple[tuple[str, str], ...]:
    """Topics that the host is far enough ahead on, each by itself."""
    if gate.kind is not GateKind.LEARNING_TOO_SMALL:
        return ()
    names = case.round.names.topics
    topics = sorted(set(case.host.levels) - set(case.topics), key=lambda slug: names.get(slug, ""))
    return tuple((slug, names.get(slug, slug)) for slug in topics if _would_learn(case, slug))


def _would_learn(case: _Case, topic: str) -> bool:
    gates = find_gates(case.guest, case.host, topics=[topic], allow_same_country=True)
    return all(gate.kind is not GateKind.LEARNING_TOO_SMALL for gate in gates)
