import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from mlp_planner.health import reason_no_room

PROBE = """
import django
django.setup()
from django.test import Client
for path in ("/healthz", "/readyz"):
    response = Client().get(path)
    print(response.status_code, response.content.decode())
"""


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_probe_answers_ok_under_any_host_and_without_session(client: Client, path: str) -> None:
    response = client.get(path, headers={"host": "10.0.0.7:8000"})
    assert (response.status_code, response.content) == (200, b"ok")
    assert response.cookies == {}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_probe_is_not_redirected_to_tls(client: Client, settings: object, path: str) -> None:
    settings.SECURE_SSL_REDIRECT = True  # type: ignore[attr-defined]
    assert client.get(path).status_code == 200
    assert client.get("/accounts/login/").status_code == 301


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probe_refuses_to_be_posted_to(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_healthz_asks_no_database(client: Client) -> None:
    assert client.get("/healthz").status_code == 200  # pytest-django refuses access here


@pytest.mark.django_db
def test_readyz_tells_of_missing_migrations(client: Client, settings: Any) -> None:
    """The tables of the tests were made without any."""
    settings.MIGRATION_MODULES = {}
    response = client.get("/readyz")
    assert response.status_code == 503
    every = MigrationLoader(None).graph.nodes
    assert response.content == b"migrations missing: %d" % len(every)


@pytest.mark.django_db
def test_readyz_tells_of_a_disk_that_is_nearly_full(client: Client, settings: Any) -> None:
    settings.LEAST_FREE_MB = 10**12
    response = client.get("/readyz")
    assert response.status_code == 503
    assert re.fullmatch(rb"disk nearly full: \d+ MB free", response.content)


@pytest.mark.django_db
def test_readyz_tells_of_a_folder_that_takes_no_file(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path / "away"
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"data folder cannot be written")


def test_a_write_that_fails_for_want_of_room_is_seen(tmp_path: Path) -> None:
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limit[1]))  # as a full disk: the write fails
    try:
        assert reason_no_room(tmp_path, 0) == "data folder cannot be written"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert reason_no_room(tmp_path, 0) == ""


def test_readyz_tells_of_an_unreachable_database(tmp_path: Path) -> None:
    environment = {
        "DJANGO_SETTINGS_MODULE": "mlp_planner.settings",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": "postgres://planner:word@127.0.0.1:1/planner",
        "SECRET_KEY": "k3-Vb7_xQ9zLmN2pRtUwYs5dFgHjKaEcXo8iTq4Z0WvB6nMrPyS1",
        "ALLOWED_HOSTS": "planner.example.org",
    }
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROBE],
        cwd=Path(__file__).resolve().parents[2],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "200 ok\n503 database unreachable\n"
