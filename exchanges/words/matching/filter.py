"""Narrowing matches without hiding that others were left out."""

from __future__ import annotations

from dataclasses import dataclass

from exchanges.domain.matching import common_windows
from exchanges.words.matching.data import MatchingData
from exchanges.words.matching.matches import Match, Matches


@dataclass(frozen=True, slots=True)
class MatchFilter:
    """`month` as 2027-03: only cities with a common window in it. It says nothing of those that
    are ruled out."""

    country: str = ""
    language: str = ""
    month: str = ""

    def __bool__(self) -> bool:
        return bool(self.country or self.language or self.month)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """`hidden`: how many cities the filter leaves out."""

    possible: tuple[Match, ...]
    ruled_out: tuple[Match, ...]
    hidden: int


def narrow(matching: MatchingData, matches: Matches, wanted: MatchFilter) -> Narrowed:
    month = frozenset(
        index for index, window in enumerate(matching.windows)
        if f"{window.start:%Y-%m}" == wanted.month
    )  # fmt: skip
    possible = tuple(
        match
        for match in matches.possible
        if _fits(matching, match, wanted) and (not wanted.month or month & _common(matching, match))
    )
    ruled_out = tuple(match for match in matches.ruled_out if _fits(matching, match, wanted))
    everything = len(matches.possible) + len(matches.ruled_out)
    return Narrowed(possible, ruled_out, everything - len(possible) - len(ruled_out))


def _fits(matching: MatchingData, match: Match, wanted: MatchFilter) -> bool:
    facts = matching.facts[match.city.slug]
    return wanted.country in ("", facts.country) and (
        not wanted.language or wanted.language in facts.working_languages
    )


def _common(matching: MatchingData, match: Match) -> frozenset[int]:
    pair = match.explanation
    return frozenset(common_windows(matching.facts[pair.guest], matching.facts[pair.host]))
