"""Sentences for the problems of an agenda, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchanges.domain.agenda.problems import Level, Problem, ProblemKind
from exchanges.models import AgendaItem
from exchanges.words.formats import clock, day, listed


@dataclass(frozen=True, slots=True)
class ProblemLine:
    level: Level
    sentence: str
    items: tuple[AgendaItem, ...]


def agenda_in_words(items: Iterable[AgendaItem]) -> str:
    """Return the sessions that take place as plain text, a day a paragraph, for mails."""
    days: dict[date, list[str]] = {}
    for item in items:
        if item.cancelled_at is None:
            days.setdefault(item.day, []).append(session_in_words(item))
    return "\n\n".join("\n".join([day(when), *lines]) for when, lines in days.items())


def session_in_words(item: AgendaItem) -> str:
    """Return time, title and place in one line: 09:00-10:30 Welcome, Town hall, Main street 1."""
    times = f"{clock(item.start_time)}\N{EN DASH}{clock(item.end_time)}"
    place = (item.venue.name, item.venue.address) if item.venue else ()
    return f"{times} {', '.join(part for part in (item.title, *place) if part)}"


def changes_in_words(items: Iterable[AgendaItem], since: datetime) -> str:
    """Return what is new, changed or cancelled in the agenda since then, a line a session."""
    return "\n".join(
        _change(item) % {"day": day(item.day), "session": session_in_words(item)}
        for item in items
        if item.revised_at >= since
    )


def _change(item: AgendaItem) -> str:
    if item.cancelled_at is not None:
        return _("Cancelled: %(day)s, %(session)s")
    if item.revision == 1:
        return _("New: %(day)s, %(session)s")
    return _("Changed: %(day)s, %(session)s")


def problem_lines(problems: Iterable[Problem], items: Iterable[AgendaItem]) -> list[ProblemLine]:
    by_id = {item.pk: item for item in items}
    return [
        ProblemLine(problem.level, _sentence(problem, by_id), _items(problem, by_id))
        for problem in problems
    ]


def _items(problem: Problem, by_id: Mapping[int, AgendaItem]) -> tuple[AgendaItem, ...]:
    return tuple(by_id[pk] for pk in problem.session_ids if pk in by_id)


def _sentence(problem: Problem, by_id: Mapping[int, AgendaItem]) -> str:
    facts = problem.facts
    titles = [item.title for item in _items(problem, by_id)]
    named = {"first": titles[0] if titles else "", "second": titles[-1] if titles else ""}
    if problem.kind is ProblemKind.VENUE_TWICE:
        sentence = _("%(venue)s is taken twice: “%(first)s” and “%(second)s” overlap.")
        return sentence % {**named, "venue": facts["venue"]}
    if problem.kind is ProblemKind.PERSON_TWICE:
        people = facts["people"]
        assert isinstance(people, tuple)
        sentence = ngettext(
            "%(people)s is in two sessions at once: “%(first)s” and “%(second)s”.",
            "%(people)s are in two sessions at once: “%(first)s” and “%(second)s”.",
            len(people),
        )
        return sentence % {**named, "people": listed(people)}
    return _single(problem) % {**named, **_shown(problem)}


def _single(problem: Problem) -> str:
    return {
        ProblemKind.END_BEFORE_START: _("“%(first)s” ends before it starts."),
        ProblemKind.OUTSIDE_VISIT: _("“%(first)s” on %(day)s is outside the visit."),
        ProblemKind.TIME_DOES_NOT_EXIST: _(
            "“%(first)s”: %(time)s does not exist on %(day)s, clocks are put forward."
        ),
        ProblemKind.CLOCK_CHANGE: _("Clocks change in the night to %(day)s."),
    }[problem.kind]


def _shown(problem: Problem) -> dict[str, str]:
    shown: dict[str, str] = {}
    for name, fact in problem.facts.items():
        if isinstance(fact, date):
            shown[name] = day(fact, "short")
        elif isinstance(fact, time):
            shown[name] = clock(fact)
    return shown
