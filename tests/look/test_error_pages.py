import pytest
from django.template.loader import render_to_string
from django.utils.translation import override


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "500"])
def test_error_page_shows_without_request_and_database(name: str) -> None:
    with override("sl"):
        shown = render_to_string(f"{name}.html")
    assert '<html lang="sl">' in shown
    assert shown.count("<h1>") == 1
    assert 'href="/"' in shown
