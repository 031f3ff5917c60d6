"""Lists stand in the order that readers of a language expect."""

import pytest
from django.utils import translation

from exchanges.forms.fields import LanguagesField
from exchanges.words.formats import sort_key


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["cote", "coté", "côte", "Écosse", "été", "zone"]),
        ("sl", ["cena", "čas", "dom", "sol", "šola", "zima", "žena"]),
        ("el", ["Άνδρος", "Βόλος", "Έδεσσα", "Ζάκυνθος", "Ήπειρος"]),
        ("bg", ["Айтос", "Бургас", "Йордания", "София", "Ямбол"]),
        ("it", ["Èboli", "Este", "Udine", "università"]),
        ("en", ["apple", "Éire", "Zurich"]),
    ],
)
def test_words_stand_as_readers_expect(language: str, words: list[str]) -> None:
    with translation.override(language):
        assert sorted(sorted(words), key=sort_key) == words


def test_languages_of_a_form_do() -> None:
    with translation.override("fr"):
        names = [name for _code, name in LanguagesField().choices]
        assert names == sorted(names, key=sort_key)
        assert names.index("estonien") < names.index("finnois")
