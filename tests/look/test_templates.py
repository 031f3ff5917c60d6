import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.backends.django import get_installed_libraries
from django.template.library import import_library

from exchanges.templatetags.look import KINDS, STATES, icon_names

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
MAILS = settings.BASE_DIR / "templates" / "mail"
PAGES = [path for path in TEMPLATES if MAILS not in path.parents]
INLINE = re.compile(
    r"""<style|\sstyle\s*=|\son[a-z]+\s*=|<script(?![^>]*\ssrc=)(?![^>]*application/json)""",
    re.IGNORECASE,
)


def name_of(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_page_has_no_inline_script_or_style(path: Path) -> None:
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize(
    "fault",
    ['<p style="x">', "<style>", '<a onclick="x">', "<script>x</script>"],
)
def test_inline_script_and_style_are_found(fault: str) -> None:
    assert INLINE.search(fault)


def test_icons_of_all_pages_are_in_the_sprite() -> None:
    used = {
        name for path in TEMPLATES for name in re.findall(r"""{% icon "([^"]+)""", path.read_text())
    }
    used |= {picture for _, picture in STATES.values()} | set(KINDS.values())
    assert used - icon_names() == set()


def test_no_filter_of_ours_is_hidden_by_one_of_another_library() -> None:
    """The order of `{% load %}` must not matter: djade sorts it."""
    libraries = {name: import_library(path) for name, path in get_installed_libraries().items()}
    ours = {"formats", "look", "visits"}
    others = {
        name: set(library.filters) | set(library.tags)
        for name, library in libraries.items()
        if name not in ours and name in {"i18n", "static", "l10n", "partials", "django_htmx", "tz"}
    }
    for name in ours:
        library = libraries[name]
        for other, names in others.items():
            hidden = (set(library.filters) | set(library.tags)) & names
            assert hidden == set(), (name, other)
