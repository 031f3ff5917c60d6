"""What is wrong with an agenda: facts only; the sentences are made where languages are known."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from exchanges.domain.agenda.local_time import Occurrence, has_clock_change, instant, occurrence


class Level(StrEnum):
    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


class ProblemKind(StrEnum):
    END_BEFORE_START = "end_before_start"
    OUTSIDE_VISIT = "outside_visit"
    TIME_DOES_NOT_EXIST = "time_does_not_exist"
    VENUE_TWICE = "venue_twice"
    PERSON_TWICE = "person_twice"
    CLOCK_CHANGE = "clock_change"


@dataclass(frozen=True)
class Session:
    """An agenda item as its host sees it; `zone` is an IANA name. One not saved yet has id 0."""

    id: int
    day: date
    start: time
    end: time
    zone: str
    title: str
    venue: str | None = None
    people: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    is_cancelled: bool = False

    @cached_property
    def zone_info(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def starts(self) -> datetime:
        """Local time without zone, like `ends`."""
        return datetime.combine(self.day, self.start)

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.day, self.end)


Facts = Mapping[str, str | date | time | tuple[str, ...]]


@dataclass(frozen=True)
class Problem:
    """`facts` are the values for the sentence; `session_ids` are in order of time."""

    level: Level
    kind: ProblemKind
    session_ids: tuple[int, ...]
    facts: Facts = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Agenda:
    sessions: Sequence[Session]
    first_day: date
    last_day: date


Check = Callable[[Agenda], Iterator[Problem]]


def problems(sessions: Iterable[Session], first_day: date, last_day: date) -> tuple[Problem, ...]:
    """Everything wrong with the sessions that are not cancelled: blocks first, then by time.

    Of sessions that clash, each one that starts while others run is paired with the one of these
    that runs longest: every session concerned is named, in fewer problems than there are sessions.
    """
    standing = sorted((s for s in sessions if not s.is_cancelled), key=_by_time)
    position = {session.id: number for number, session in enumerate(standing)}
    agenda = Agenda(standing, first_day, last_day)
    found = (problem for check in CHECKS for problem in check(agenda))
    return tuple(sorted(found, key=lambda p: _rank(p, position)))


def refusals(session: Session, first_day: date, last_day: date) -> tuple[Problem, ...]:
    """Return the problems with which this session must not be saved."""
    agenda = Agenda([session], first_day, last_day)
    return tuple(p for check in REFUSALS for p in check(agenda))


def _by_time(session: Session) -> tuple[date, time, time, int]:
    return session.day, session.start, session.end, session.id


def _rank(problem: Problem, position: Mapping[int, int]) -> tuple[int, int, int, tuple[int, ...]]:
    return (
        _LEVELS.index(problem.level),
        position[problem.session_ids[0]],
        _KINDS.index(problem.kind),
        tuple(position[session_id] for session_id in problem.session_ids),
    )


_LEVELS = list(Level)
_KINDS = list(ProblemKind)


def end_before_start(agenda: Agenda) -> Iterator[Problem]:
    for session in agenda.sessions:
        if session.end <= session.start:
            facts: Facts = {"start": session.start, "end": session.end}
            yield Problem(Level.BLOCK, ProblemKind.END_BEFORE_START, (session.id,), facts)


def outside_visit(agenda: Agenda) -> Iterator[Problem]:
    for session in agenda.sessions:
        if not agenda.first_day <= session.day <= agenda.last_day:
            facts: Facts = {
                "day": session.day,
                "first_day": agenda.first_day,
                "last_day": agenda.last_day,
            }
            yield Problem(Level.BLOCK, ProblemKind.OUTSIDE_VISIT, (session.id,), facts)


def time_does_not_exist(agenda: Agenda) -> Iterator[Problem]:
    for session in agenda.sessions:
        if not has_clock_change(session.day, session.zone_info):
            continue
        for moment in (session.starts, session.ends):
            if occurrence(moment, session.zone_info) is Occurrence.NEVER:
                facts: Facts = {"time": moment.time(), "day": session.day, "zone": session.zone}
                yield Problem(Level.BLOCK, ProblemKind.TIME_DOES_NOT_EXIST, (session.id,), facts)


def venue_twice(agenda: Agenda) -> Iterator[Problem]:
    by_venue: dict[str, list[Session]] = defaultdict(list)
    for session in agenda.sessions:
        if key := folded_name(session.venue or ""):
            by_venue[key].append(session)
    for sharing in by_venue.values():
        for earlier, later in clashes(sharing):
            facts: Facts = {"venue": earlier.venue or "", "day": later.day, "start": later.start}
            yield Problem(Level.BLOCK, ProblemKind.VENUE_TWICE, (earlier.id, later.id), facts)


def person_twice(agenda: Agenda) -> Iterator[Problem]:
    by_person: dict[str, list[Session]] = defaultdict(list)
    spelling: dict[str, str] = {}
    for session in agenda.sessions:
        for key, name in sorted((folded_name(name), name) for name in session.people):
            if key and session not in by_person[key][-1:]:
                by_person[key].append(session)
                spelling.setdefault(key, name)
    people: dict[tuple[Session, Session], list[str]] = defaultdict(list)
    for key, attended in by_person.items():
        for pair in clashes(attended):
            people[pair].append(spelling[key])
    for (earlier, later), names in people.items():
        facts: Facts = {"people": tuple(sorted(names)), "day": later.day, "start": later.start}
        yield Problem(Level.BLOCK, ProblemKind.PERSON_TWICE, (earlier.id, later.id), facts)


def clock_change(agenda: Agenda) -> Iterator[Problem]:
    nights: dict[tuple[date, str], list[int]] = defaultdict(list)
    for session in agenda.sessions:
        if has_clock_change(session.day, session.zone_info):
            nights[session.day, session.zone].append(session.id)
    for (day, zone), ids in nights.items():
        facts: Facts = {"day": day, "zone": zone}
        yield Problem(Level.NOTE, ProblemKind.CLOCK_CHANGE, tuple(ids), facts)


def clashes(sessions: Iterable[Session]) -> Iterator[tuple[Session, Session]]:
    """Return pairs at overlapping moments: of every session that overlaps, fewer than sessions."""
    timed = ((instant(s.starts, s.zone_info), instant(s.ends, s.zone_info), s) for s in sessions)
    lasting = ((start, end, s) for start, end, s in timed if start < end)
    running: tuple[datetime, Session] | None = None
    for start, end, session in sorted(lasting, key=lambda entry: (entry[0], entry[1], entry[2].id)):
        if running and start < running[0]:
            yield running[1], session
        if not running or end > running[0]:
            running = end, session


def folded_name(name: str) -> str:
    """Equal for two spellings of one name: case, encoding of accents and spaces do not count."""
    folded = unicodedata.normalize("NFC", name).casefold()
    return " ".join(unicodedata.normalize("NFC", folded).split())


REFUSALS: tuple[Check, ...] = (end_before_start, outside_visit, time_does_not_exist)
CHECKS: tuple[Check, ...] = (*REFUSALS, venue_twice, person_twice, clock_change)
