import email
import email.policy
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage, get_connection


@pytest.fixture
def mail_dir(tmp_path: Path, settings: Any) -> Path:
    settings.MAIL_DIR = tmp_path / "mail"
    return tmp_path / "mail"


def test_messages_become_files_in_the_order_of_sending(mail_dir: Path) -> None:
    backend = get_connection("mlp_planner.mail_folder.EmailBackend")
    subjects = [f"Visit {number}" for number in range(12)]
    sent = backend.send_messages(
        [EmailMessage(subject, "Καλημέρα", to=["ana@example.org"]) for subject in subjects]
    )
    files = sorted(mail_dir.iterdir())
    messages = [
        email.message_from_bytes(f.read_bytes(), policy=email.policy.default) for f in files
    ]
    assert sent == 12
    assert {file.suffix for file in files} == {".eml"}
    assert [message["subject"] for message in messages] == subjects
    assert messages[0].get_content().strip() == "Καλημέρα"
