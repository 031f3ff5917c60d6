"""Reports of browsers are counted; nothing that names a person or a page is kept."""

import json
from typing import Any

import pytest
from django.test import Client
from structlog.testing import capture_logs

from mlp_planner.csp_reports import LONGEST_BODY, MOST_A_MINUTE, violations

pytestmark = pytest.mark.django_db
OLD = {
    "csp-report": {
        "document-uri": "https://planner.example.org/i/secret-token/",
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://evil.example/x.js?person=anna",
    }
}
NEW = [
    {
        "type": "csp-violation",
        "user_agent": "A browser of Anna",
        "body": {"effectiveDirective": "style-src-attr", "blockedURL": "inline"},
    }
]


def send(client: Client, content: Any, kind: str = "application/csp-report") -> Any:
    body = content if isinstance(content, bytes) else json.dumps(content)
    return client.post("/csp-reports/", body, content_type=kind)


def test_reports_are_counted_in_the_log_without_what_they_name() -> None:
    client = Client(enforce_csrf_checks=True)
    with capture_logs() as lines:
        assert send(client, OLD).status_code == 204
        assert send(client, OLD).status_code == 204
        assert send(client, NEW, "application/reports+json").status_code == 204
    found = [line for line in lines if line["event"] == "csp_violation"]
    assert [(line["directive"], line["blocked"], line["count_of_day"]) for line in found] == [
        ("script-src-elem", "other", 1),
        ("script-src-elem", "other", 2),
        ("style-src-attr", "inline", 1),
    ]
    for word in ("secret-token", "evil", "anna", "Anna"):
        assert word not in str(found)


@pytest.mark.parametrize(
    "body",
    [b" ", b"{", b"[[[", b"null", b"7", b'{"csp-report": 7}', b'[{"body": []}, 3]', b"[" * 9_000],
)
def test_what_is_no_report_counts_nothing(client: Client, body: bytes) -> None:
    assert send(client, body).status_code == 204
    assert list(violations(body)) == []


def test_words_of_others_are_not_taken_over() -> None:
    facts = {"effective-directive": "x" * 99, "blocked-uri": "http://[broken"}
    assert list(violations(json.dumps({"csp-report": facts}).encode())) == [("other", "other")]


def test_a_long_report_and_another_type_are_refused(client: Client) -> None:
    assert send(client, b"x" * (LONGEST_BODY + 1)).status_code == 413
    assert send(client, OLD, "application/json").status_code == 415
    assert client.get("/csp-reports/").status_code == 405


def test_there_is_a_limit_for_a_minute(client: Client) -> None:
    answers = [send(client, OLD).status_code for _number in range(MOST_A_MINUTE + 2)]
    assert answers == [204] * MOST_A_MINUTE + [429] * 2
