import pytest

from tests.real_clock import faults


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("datetime.now(UTC)", "datetime.now"),
        ("datetime.datetime.now(UTC)", "datetime.now"),
        ("date.today()", "date.today"),
        ("time.time()", "time.time"),
        ("from time import time", "time.time"),
        ("timezone.now()", "timezone.now"),
        ("DateTimeField(default=timezone.now)", "timezone.now"),
        ("from django.utils.timezone import now", "django.utils.timezone.now"),
        ("DateTimeField(auto_now_add=True)", "auto_now_add"),
        ("Event(at=Now())", "Now"),
    ],
)
def test_whoever_asks_the_real_clock_is_named(source: str, words: str) -> None:
    assert list(faults(source)) == [(1, words)]


@pytest.mark.parametrize("source", ["clock.now()", "time.monotonic()", "self.now()", "now()"])
def test_our_clock_and_stopwatches_are_free(source: str) -> None:
    assert list(faults(source)) == []
