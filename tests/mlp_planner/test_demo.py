from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from exchanges import clock
from exchanges.enums import MembershipRole
from mlp_planner.demo.story import STORIES
from tests.factories import make_contact, make_organisation, make_user
from tests.moment import Clock

pytestmark = pytest.mark.django_db
demo_only = pytest.mark.urls("tests.mlp_planner.demo_urls")


@pytest.fixture
def demo(settings: Any, tmp_path: Path) -> None:
    settings.DEMO = True
    settings.CLOCK_FILE = tmp_path / "clock"


def test_demo_has_no_address_elsewhere(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("demo-people")
    for path in ("/demo/", "/demo/1/", "/demo/clock/", "/demo/mail/"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404


@demo_only
def test_demo_pages_are_gone_where_the_setting_is_off(client: Client, settings: Any) -> None:
    settings.DEMO = False
    person = make_user(is_sample=True)
    assert client.get(reverse("demo-people")).status_code == 404
    assert client.get(reverse("demo-clock")).status_code == 404
    assert client.post(reverse("demo-sign-in", args=[person.pk])).status_code == 404


@demo_only
def test_demo_lists_sample_persons_only(client: Client, demo: None) -> None:
    pordenone = make_organisation("City of Pordenone", slug="city-of-pordenone")
    make_contact(pordenone, name="Pordenone, contact", is_sample=True)
    make_contact(pordenone, name="Somebody real")
    make_contact(pordenone, name="Closed", is_sample=True, is_active=False)
    page = client.get(reverse("demo-people")).content.decode()
    assert "Pordenone, contact" in page
    assert "Somebody real" not in page
    assert "Closed" not in page


@demo_only
def test_demo_without_persons_says_what_to_do(client: Client, demo: None) -> None:
    assert "make demo" in client.get(reverse("demo-people")).content.decode()


@demo_only
def test_demo_signs_in_by_one_click(client: Client, demo: None) -> None:
    first = make_contact(make_organisation(), is_sample=True)
    second = make_contact(make_organisation(), is_sample=True)
    for person in (first, second):
        assert client.post(reverse("demo-sign-in", args=[person.pk])).status_code == 302
        account = client.get(reverse("exchanges:account"))
        assert account.context["user"] == person
        assert account.context["shell"].organisation == person.memberships.get().organisation
        assert len(client.get(reverse("usersessions_list")).context["sessions"]) == 1
    assert client.get(reverse("demo-sign-in", args=[first.pk])).status_code == 405


@demo_only
@pytest.mark.parametrize("fields", [{}, {"is_sample": True, "is_active": False}])
def test_demo_never_signs_in_a_real_or_closed_person(
    client: Client, demo: None, fields: dict[str, bool]
) -> None:
    person = make_user(**fields)
    assert client.post(reverse("demo-sign-in", args=[person.pk])).status_code == 404
    assert "_auth_user_id" not in client.session


@demo_only
def test_clock_moves_forward_and_the_banner_says_the_day(
    client: Client, demo: None, clock: Clock
) -> None:
    assert client.get(reverse("demo-people")).context["demo_date"] is None
    client.post(reverse("demo-clock"), {"days": "30"})
    client.post(reverse("demo-clock"), {"days": "1"})
    passed = clock.now() - timezone.now()
    assert timedelta(days=31) - passed < timedelta(minutes=1)
    page = client.get(reverse("demo-people"))
    assert page.context["demo_date"] == clock.today()


@demo_only
@pytest.mark.parametrize("days", ["", "0", "-3", "1001", "9" * 50, "x"])
def test_clock_refuses_other_jumps(client: Client, demo: None, clock: Clock, days: str) -> None:
    answer = client.post(reverse("demo-clock"), {"days": days})
    assert list(answer.context["form"].errors) == ["days"]
    assert clock.now() - timezone.now() < timedelta(minutes=1)


def test_story_is_played_by_known_roles() -> None:
    assert [len(story.steps) for story in STORIES] == [8, 3, 3]
    roles = {step.role for story in STORIES for step in story.steps}
    assert roles == {MembershipRole.CONTACT, MembershipRole.SIGNATORY}


@pytest.mark.parametrize(
    "content", [b"", b"abc", b"\xff\x00", b"-5", b"9" * 30, b"9" * 5000, "\u0661".encode() * 40]
)
def test_a_clock_file_with_nonsense_moves_nothing(
    demo: None, settings: Any, content: bytes
) -> None:
    settings.CLOCK_FILE.write_bytes(content)
    assert abs(clock.now() - timezone.now()) < timedelta(minutes=1)


def test_the_clock_stops_before_the_calendar_ends(demo: None) -> None:
    for _number in range(30):
        clock.move_demo(1000)
    assert clock.now() < timezone.now() + timedelta(days=366 * 50)
