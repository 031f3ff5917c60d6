import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import polib
import pytest
from django.core.management import CommandError, call_command

from mlp_planner.management.commands import catalogues

PAGE = """{% load i18n %}<p>{% translate "Visit" %}</p>
{% blocktranslate count n=n %}{{ n }} night{% plural %}{{ n }} nights{% endblocktranslate %}"""

pytestmark = pytest.mark.skipif(not shutil.which("xgettext"), reason="needs gettext")


@pytest.fixture
def sources(tmp_path: Path, settings: Any) -> Path:
    for name in catalogues.SOURCES:
        (tmp_path / name).mkdir()
    (tmp_path / "templates" / "page.html").write_text(PAGE)
    settings.BASE_DIR = tmp_path
    return tmp_path


def read(sources: Path, language: str) -> polib.POFile:
    return polib.pofile(str(sources / "locale" / language / "LC_MESSAGES" / "django.po"))


def test_catalogues_hold_each_text_with_the_plural_forms_of_the_language(sources: Path) -> None:
    call_command("catalogues", stdout=StringIO())
    forms = {code: len(read(sources, code)[1].msgstr_plural) for code in ("fr", "el", "sl", "bg")}
    assert [entry.msgid for entry in read(sources, "sl")] == ["Visit", "%(n)s night"]
    assert forms == {"fr": 2, "el": 2, "sl": 4, "bg": 2}
    header = read(sources, "sl")
    assert not header.metadata_is_fuzzy
    assert header.metadata["Language"] == "sl"
    assert header.metadata["Plural-Forms"].startswith("nplurals=4;")


def test_check_names_the_catalogues_that_are_out_of_date(sources: Path) -> None:
    with pytest.raises(CommandError, match="out of date: fr, it, el, sl, bg"):
        call_command("catalogues", "--check")
    assert not (sources / "locale").exists()


def test_check_is_content_with_what_was_collected(sources: Path) -> None:
    call_command("catalogues", stdout=StringIO())
    call_command("catalogues", "--check", stdout=StringIO())


def test_collecting_keeps_translations_and_drops_texts_that_are_gone(sources: Path) -> None:
    call_command("catalogues", stdout=StringIO())
    catalogue = read(sources, "it")
    catalogue[0].msgstr = "Visita"
    catalogue.save()
    (sources / "templates" / "page.html").write_text("{% load i18n %}{% translate 'Visit' %}")
    call_command("catalogues", stdout=StringIO())
    assert [(entry.msgid, entry.msgstr) for entry in read(sources, "it")] == [("Visit", "Visita")]
