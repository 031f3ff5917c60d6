"""Home and visit list with 10 and 5,000 visits against a bare view that asks as often, and
`visit.ics` against a plain string writer that is fed by the same query."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse

from exchanges.models import User
from mlp_planner.urls import urlpatterns as program
from tests.benchmarks.plain_calendar import plain_file
from tests.benchmarks.scale import Network, add_sessions, add_visits, make_network

FEW, MANY = 10, 5000
SESSIONS = (10, 1000)
ROUNDS = 9


@login_not_required
def bare(request: HttpRequest, count: int) -> HttpResponse:
    """As many of the simplest queries, and nothing else."""
    for number in range(count):
        User.objects.filter(pk=number).values_list("pk").first()
    return HttpResponse(f"{request.user}")


urlpatterns = [
    *program,
    path("bare/<int:count>/", bare),
    path("plain/<str:reference>/", plain_file),
]


def run() -> list[str]:
    with fresh_database(), override_settings(ROOT_URLCONF=__name__):
        network = make_network()
        lines = pages(network, FEW)
        lines += [calendar(network, count) for count in SESSIONS]
        return lines + pages(network, MANY)


def pages(network: Network, count: int) -> list[str]:
    add_visits(network, count)
    readers = {"an official": network.official, "the office": network.office, "the public": None}
    urls = {"home": reverse("home"), "visit list": reverse("exchanges:visit-list")}
    return [
        f"{page} of {reader}, {count:>4} visits: {compared(client_of(user), url)}"
        for page, url in urls.items()
        for reader, user in readers.items()
    ]


def compared(client: Client, url: str) -> str:
    asked = queries(client, url)
    floor = f"/bare/{max(asked - queries(client, '/bare/0/'), 0)}/" if asked else "/bare/0/"
    ours, theirs = seconds(client, url), seconds(client, floor)
    return f"{ours / theirs:5.1f} x a bare view with {asked} queries ({ours * 1000:.0f} ms)"


def calendar(network: Network, count: int) -> str:
    visit = add_sessions(network, count)
    client = client_of(network.official)
    ours = seconds(client, reverse("exchanges:visit-ics", args=[visit.reference]))
    plain = seconds(client, f"/plain/{visit.reference}/")
    ratio = f"{ours / plain:.2f} x a plain string writer after the same query"
    return f"visit.ics, {count} items: {ratio} ({ours * 1000:.1f} ms)"


def seconds(client: Client, url: str) -> float:
    taken = [timed(lambda: client.get(url)) for _ in range(ROUNDS)]
    return median(taken[1:])


def timed(ask: Callable[[], HttpResponse]) -> float:
    before = perf_counter()
    answer = ask()
    taken = perf_counter() - before
    assert answer.status_code == 200, answer.status_code
    return taken


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)


def client_of(user: User | None) -> Client:
    client = Client(SERVER_NAME="localhost")
    if user is not None:
        client.force_login(user)
    return client


@contextmanager
def fresh_database() -> Iterator[None]:
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
