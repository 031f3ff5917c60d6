import pytest

from exchanges.domain.look_alikes import look_alike, words_of_mixed_scripts


@pytest.mark.parametrize(
    ("name", "impostor"),
    [
        ("Liège", "L\u0456ège"),  # Cyrillic i
        ("NATO", "\u039dATO"),  # Greek capital nu
        ("BARI", "\u0392ari"),  # Greek capital beta, and another case
        ("City of Milan", "City \u043ef Milan"),  # Cyrillic o, in another word
        ("Milan", "MiIan"),  # capital i for l
        ("Milano", "Milan0"),
        ("Roma", "Rorna"),
        ("POTA", "\u0420\u041e\u0422\u0410"),  # all of it Cyrillic
        ("Марибор", "Mapибоp"),
        ("Liège", "Lie\u200bge"),
    ],
)
def test_names_that_look_the_same_are_alike(name: str, impostor: str) -> None:
    assert look_alike(name, impostor)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Athens", "Athena"), ("Pavia", "Padua"), ("Марибор", "Maribor"), ("Lyon", "Laon")],
)
def test_names_that_one_can_tell_apart_are_not(one: str, other: str) -> None:
    assert not look_alike(one, other)


@pytest.mark.parametrize("word", ["L\u0456ège", "P\u0430via", "C\u041eФИЯ", "\u0391thens"])
def test_a_word_of_two_scripts_is_found(word: str) -> None:
    assert words_of_mixed_scripts(f"City of {word}") == (word,)


@pytest.mark.parametrize(
    "name",
    [
        "ΔΗΜΟΣ Αθηναίων (ECTE)",
        "GSEE/ΓΣΕΕ",
        "КТ „Подкрепа“ CITUB",
        "G2-метро",
        "東京タワー",
        "Željezničar d.o.o.",
        "Stoke-on-Trent 2030",
    ],
)
def test_words_in_several_scripts_side_by_side_are_as_people_write(name: str) -> None:
    assert words_of_mixed_scripts(name) == ()
