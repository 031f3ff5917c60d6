"""Sample agendas. Each line: day of the visit, from, to, kind, title, and where, led by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time, timedelta

from exchanges.enums import SessionKind
from exchanges.models import Organisation, StudyVisit
from exchanges.operations.agenda import SessionData

PLENARY, MEETING, SITE_VISIT, WORKSHOP, TRAVEL, MEAL = (
    SessionKind.PLENARY,
    SessionKind.MEETING,
    SessionKind.SITE_VISIT,
    SessionKind.WORKSHOP,
    SessionKind.TRAVEL,
    SessionKind.MEAL,
)


@dataclass(frozen=True, slots=True)
class Item:
    day: int
    start: time
    end: time
    kind: SessionKind
    title: str
    venue: str = ""
    lead: str = ""
    speakers: Sequence[str] = ()
    languages: Sequence[str] = ()
    description: str = ""


CITY_HALL = "City Hall"
TRAINING = "Le Monde des Possibles, training room"
HOSPITABLE, UNIVERBAL = "Coordinator, hospitable city", "Coordinator of Univerbal"
FR_EN = ("fr", "en")
LIEGE = (
    Item(1, time(9, 0), time(9, 30), PLENARY, "Welcome by the City of Liège", CITY_HALL,
         "city-of-liege", ("Alderman's office",), FR_EN),
    Item(1, time(9, 30), time(11, 0), MEETING, "Hospitable city motion, voted unanimously in 2017",
         CITY_HALL, "city-of-liege", (HOSPITABLE,), FR_EN,
         "How the motion came about, and what the departments have to report each year."),
    Item(1, time(11, 30), time(13, 0), SITE_VISIT, "Univerbal social interpreting service",
         TRAINING, "le-monde-des-possibles", (UNIVERBAL,), FR_EN),
    Item(1, time(13, 0), time(14, 15), MEAL, "Lunch with the interpreters", "City canteen"),
    Item(1, time(14, 30), time(17, 0), WORKSHOP, "An hour of interpreting: who orders, who pays",
         TRAINING, "le-monde-des-possibles", (UNIVERBAL, "Two social interpreters"), FR_EN),
    Item(2, time(9, 0), time(12, 30), WORKSHOP,
         "Labour law and access to the labour market for asylum seekers and refugees", TRAINING,
         "cepag", ("Trainer, CEPAG",), ("fr",),
         "We sit in on one of the eight half-day workshops; interpretation into English."),
    Item(2, time(12, 30), time(13, 45), MEAL, "Lunch", "City canteen"),
    Item(2, time(14, 0), time(16, 30), SITE_VISIT,
         "Consultations on employment law and housing, with interpreters", TRAINING,
         "le-monde-des-possibles", ("Housing adviser",), FR_EN),
    Item(2, time(19, 0), time(21, 0), MEAL, "Dinner with the unions of Liège"),
    Item(3, time(9, 30), time(11, 30), WORKSHOP, "What each city takes home", CITY_HALL,
         "city-of-liege", (HOSPITABLE, "Trainer, CEPAG"), FR_EN),
    Item(3, time(11, 30), time(12, 15), PLENARY, "Next steps towards a partnership", CITY_HALL,
         "city-of-liege", (), FR_EN),
    Item(3, time(12, 30), time(13, 30), MEAL, "Lunch, then departure", "City canteen"),
)  # fmt: skip

MUNICIPIO, ORIENTA = "Municipio, council room", "Orienta Lavoro, counselling room"
HEAD = "Head of Orienta Lavoro"
IT_EN = ("it", "en")
PORDENONE = (
    Item(1, time(9, 30), time(10, 0), PLENARY, "Welcome by the City of Pordenone", MUNICIPIO,
         "city-of-pordenone", ("Councillor for social affairs",), IT_EN),
    Item(1, time(10, 0), time(12, 0), SITE_VISIT,
         "Training internships through the Orienta Lavoro office", ORIENTA, "city-of-pordenone",
         (HEAD,), IT_EN),
    Item(1, time(11, 30), time(12, 30), MEETING, "Questions to the counsellors", ORIENTA,
         "city-of-pordenone", (HEAD, "Two counsellors"), IT_EN,
         "Begins before the tour of the same room is over: to be moved."),
    Item(1, time(12, 45), time(14, 0), MEAL, "Lunch", "City canteen"),
    Item(1, time(14, 30), time(17, 0), WORKSHOP, "Employers tell what makes an internship work",
         MUNICIPIO, "anolf-fvg", ("Three employers",), ("it",), "Interpretation into Slovene."),
    Item(2, time(9, 0), time(11, 30), SITE_VISIT,
         "180-hour course for immigrant women: cleaning trade, Italian and active citizenship",
         "ANOLF, course room", "anolf-fvg", ("Course leader",), IT_EN),
    Item(2, time(12, 0), time(13, 0), MEAL, "Lunch with participants of the course",
         "ANOLF, course room"),
    Item(2, time(14, 0), time(16, 0), PLENARY, "What Ljubljana takes home, and a return visit",
         MUNICIPIO, "city-of-pordenone", (HEAD, "Course leader"), IT_EN),
    Item(2, time(16, 30), time(17, 0), TRAVEL, "Walk to the station"),
)  # fmt: skip


def sessions(visit: StudyVisit, lines: Sequence[Item]) -> Iterator[SessionData]:
    assert visit.start_date is not None
    leads = {row.slug: row for row in Organisation.objects.filter(invitations__visit=visit)}
    for line in lines:
        yield SessionData(
            day=visit.start_date + timedelta(days=line.day - 1),
            start=line.start,
            end=line.end,
            kind=line.kind,
            title=line.title,
            description=line.description,
            venue=line.venue,
            lead=leads[line.lead] if line.lead else None,
            speakers=line.speakers,
            languages=line.languages,
        )
