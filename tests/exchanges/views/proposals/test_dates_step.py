"""The step of a proposal that asks when: computed weeks to tick, and warnings at typed days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from exchanges.domain.dates import DateRange
from exchanges.models import Blackout, StudyVisit, VisitCity
from exchanges.queries.proposals.proposals import proposals
from exchanges.queries.proposals.weeks import common_days
from exchanges.words.cities.closures import holidays_of
from tests.factories import AT, Scene, make_city, make_confirmed_visit, make_draft
from tests.factories.visits import first_days
from tests.moment import moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(scene: Scene, client: Client) -> StudyVisit:
    client.force_login(scene.owner)
    return make_draft(scene)


def text(response: Any) -> str:
    return " ".join(str(response.content.decode()).split())


def address(draft: StudyVisit) -> str:
    return f"/proposals/{draft.reference}/dates/"


def read(draft: StudyVisit) -> StudyVisit:
    return proposals(StudyVisit.objects.filter(pk=draft.pk)).get()


def save(client: Client, draft: StudyVisit, **typed: Any) -> Any:
    draft.refresh_from_db()
    return client.post(
        address(draft), {"revision": draft.revision, "rows": 2, "then": "next", **typed}
    )


def days_of(draft: StudyVisit) -> list[date]:
    return list(draft.date_options.values_list("start_date", flat=True))


def close(city: Any, first: date, last: date, reason: str) -> None:
    Blackout.objects.create(city=city, start_date=first, end_date=last, reason=reason)


def test_weeks_in_which_all_are_free_are_boxes(
    client: Client, scene: Scene, draft: StudyVisit
) -> None:
    days = first_days()
    host_away, guest_away = (days.start + timedelta(weeks=number) for number in (1, 2))
    close(scene.host_city, host_away, host_away, "Elections")
    close(scene.guest_city, guest_away, guest_away + timedelta(days=9), "Fair")
    weeks = [week.start for week in common_days(read(draft), AT).weeks]
    assert days.start in weeks
    assert {host_away, guest_away, guest_away + timedelta(weeks=1)}.isdisjoint(weeks)
    page = text(client.get(address(draft)))
    assert f'name="weeks" value="{days.start}"' in page
    assert f'value="{host_away}"' not in page


def test_a_visit_that_is_confirmed_takes_its_week(scene: Scene, draft: StudyVisit) -> None:
    taken = make_confirmed_visit(scene)
    weeks = common_days(read(draft), AT).weeks
    assert taken.start_date not in [week.start for week in weeks]


def test_ticked_weeks_are_saved_and_ticked_again(client: Client, draft: StudyVisit) -> None:
    weeks = [str(week.start) for week in common_days(read(draft), AT).weeks[2:4]]
    assert save(client, draft, weeks=weeks).status_code == 302
    assert [str(day) for day in days_of(draft)] == weeks
    page = client.get(address(draft))
    assert text(page).count(" checked>") == 2
    assert page.context["form"]["start_0"].value() is None


def test_week_that_is_taken_meanwhile_is_refused(
    client: Client, scene: Scene, draft: StudyVisit
) -> None:
    before = days_of(draft)
    week = common_days(read(draft), AT).weeks[5]
    close(scene.host_city, week.start, week.end, "")
    answer = text(save(client, draft, weeks=[str(week.start)]))
    assert "A week that you ticked is not free any more." in answer
    assert days_of(draft) == before


def test_typed_days_on_which_the_host_is_closed_are_saved_only_after_the_reason(
    client: Client, scene: Scene, draft: StudyVisit
) -> None:
    before, day = days_of(draft), moved(date(2027, 5, 10))
    close(scene.host_city, day, day, "Elections")
    typed = {"start_0": str(day), "end_0": str(day)}
    page = save(client, draft, **typed)
    assert "Ljubljana cannot: Elections. Choose other days, or save again" in text(page)
    assert days_of(draft) == before
    warned = page.context["form"].closed
    other = str(day + timedelta(days=1))
    close(scene.host_city, day + timedelta(days=1), day + timedelta(days=1), "Fair")
    assert "Fair" in text(save(client, draft, start_0=other, end_0=other, warned=warned))
    assert save(client, draft, **typed, warned=warned).status_code == 302
    assert days_of(draft) == [day]
    assert "Ljubljana cannot: Elections" in text(client.get(address(draft)))


def test_a_public_holiday_of_the_host_is_named(
    client: Client, scene: Scene, draft: StudyVisit
) -> None:
    first = AT.date() + timedelta(weeks=6)
    city = scene.host_city
    found = holidays_of(city, DateRange(first, first + timedelta(days=200)))
    page = save(client, draft, start_0=str(found[0].dates.start), end_0=str(found[0].dates.end))
    sentence = escape(f"{found[0].about} in Ljubljana")
    assert sentence in text(page)
    assert "Choose other days, or save again to keep these." in text(page)


def test_ticked_and_typed_days_are_one_and_eight_the_most(
    client: Client, draft: StudyVisit
) -> None:
    weeks = common_days(read(draft), AT).weeks
    typed = {"start_0": str(weeks[0].start), "end_0": str(weeks[0].end)}
    eight = [str(week.start) for week in weeks[:8]]
    assert save(client, draft, weeks=eight, **typed).status_code == 302
    assert draft.date_options.count() == 8
    nine = [str(week.start) for week in weeks[:9]]
    assert "Offer at most eight date options." in text(save(client, draft, weeks=nine))


def test_one_row_more_keeps_the_ticks(client: Client, draft: StudyVisit) -> None:
    weeks = [str(week.start) for week in common_days(read(draft), AT).weeks[:3]]
    page = text(save(client, draft, weeks=weeks, then="add"))
    assert page.count(" checked>") == 3


def test_the_number_of_queries_does_not_grow_with_cities(draft: StudyVisit) -> None:
    visit = read(draft)
    with CaptureQueriesContext(
        connection,
    ) as few:
        common_days(visit, AT)
    for number, name in enumerate(("graz", "maribor", "koper")):
        VisitCity.objects.create(visit=draft, city=make_city(name), role="guest", position=number)
    visit = read(draft)
    with CaptureQueriesContext(connection) as many:
        common_days(visit, AT)
    assert len(few) == len(many)
