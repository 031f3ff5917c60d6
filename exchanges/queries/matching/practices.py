"""What hosts could show of a topic."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from exchanges.enums import Side
from exchanges.models import City, Practice, TopicLevel
from exchanges.words.matching.data import Team
from exchanges.words.matching.matches import Match

PRACTICES = 3

Shown = Mapping[str, tuple[Practice, ...]]


def practices_of(matches: Sequence[Match], own: City) -> dict[str, list[Practice]]:
    """By the slug of the other city: what the host of the pair could show, at most three, on what
    the guest would learn. A constant number of queries."""
    possible = [match for match in matches if match.topics]
    if not possible:
        return {}
    hosts = {_host(match, own).city.slug: _host(match, own) for match in possible}
    topics = {topic for match in possible for topic in match.topics}
    shown = practices_to_show(list(hosts.values()), topics)
    return {
        match.city.slug: _of(_host(match, own), shown, match.topics)[:PRACTICES]
        for match in possible
    }


def _host(match: Match, own: City) -> Team:
    if match.side == Side.GUEST:
        return match.team
    return next(team for team in match.matching.teams if team.city.pk == own.pk)


def _of(team: Team, shown: Shown, topics: Iterable[str]) -> list[Practice]:
    """On these topics, in their order, each once."""
    found = [each for topic in topics for each in shown.get(f"{team.city.slug} {topic}", ())]
    return list(dict.fromkeys(found))


def practices_to_show(teams: Collection[Team], topics: Collection[str]) -> Shown:
    """Return them by "city topic": those that the city named, else all of its organisations on it.

    Four queries.
    """
    named = _named(teams, topics)
    offered = list(
        Practice.objects.filter(topics__slug__in=topics)
        .filter(organisations__in=_organisations(teams))
        .prefetch_related("topics", "organisations")
        .distinct()
    )
    found: dict[str, tuple[Practice, ...]] = {}
    for team in teams:
        own = {organisation.pk for organisation in team.organisations}
        theirs = [each for each in offered if own & {one.pk for one in each.organisations.all()}]
        for topic in topics:
            key = f"{team.city.slug} {topic}"
            on_topic = (each for each in theirs if topic in {one.slug for one in each.topics.all()})
            found[key] = named.get(key) or tuple(on_topic)
    return found


def _named(teams: Collection[Team], topics: Collection[str]) -> dict[str, tuple[Practice, ...]]:
    levels = TopicLevel.objects.filter(
        city__in=[team.city.pk for team in teams], topic__slug__in=topics
    )
    rows = levels.select_related("city", "topic").prefetch_related("practices")
    return {f"{row.city.slug} {row.topic.slug}": tuple(row.practices.all()) for row in rows}


def _organisations(teams: Collection[Team]) -> set[int]:
    return {organisation.pk for team in teams for organisation in team.organisations}
