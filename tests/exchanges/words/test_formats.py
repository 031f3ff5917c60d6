from datetime import UTC, date, datetime, time
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils.translation import override

from exchanges.words import formats

NINTH, ELEVENTH = date(2027, 2, 9), date(2027, 2, 11)
LANGUAGES = ("en", "fr", "it", "el", "sl", "bg")


def plain(text: str) -> str:
    """Without the kinds of spaces that only typesetters tell apart."""
    return " ".join(text.split())


def in_each_language(show: object, *args: object) -> list[str]:
    shown = []
    for language in LANGUAGES:
        with override(language):
            shown.append(plain(show(*args)))  # type: ignore[operator]
    return shown


def test_day_is_written_in_the_readers_language() -> None:
    assert in_each_language(formats.day, NINTH) == [
        "Tuesday 9 February 2027",
        "mardi 9 février 2027",
        "martedì 9 febbraio 2027",
        "Τρίτη 9 Φεβρουαρίου 2027",
        "torek, 9. februar 2027",
        "вторник, 9 февруари 2027 г.",
    ]


def test_short_day_names_the_weekday() -> None:
    assert in_each_language(formats.day, NINTH, "short") == [
        "Tue 9 Feb 2027",
        "mar. 9 févr. 2027",
        "mar 9 feb 2027",
        "Τρί 9 Φεβ 2027",
        "tor., 9. feb. 2027",
        "вт, 9.02.2027 г.",
    ]


def test_days_of_one_month_say_it_once() -> None:
    assert in_each_language(formats.day_range, NINTH, ELEVENTH) == [
        "9–11 February 2027",
        "9–11 février 2027",
        "9–11 febbraio 2027",
        "9–11 Φεβρουαρίου 2027",
        "9.–11. februar 2027",
        "9–11 февруари 2027 г.",
    ]


def test_days_of_two_months_say_the_year_once() -> None:
    assert in_each_language(formats.day_range, NINTH, date(2027, 3, 2)) == [
        "9 February – 2 March 2027",
        "9 février – 2 mars 2027",
        "9 febbraio – 2 marzo 2027",
        "9 Φεβρουαρίου – 2 Μαρτίου 2027",
        "9. februar – 2. marec 2027",
        "9 февруари – 2 март 2027 г.",
    ]


def test_days_of_two_years_say_all() -> None:
    assert in_each_language(formats.day_range, date(2027, 12, 30), date(2028, 1, 2)) == [
        "30 December 2027 – 2 January 2028",
        "30 décembre 2027 – 2 janvier 2028",
        "30 dicembre 2027 – 2 gennaio 2028",
        "30 Δεκεμβρίου 2027 – 2 Ιανουαρίου 2028",
        "30. december 2027 – 2. januar 2028",
        "30 декември 2027 г. – 2 януари 2028 г.",
    ]


def test_days_of_the_same_month_in_two_years_say_all() -> None:
    assert formats.day_range(NINTH, date(2028, 2, 11)) == "9 February 2027 – 11 February 2028"


def test_range_of_one_day_is_that_day() -> None:
    assert in_each_language(formats.day_range, NINTH, NINTH) == in_each_language(
        formats.day, NINTH, "long"
    )
    assert formats.day_range(NINTH, NINTH) == "9 February 2027"


def test_month_stands_alone() -> None:
    assert in_each_language(formats.month, NINTH) == [
        "February 2027",
        "février 2027",
        "febbraio 2027",
        "Φεβρουάριος 2027",
        "februar 2027",
        "февруари 2027 г.",
    ]


def test_moment_is_shown_on_the_clocks_of_its_zone() -> None:
    shown = formats.moment(datetime(2027, 7, 9, 22, 30, tzinfo=UTC), "Europe/Rome")
    assert shown == "10 July 2027, 00:30 (Rome)"


def test_zone_is_named_in_the_readers_language() -> None:
    with override("it"):
        assert formats.zone_place("Europe/Rome") == "Roma"
    assert formats.zone_place("UTC") == "UTC"


def test_clock_has_24_hours_in_greek_too() -> None:
    with override("el"):
        assert formats.clock(time(14, 5)) == "14:05"


def test_money_has_cents_only_where_there_are_some() -> None:
    assert in_each_language(formats.money, Decimal("1200.00")) == [
        "€1,200",
        "1 200 €",
        "1.200 €",
        "1.200 €",
        "1.200 €",
        "1 200 €",
    ]
    assert formats.money(Decimal("1491602.47")) == "€1,491,602.47"


def test_share_has_at_most_one_decimal() -> None:
    assert formats.share(Decimal("0.90")) == "90%"
    assert formats.share(0.1234) == "12.3%"


def test_country_and_language_are_named() -> None:
    with override("sl"):
        assert formats.country("GR") == "Grčija"
        assert formats.language_name("bg") == "bolgarščina"


def test_unknown_country_stays_a_code() -> None:
    assert formats.country("ZZZ") == "ZZZ"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("en", "English"),
        ("fr", "Français"),
        ("it", "Italiano"),
        ("el", "Ελληνικά"),
        ("sl", "Slovenščina"),
        ("bg", "Български"),
    ],
)
def test_language_names_itself(code: str, name: str) -> None:
    assert formats.native_language_name(code) == name


def test_distance_is_rounded() -> None:
    assert plain(formats.distance(524.6)) == "525 km"


def test_english_reader_gets_the_english_name_without_a_look_at_the_city() -> None:
    organisation = SimpleNamespace(name="City of Milan", native_name="Comune di Milano")
    assert formats.organisation_name(organisation) == "City of Milan"


def test_filters_leave_nothing_for_nothing() -> None:
    source = (
        "{% load formats %}{{ n|day }}{{ n|day_range:n }}{{ n|money }}{{ n|clock }}"
        "{{ n|moment:'UTC' }}{{ n|country }}"
    )
    assert Template(source).render(Context({"n": None})) == ""


def test_filters_take_their_variants() -> None:
    source = "{% load formats %}{{ d|day:'brief' }}, {{ d|day_range:e }}, {{ x|money }}"
    shown = Template(source).render(Context({"d": NINTH, "e": ELEVENTH, "x": 5}))
    assert shown == "9 Feb, 9–11 February 2027, €5"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("One-stop shops", "one-stop shops"),
        ("EU funds", "EU funds"),
        ("S.O.S. Lingua", "S.O.S. Lingua"),
        ("Κατάρτιση", "κατάρτιση"),
        ("", ""),
    ],
)
def test_heading_becomes_part_of_a_sentence(name: str, shown: str) -> None:
    assert formats.in_sentence(name) == shown
