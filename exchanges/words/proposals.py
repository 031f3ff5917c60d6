"""A proposal in words, step by step. All functions read prefetched rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from exchanges.enums import (
    Side,
)
from exchanges.models import Invitation, StudyVisit
from exchanges.words.formats import day, day_range, language_name, listed, organisation_name


class ProposalStep(StrEnum):
    """The steps of a proposal, in their order; also the last part of their URLs."""

    LEARN = "learn"
    CITIES = "cities"
    DATES = "dates"
    INVITED = "invited"
    DETAILS = "details"


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """`words` are lines of text; none when nothing was said yet."""

    label: str
    words: tuple[str, ...]


def in_one_line(lines: Iterable[SummaryLine]) -> str:
    """Return what a step has, for the task list."""
    words = [word for line in lines for word in line.words]
    return Truncator("; ".join(words)).chars(90)


def learn_lines(visit: StudyVisit) -> list[SummaryLine]:
    return [
        _line(_("Title"), visit.title),
        _line(_("Purpose"), visit.purpose),
        _line(_("Topics"), *visit.topics.all()),
    ]


def cities_lines(visit: StudyVisit) -> list[SummaryLine]:
    lines = [_line(_("Host city"), visit.host_city or "")]
    if co_hosts := visit.co_host_cities():
        lines.append(_line(_("Co-hosts"), *co_hosts))
    return [*lines, _line(_("Guests"), *visit.guest_cities())]


def dates_lines(visit: StudyVisit) -> list[SummaryLine]:
    options = [day_range(each.start_date, each.end_date) for each in visit.date_options.all()]
    return [_line(_("Date options"), *options)]


def invited_lines(visit: StudyVisit) -> list[SummaryLine]:
    names = [
        f"{organisation_name(each.organisation)} ({each.city})"
        for each in hosts_first(visit)
        if not each.is_proposer
    ]
    return [_line(_("Invited"), *names)]


def details_lines(visit: StudyVisit) -> list[SummaryLine]:
    languages = listed(language_name(code) for code in visit.languages)
    return [
        _line(_("Number of guests, about"), visit.group_size or ""),
        _line(_("Languages"), languages),
        _line(_("Answer by"), day(visit.answer_by) if visit.answer_by else ""),
        _line(_("A word to those invited"), visit.message),
    ]


def _line(label: str, *words: object) -> SummaryLine:
    return SummaryLine(label, tuple(str(each) for each in words if each))


def hosts_first(visit: StudyVisit) -> list[Invitation]:
    """Return the invitations, host side first, then guest side; reads prefetched rows."""
    return sorted(visit.invitations.all(), key=lambda each: (each.side != Side.HOST, each.pk))
