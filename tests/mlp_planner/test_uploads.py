"""A file in a request is refused before it is read, whoever sends it and wherever to."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory

from tests.factories import Scene

MEGABYTE = 1024 * 1024
HEAD = (
    b'--line\r\nContent-Disposition: form-data; name="a"; filename="a.bin"\r\n'
    b"Content-Type: application/octet-stream\r\n\r\n"
)


class Endless(io.RawIOBase):
    """A body of 300 MB that counts what is read of it."""

    def __init__(self) -> None:
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        start = HEAD[self.taken :] if self.taken < len(HEAD) else b""
        given = start + b"x" * ((MEGABYTE if size < 0 else size) - len(start))
        self.taken += len(given)
        return given


@pytest.mark.django_db
def test_a_file_of_300_megabytes_is_neither_read_nor_written(tmp_path: Path, settings: Any) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    body = Endless()
    request = RequestFactory().post("/accounts/login/")
    environ = request.environ | {
        "wsgi.input": body,
        "CONTENT_TYPE": "multipart/form-data; boundary=line",
        "CONTENT_LENGTH": str(300 * MEGABYTE),
        "HTTP_COOKIE": f"csrftoken={'a' * 32}",  # else nobody would read the body
    }
    statuses: list[str] = []
    response = WSGIHandler()(environ, lambda status, headers, *rest: statuses.append(status))  # type: ignore[arg-type, return-value, func-returns-value]
    response.close()

    assert statuses == ["400 Bad Request"]
    assert body.taken < MEGABYTE
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/accounts/login/", "/language/", "/practices/add/"])
def test_no_page_takes_a_file(client: Client, scene: Scene, url: str) -> None:
    client.force_login(scene.owner)
    sent = {"title": "A", "file": ContentFile(b"x" * 100, name="a.txt")}

    assert client.post(url, sent).status_code == 400


@pytest.mark.django_db
def test_a_form_without_a_file_is_taken_as_multipart_too(client: Client) -> None:
    assert client.post("/language/", {"language": "fr"}).status_code == 302


@pytest.mark.django_db
def test_a_request_has_at_most_a_thousand_fields(client: Client) -> None:
    assert django_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS == 1000
    fields = {f"f{number}": "" for number in range(1_001)}

    assert client.post("/accounts/login/", fields).status_code == 400
