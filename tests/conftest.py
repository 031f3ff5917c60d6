"""What every test may use. A test with a fixture of the browser is marked `browser` by itself."""

import gc
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.utils import translation
from hypothesis import HealthCheck, settings
from playwright.sync_api import BrowserContext
from pytest_playwright import CreateContextCallback

from exchanges.models.record_triggers import remove_record_triggers
from tests.catalogues import compile_catalogues
from tests.moment import AT, NAME, Clock, mend_sleep

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in this thread

# How long an example takes depends on what else the machine does.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

CHROMIUM = Path("/usr/bin/chromium")
FLUSHING = {"transactional_db", "live_server", "site"}

if NAME in os.environ:
    late = datetime.now(UTC) - AT
    assert timedelta() <= late < timedelta(hours=2), f"faketime has not moved this process: {late}"
    mend_sleep()
traveller = time_machine.travel(AT, tick=False).start()
"""Started before the tests are collected, so that no module-level value asks the real clock."""


def pytest_configure() -> None:
    compile_catalogues()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end, so the garbage collector may skip it.

    What a test leaves behind is little, so it need not look often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(autouse=True)
def flush_needs_no_guard(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where the tables are emptied after a test, the record may be emptied too."""
    marker = request.node.get_closest_marker("django_db")
    flushed = bool(marker and marker.kwargs.get("transaction"))
    flushed = flushed or not FLUSHING.isdisjoint(request.fixturenames)
    if flushed:
        request.getfixturevalue("transactional_db")
    yield
    if flushed:
        cache.clear()
        remove_record_triggers()  # the flush that follows installs them again


@pytest.fixture(autouse=True)
def english() -> None:
    """A request leaves the language of its reader active in the thread."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def clock(request: pytest.FixtureRequest) -> Iterator[Clock]:
    """Every test begins at `AT`, or at the moment that its marker `moment` names."""
    marker = request.node.get_closest_marker("moment")
    moved = Clock(traveller)
    moved.move_to(marker.args[0] if marker else AT)
    yield moved
    moved.move_to(AT)


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """The address of a running program, which links in mails point to."""
    settings.BASE_URL = live_server.url
    return str(live_server.url)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "en-GB", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def console_faults() -> Iterator[list[str]]:
    """What browsers complained of. A test that expects a complaint clears it."""
    faults: list[str] = []
    yield faults
    assert faults == []


@pytest.fixture
def new_context(
    console_faults: list[str], new_context: CreateContextCallback
) -> CreateContextCallback:
    """Opens a browser context whose console errors fail the test."""

    def open_watched(**kwargs: Any) -> BrowserContext:
        context = new_context(**kwargs)
        context.on(
            "console",
            lambda message: (
                console_faults.append(f"{message.location.get('url')}: {message.text}")
                if message.type == "error"
                else None
            ),
        )
        context.on("weberror", lambda fault: console_faults.append(str(fault.error)))
        return context

    return open_watched


@pytest.fixture
def scene(db: None) -> Any:
    """A small programme with everybody whom a test asks about: a `tests.factories.Scene`."""
    from tests.factories import make_scene  # not before the clock stands: factories have days

    return make_scene()
