"""A proposal in words, step by step: for "check and send", and for two people in one form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.enums import (
    Side,
)
from exchanges.models import Invitation, StudyVisit
from exchanges.words.formats import day, day_range, language_name, listed, organisation_name


class Step(StrEnum):
    """The steps of a proposal, in their order; also the last part of their URLs."""

    LEARN = "learn"
    CITIES = "cities"
    DATES = "dates"
    INVITED = "invited"
    DETAILS = "details"


STEP_TITLES = {
    Step.LEARN: gettext_lazy("What to learn"),
    Step.CITIES: gettext_lazy("With whom"),
    Step.DATES: gettext_lazy("When"),
    Step.INVITED: gettext_lazy("Who is invited"),
    Step.DETAILS: gettext_lazy("Group, languages, answer by"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """`words` are lines of text; none when nothing was said yet."""

    label: str
    words: tuple[str, ...]


def summary_of(visit: StudyVisit) -> list[tuple[Step, str, list[Line]]]:
    """Reads prefetched rows."""
    return [(step, str(STEP_TITLES[step]), lines_of(visit, step)) for step in Step]


def lines_of(visit: StudyVisit, step: Step) -> list[Line]:
    lines = {
        Step.LEARN: _learn,
        Step.CITIES: _cities,
        Step.DATES: _dates,
        Step.INVITED: _invited,
        Step.DETAILS: _details,
    }
    return lines[step](visit)


def said_in(visit: StudyVisit, step: Step) -> str:
    """The step in one line, for the task list."""
    words = [word for line in lines_of(visit, step) for word in line.words]
    return Truncator("; ".join(words)).chars(90)


def _learn(visit: StudyVisit) -> list[Line]:
    return [
        _line(_("Title"), visit.title),
        _line(_("Purpose"), visit.purpose),
        _line(_("Topics"), *visit.topics.all()),
    ]


def _cities(visit: StudyVisit) -> list[Line]:
    lines = [_line(_("Host city"), visit.host_city or "")]
    if co_hosts := visit.co_host_cities():
        lines.append(_line(_("Co-hosts"), *co_hosts))
    return [*lines, _line(_("Guests"), *visit.guest_cities())]


def _dates(visit: StudyVisit) -> list[Line]:
    options = [day_range(each.start_date, each.end_date) for each in visit.date_options.all()]
    return [_line(_("Date options"), *options)]


def _invited(visit: StudyVisit) -> list[Line]:
    names = [
        f"{organisation_name(each.organisation)} ({each.city})"
        for each in hosts_first(visit)
        if not each.is_proposer
    ]
    return [_line(_("Invited"), *names)]


def _details(visit: StudyVisit) -> list[Line]:
    languages = listed(language_name(code) for code in visit.languages)
    return [
        _line(_("Number of guests, about"), visit.group_size or ""),
        _line(_("Languages"), languages),
        _line(_("Answer by"), day(visit.answer_by) if visit.answer_by else ""),
        _line(_("A word to those invited"), visit.message),
    ]


def _line(label: str, *words: object) -> Line:
    return Line(label, tuple(str(each) for each in words if each))


def hosts_first(visit: StudyVisit) -> list[Invitation]:
    """The invitations as people read them: host side, then guest side; reads prefetched rows."""
    return sorted(visit.invitations.all(), key=lambda each: (each.side != Side.HOST, each.pk))
