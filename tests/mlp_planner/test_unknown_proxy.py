"""A proxy of which the settings do not know is pointed out."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from structlog.testing import capture_logs

from mlp_planner import checks
from mlp_planner.gunicorn_conf import when_ready
from mlp_planner.proxy import FORWARDED

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": "k3-Vb7_xQ9zLmN2pRtUwYs5dFgHjKaEcXo8iTq4Z0WvB6nMrPyS1",
    "ALLOWED_HOSTS": "planner.example.org",
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", FORWARDED)
def test_a_forwarded_request_is_refused_and_logged(client: Client, name: str) -> None:
    with capture_logs() as lines:
        response = client.get("/privacy/", headers={name: "203.0.113.9"})
    assert response.status_code == 400
    assert "TRUSTED_PROXY_COUNT" in response.content.decode()
    (line,) = [each for each in lines if each["event"] == "forwarded_by_unknown_proxy"]
    assert (line["log_level"], line["headers"]) == ("error", [name])
    assert "203.0.113.9" not in str(lines)


@pytest.mark.django_db
def test_a_request_without_a_proxy_is_served(client: Client) -> None:
    assert client.get("/privacy/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "value"), [("TRUSTED_PROXY_COUNT", 1), ("DEMO", True)])
def test_a_known_proxy_and_the_demo_are_served(
    client: Client, settings: Any, name: str, value: Any
) -> None:
    setattr(settings, name, value)
    assert client.get("/privacy/", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 200


def test_a_probe_through_the_proxy_is_answered(client: Client) -> None:
    assert client.get("/healthz", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 200


def check(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_without_proxy_and_mail_fails_the_check(tmp_path: Path) -> None:
    done = check(tmp_path, **PRODUCTION)
    assert done.returncode == 1
    assert "mlp_planner.E001" in done.stderr
    assert "mlp_planner.E002" in done.stderr

    complete = {"TRUSTED_PROXY_COUNT": "1", "EMAIL_URL": "smtp://mail.example.org"}
    assert check(tmp_path, **PRODUCTION, **complete).returncode == 0


def test_the_embedded_default_needs_neither(settings: Any) -> None:
    assert checks.production_is_complete() == []
    settings.EMBEDDED, settings.EMAIL_BACKEND = False, settings.MAIL_FOLDER
    assert checks.production_is_complete() == [checks.NO_PROXY, checks.NO_MAIL]


def test_gunicorn_says_what_is_missing_when_it_starts(settings: Any) -> None:
    class Log:
        lines: list[str] = []

        def error(self, words: str, *values: Any) -> None:
            self.lines.append(words % values)

    class Server:
        log = Log()

    settings.EMBEDDED, settings.EMAIL_BACKEND = False, settings.MAIL_FOLDER
    settings.TRUSTED_PROXY_COUNT = 1
    when_ready(Server())
    assert len(Log.lines) == 1
    assert Log.lines[0].startswith("mlp_planner.E002: EMAIL_URL is not set")
