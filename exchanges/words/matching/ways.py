"""What would open a gate, where that takes more than a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchanges.domain.matching import GateKind, find_gates
from exchanges.domain.matching.windows import ClosureKind
from exchanges.words.formats import day_range, listed, sort_key
from exchanges.words.matching.data import Pair

MOST_WINDOWS_NAMED = 3


def one_more_visit(number: int, *, is_own: bool) -> str:
    """`number` is how many visits a year its profile says."""
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


def weeks_to_free(pair: Pair) -> list[str]:
    """Weeks that one side is free and the other closed of its own will."""
    own, other = pair.own.slug, pair.other.slug
    own_could = _could_free(pair, own, other)
    they_could = _could_free(pair, other, own)
    found = []
    if own_could:
        found.append(_("You would meet if you were free on %(days)s.") % {"days": own_could})
    if they_could:
        found.append(_("You would meet if they were free on %(days)s.") % {"days": they_could})
    return found or [_("Public holidays and other visits take all weeks that are left.")]


def _could_free(pair: Pair, closed: str, free: str) -> str:
    matching = pair.matching
    found = [
        matching.windows[index]
        for index, lost in sorted(matching.lost[closed].items())
        if matching.facts[free].windows >> index & 1
        and all(reason.kind is ClosureKind.BLACKOUT for reason in lost.reasons)
    ]
    return listed(day_range(each.start, each.end) for each in found[:MOST_WINDOWS_NAMED])


def languages_to_add(pair: Pair) -> str:
    names = pair.matching.names.languages
    if not pair.own.working_languages:
        return _("Say in the profile of your city in which languages you work.")
    spoken = listed(sorted(names.get(code, code) for code in pair.other.working_languages))
    if not spoken:
        return _("It has to say in its profile in which languages it works.")
    words = _("It works in %(languages)s. If one of you offers interpretation, you can meet.")
    return words % {"languages": spoken}


def other_topics(pair: Pair) -> tuple[tuple[str, str], ...]:
    """Topics (slug, name) that the host is far enough ahead on, each by itself."""
    names = pair.matching.names.topics
    topics = sorted(
        set(pair.host.levels) - set(pair.topics), key=lambda slug: sort_key(names.get(slug, ""))
    )
    return tuple((slug, names.get(slug, slug)) for slug in topics if _would_learn(pair, slug))


def _would_learn(pair: Pair, topic: str) -> bool:
    gates = find_gates(pair.guest, pair.host, topics=[topic], allow_same_country=True)
    return all(gate.kind is not GateKind.LEARNING_TOO_SMALL for gate in gates)
