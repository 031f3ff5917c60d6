import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client, RequestFactory

from mlp_planner.logs import without_secrets
from mlp_planner.middleware import RequestLogMiddleware

WRITE_ENTRIES = """
import logging.config, structlog
from mlp_planner import logs
logging.config.dictConfig(logs.configure(as_json=True))
structlog.contextvars.bind_contextvars(request_id="r-1")
structlog.get_logger("exchanges").info("request_finished", request="GET /i/s3cret-token/answer/")
logging.getLogger("django.security").warning("Forbidden: %s", "/j/s3cret-token/")
try:
    raise ValueError("no page at /i/s3cret-token")
except ValueError:
    structlog.get_logger("exchanges").exception("request_failed")
"""


def test_json_log_is_one_object_a_line_without_the_secrets_of_links() -> None:
    run = subprocess.run(
        [sys.executable, "-c", WRITE_ENTRIES],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    entries = [json.loads(line) for line in run.stderr.splitlines()]
    assert [entry["event"] for entry in entries] == [
        "request_finished",
        "Forbidden: /j/***",
        "request_failed",
    ]
    assert {entry["request_id"] for entry in entries} == {"r-1"}
    assert entries[0]["request"] == "GET /i/***"
    assert "s3cret" not in run.stderr


@pytest.mark.parametrize(
    "path", ["/i/abc.def-1/", "/j/abc/day/2/", "/accounts/password/reset/key/abc-def/"]
)
def test_secret_of_a_link_is_masked(path: str) -> None:
    assert "abc" not in without_secrets(f"GET {path} 200")


def test_other_paths_stay_readable() -> None:
    assert without_secrets("GET /visits/UMN-2026-003/") == "GET /visits/UMN-2026-003/"


def test_request_is_logged_without_its_query() -> None:
    request = RequestFactory().get("/visits/", {"q": "Ana Kovač"})
    assert RequestLogMiddleware.format_request(request) == "GET /visits/"


@pytest.mark.django_db
def test_request_log_names_no_person(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="django_structlog"):
        client.get("/no/such/page/?q=ana@example.org", headers={"user-agent": "Reader/1 Ana"})
    assert "GET /no/such/page/" in caplog.text
    assert "ana@example.org" not in caplog.text
    assert "Reader/1" not in caplog.text
