"""What dates make of a state: the same in Python and in SQL."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.domain.agreement_states import IN_FORCE, OVER, STATES_OF_DATES
from agreements.enums import AgreementState
from agreements.models import Agreement
from agreements.queries.states import is_in_force, is_over, is_shown_as, with_state_at
from exchanges.models import Programme
from tests.factories.agreements import make_held_visit, start_agreement
from tests.moment import AT

pytestmark = pytest.mark.django_db
ZONES = ("Pacific/Kiritimati", "Europe/Athens", "UTC", "America/Los_Angeles")
STORED = sorted(set(AgreementState) - STATES_OF_DATES)
EDGES = st.sampled_from([-400, -91, -90, -89, -2, -1, 0, 1, 2, 89, 90, 91, 92, 400])
ROWS = st.lists(
    st.tuples(st.sampled_from(STORED), EDGES, EDGES, st.sampled_from(ZONES)),
    min_size=1,
    max_size=12,
)
MINUTES = st.integers(0, 24 * 60 - 1)


@pytest.fixture
def template():
    """An agreement, with four programmes that differ in their time zone."""
    scene = make_held_visit()
    agreement = start_agreement(scene)
    for zone in ZONES:
        programme = Programme.objects.get(pk=scene.programme.pk)
        programme.pk, programme.slug, programme.time_zone = None, zone.lower()[-8:], zone
        programme.save()
    return agreement


@given(rows=ROWS, minute=MINUTES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sql_says_what_python_says(template, rows, minute):
    at = datetime(AT.year, AT.month, AT.day, tzinfo=UTC) + timedelta(minutes=minute)
    Agreement.objects.exclude(pk=template.pk).delete()
    programmes = {each.time_zone: each for each in Programme.objects.all()}
    for number, (state, first, last, zone) in enumerate(rows):
        day = at.astimezone(ZoneInfo(zone)).date()
        Agreement.objects.create(
            reference=f"R-{number}",
            visit=template.visit,
            programme=programmes[zone],
            drafter=template.drafter,
            state=state,
            state_since=AT,
            valid_from=day + timedelta(days=min(first, last)),
            valid_until=day + timedelta(days=max(first, last)),
            created_at=AT,
            created_by=template.created_by,
        )
    made = Agreement.objects.select_related("programme").filter(reference__startswith="R-")
    shown = {each.pk: each.state_at(at) for each in made}
    assert {each.pk: each.shown_state for each in with_state_at(made, at)} == shown
    found = {
        each.pk: state for state in AgreementState for each in made.filter(is_shown_as([state], at))
    }
    assert found == shown
    in_force = {pk for pk, state in shown.items() if state in IN_FORCE}
    assert set(made.filter(is_in_force(at)).values_list("pk", flat=True)) == in_force
    over = {pk for pk, state in shown.items() if state in OVER}
    assert set(made.filter(is_over(at)).values_list("pk", flat=True)) == over


@pytest.mark.parametrize("state", sorted(STATES_OF_DATES))
def test_database_stores_no_state_that_dates_make(template, state):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        Agreement.objects.filter(pk=template.pk).update(state=state)
