"""What cities tell beyond the programme's file: when they are closed, what they would show, whom
they would like to meet. All made up, except which practice is whose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from exchanges.domain.dates import DateRange
from exchanges.enums import WishKind
from exchanges.models import Blackout, City, CityWish, Practice, Programme, TopicLevel
from mlp_planner.demo.sample.days import SampleDays
from mlp_planner.demo.sample.people import Cast

Season = tuple[tuple[int, int], tuple[int, int], str]
"""First and last day, as month and day, and the reason."""

CHRISTMAS: Season = ((12, 20), (12, 31), "Closed between Christmas and New Year")
NEW_YEAR: Season = ((1, 1), (1, 6), "Closed between Christmas and New Year")
AUGUST: Season = ((8, 1), (8, 31), "Summer closing of the municipal offices")
EVERY_YEAR: dict[str, tuple[Season, ...]] = {
    "athens": (CHRISTMAS, NEW_YEAR, AUGUST),
    "dolna-malina": (CHRISTMAS, NEW_YEAR, ((9, 10), (9, 20), "Harvest fair")),
    "liege": (CHRISTMAS, NEW_YEAR, ((7, 10), (8, 15), "Summer holidays of the services")),
    "ljubljana": (CHRISTMAS, NEW_YEAR, ((7, 26), (8, 15), "Collective leave")),
    "milan": (CHRISTMAS, NEW_YEAR, AUGUST, ((5, 10), (6, 12), "Municipal elections")),
    "muggia": (CHRISTMAS, NEW_YEAR, AUGUST),
    "pordenone": (CHRISTMAS, NEW_YEAR, AUGUST, ((9, 14), (9, 20), "Literary festival")),
    "sofia": (CHRISTMAS, NEW_YEAR, ((10, 11), (11, 7), "Municipal elections")),
    "trieste": (CHRISTMAS, NEW_YEAR, AUGUST, ((10, 4), (10, 11), "Regatta in the harbour")),
}
LEAST_SHOWN = 2
"""Below this level a city has nothing to show yet."""

WISHES = (
    (
        "trieste", "ljubljana", WishKind.PREFERENCE, "city-of-trieste",
        "We are neighbours: many people live on one side of the border and work on the other.",
    ),
    (
        "milan", "dolna-malina", WishKind.VETO, "city-of-milan",
        "None of our interpreters works from Bulgarian, so a visit would help neither side.",
    ),
)  # fmt: skip


def add_profiles(programme: Programme, cast: Cast, days: SampleDays) -> None:
    _link_practices(programme)
    _close(days)
    _wish(cast, days)


def _link_practices(programme: Programme) -> None:
    """A city shows the practices that its own organisations have on a topic."""
    TopicLevel.objects.filter(is_sample=True, level__lt=LEAST_SHOWN).update(is_shown=False)
    ours = Practice.objects.filter(organisations__partnerships__programme=programme)
    for shown in TopicLevel.objects.filter(is_shown=True).select_related("city", "topic"):
        found = ours.filter(topics=shown.topic, organisations__city=shown.city)
        shown.practices.set(found.distinct())


def _close(days: SampleDays) -> None:
    cities = City.objects.in_bulk(EVERY_YEAR, field_name="slug")
    Blackout.objects.bulk_create(
        Blackout(
            city=cities[slug],
            start_date=closed.start,
            end_date=closed.end,
            reason=reason,
            is_sample=True,
        )
        for slug, seasons in EVERY_YEAR.items()
        for closed, reason in _closings(seasons, days.today)
    )


def _closings(seasons: tuple[Season, ...], today: date) -> Iterator[tuple[DateRange, str]]:
    """Those of this year and the next that are not over yet."""
    for first, last, reason in seasons:
        for year in (today.year, today.year + 1):
            closed = DateRange(date(year, *first), date(year, *last))
            if closed.end >= today:
                yield closed, reason


def _wish(cast: Cast, days: SampleDays) -> None:
    cities = City.objects.in_bulk(field_name="slug")
    CityWish.objects.bulk_create(
        CityWish(
            city=cities[city],
            other=cities[other],
            kind=kind,
            reason=reason,
            said_by=cast.contacts[organisation],
            said_at=days.ago(40),
            is_sample=True,
        )
        for city, other, kind, organisation, reason in WISHES
    )
