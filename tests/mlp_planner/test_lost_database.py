"""A lost connection costs a reader nothing, and a writer a clear answer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import path

from mlp_planner.lost_database import unavailable
from tests.mlp_planner import lost_urls

urlpatterns = [path("broken/", lambda request: broken())]


def broken() -> None:
    raise OperationalError("no such column: it is our fault")


@pytest.fixture
def visitor(settings: Any) -> Iterator[Client]:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no connection to lose")
    settings.ROOT_URLCONF = "tests.mlp_planner.lost_urls"
    lost_urls.asked.clear()
    yield Client(raise_request_exception=False)
    connection.close()


def is_plain_503(response: Any) -> bool:
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "Not available for a moment" in response.content.decode()
    assert response["Content-Security-Policy"]
    return True


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rest", ["", "inside/"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_read_is_tried_once_more(visitor: Client, method: str, rest: str) -> None:
    response = getattr(visitor, method)(f"/lost/1/{rest}")
    assert response.status_code == 200
    assert lost_urls.asked == [method.upper()] * 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_read_that_fails_twice_is_not_tried_again(visitor: Client) -> None:
    assert is_plain_503(visitor.get("/lost/9/"))
    assert len(lost_urls.asked) == 2
    assert visitor.get("/lost/0/").status_code == 200


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rest", ["", "inside/"])
def test_a_write_is_never_repeated(visitor: Client, rest: str) -> None:
    assert is_plain_503(visitor.post(f"/lost/1/{rest}"))
    assert lost_urls.asked == ["POST"]
    assert visitor.post(f"/lost/1/{rest}").status_code == 200


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_connection_lost_between_requests_costs_nothing(visitor: Client) -> None:
    for page in ("/accounts/login/", "/"):
        assert visitor.get(page).status_code == 200
        lost_urls.end_connection()
    assert visitor.get("/privacy/").status_code == 200


@pytest.mark.django_db
def test_a_fault_of_ours_is_no_lost_connection(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    broken_page = urlpatterns[0].callback
    broken_page.login_required = False  # type: ignore[union-attr]
    response = Client(raise_request_exception=False).get("/broken/")
    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()


def production(settings: Any, folder: Path) -> None:
    """Static files as in production, and none of them collected."""
    settings.STATIC_ROOT = folder
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }


def test_the_page_of_503_needs_neither_database_nor_manifest(settings: Any, tmp_path: Path) -> None:
    production(settings, tmp_path)
    request = RequestFactory().get("/", headers={"accept-language": "fr"})
    page = unavailable(request).content.decode()
    assert '<html lang="fr">' in page
    assert "/static/css/app.css" in page


def test_the_page_of_500_needs_neither_database_nor_manifest(settings: Any, tmp_path: Path) -> None:
    from django.views.defaults import server_error

    production(settings, tmp_path)
    page = server_error(RequestFactory().get("/"))
    assert page.status_code == 500
    assert "Something went wrong" in page.content.decode()
