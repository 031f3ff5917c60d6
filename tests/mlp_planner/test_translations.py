"""The five catalogues are whole: `compilemessages` passes on much that readers would stumble on."""

import re
from collections.abc import Iterator

import polib
import pytest
from django.conf import settings

PLURAL_FORMS = {"fr": 2, "it": 2, "el": 2, "sl": 4, "bg": 2}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd](?!\w)|</?\w+[^>]*>")


def catalogue(language: str) -> polib.POFile:
    path = settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"
    return polib.pofile(str(path))


def texts(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """Each translation beside the English that it stands for."""
    if not entry.msgid_plural:
        yield entry.msgid, entry.msgstr
    for text in entry.msgstr_plural.values():
        yield entry.msgid_plural, text


def test_every_language_has_a_catalogue() -> None:
    assert set(PLURAL_FORMS) == {code for code, name in settings.LANGUAGES} - {"en"}


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_nothing_is_left_in_english(language: str) -> None:
    found = catalogue(language)
    left = [*found.untranslated_entries(), *found.fuzzy_entries(), *found.obsolete_entries()]
    assert [entry.msgid for entry in left] == []


@pytest.mark.parametrize(("language", "forms"), PLURAL_FORMS.items())
def test_every_plural_has_all_forms_of_the_language(language: str, forms: int) -> None:
    found = catalogue(language)
    assert f"nplurals={forms};" in found.metadata["Plural-Forms"]
    plurals = [entry for entry in found if entry.msgid_plural]
    assert {len(entry.msgstr_plural) for entry in plurals} == {forms}


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_placeholders_and_tags_are_those_of_the_english(language: str) -> None:
    for entry in catalogue(language):
        allowed = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        for english, translation in texts(entry):
            found = set(PLACEHOLDER.findall(translation))
            assert found <= allowed, (entry.msgid, translation)
            if not entry.msgid_plural:
                assert found == set(PLACEHOLDER.findall(english)), (entry.msgid, translation)
