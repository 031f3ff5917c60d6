"""No URL without a case, so that a new one cannot be forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from mlp_planner.demo import urls as demo_urls
from tests.matrix.cases import CASES
from tests.matrix.test_demo import DEMO_PAGES


def names(patterns: Iterable[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """Of all URLs, with their namespace; the admin's are one."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern.pattern} has no name"
            yield f"{space}{pattern.name}"
        elif pattern.namespace == "admin":
            yield "admin"
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)


def test_every_url_has_a_case() -> None:
    asked = {case.url_name for case in CASES}
    assert set(names(get_resolver().url_patterns)) - asked == {"admin"}  # test_operator has it


def test_every_case_has_a_url() -> None:
    assert {case.url_name for case in CASES} <= set(names(get_resolver().url_patterns))


def test_every_demo_url_has_a_case() -> None:
    assert set(DEMO_PAGES) == set(names(demo_urls.urlpatterns))
