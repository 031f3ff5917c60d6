import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import mlp_planner
from exchanges.domain.programme_file import WrongFile, read_programme_file

FILE = Path(mlp_planner.__file__).parent / "data" / "umn_programme.json"
REMOVED = object()

FAULTS: list[tuple[str, Any, str]] = [
    ("programme.slug", REMOVED, "programme.slug: missing"),
    ("programme", 3, "programme: an object is expected, not 3"),
    ("cities", {}, "cities: a list is expected, not an object"),
    ("cities[0].names.en", REMOVED, "cities[0].names.en: missing"),
    ("cities[0].names.xx", "X", 'cities[0].names.xx: unknown language "xx"'),
    ("cities[0].names.en", "", "cities[0].names.en: empty"),
    (
        "cities[0].names.en",
        "Li\u202eège",
        "cities[0].names.en: has characters that cannot be shown: U+202E",
    ),
    (
        "organisations[1].name",
        "A\x00B",
        "organisations[1].name: has characters that cannot be shown: U+0000",
    ),
    ("organisations[1].name", "x" * 201, "organisations[1].name: longer than 200 characters"),
    ("organisations[1].name", 7, "organisations[1].name: text is expected, not 7"),
    ("organisations[3].city", "liige", 'organisations[3].city: unknown city "liige"'),
    ("organisations[3].active_in[0]", "x", 'organisations[3].active_in[0]: unknown city "x"'),
    (
        "organisations[3].active_in",
        ["sofia", "sofia"],
        "organisations[3].active_in: the same city stands there twice",
    ),
    ("organisations[3].kind", "city", 'organisations[3].kind: unknown kind "city"'),
    ("organisations[3].partner_role", "x", 'organisations[3].partner_role: unknown role "x"'),
    ("organisations[1].website", "javascript:x", "organisations[1].website: "),
    (
        "organisations[12].affiliated_to",
        "cgil",
        'organisations[12].affiliated_to: unknown organisation "cgil"',
    ),
    (
        "organisations[2].slug",
        "etuc",
        'organisations[2].slug: "etuc" stands there already, at organisations[0].slug',
    ),
    ("cities[1].slug", "Brussels!", 'cities[1].slug: "Brussels!" is no slug'),
    ("programme.coordinator", "tuc", 'programme.coordinator: unknown organisation "tuc"'),
    (
        "programme.coordinator",
        "eka",
        'programme.coordinator: "eka" has another role than coordinator',
    ),
    ("cities[0].time_zone", "Europe/Liege", 'cities[0].time_zone: "Europe/Liege" is no time zone'),
    ("cities[0].country", "Belgium", 'cities[0].country: "Belgium" is no country code'),
    ("cities[0].languages[0]", "French", 'cities[0].languages[0]: "French" is no language code'),
    ("cities[0].latitude", 90.5, "cities[0].latitude: 90.5 is off the earth: from -90 to 90"),
    ("cities[0].longitude", -181, "cities[0].longitude: -181 is off the earth: from -180 to 180"),
    ("cities[0].latitude", True, "cities[0].latitude: a number is expected, not true"),
    ("cities[0].latitude", float("nan"), "cities[0].latitude: a number is expected, not"),
    ("programme.start_date", "2022-02-30", 'programme.start_date: "2022-02-30" is not a date'),
    ("programme.start_date", "20220101", 'programme.start_date: "20220101" is not a date'),
    ("programme.end_date", "2019-11-30", "programme.end_date: 2019-11-30 is before the start"),
    (
        "exchanges_held[1].end_date",
        "2022-05-01",
        "exchanges_held[1].end_date: 2022-05-01 is before the start, 2022-05-09",
    ),
    ("exchanges_held[1].end_date", REMOVED, "exchanges_held[1].end_date: missing"),
    ("exchanges_held[0].month", "March", 'exchanges_held[0].month: "March" is not a month'),
    ("events_held[0].mode", "tele", 'events_held[0].mode: unknown mode "tele"'),
    (
        "exchanges_held[1].key",
        "umn-2022-1",
        'exchanges_held[1].key: "umn-2022-1" stands there already, at exchanges_held[0].key',
    ),
    (
        "programme.total_budget_eur",
        "-1.00",
        'programme.total_budget_eur: "-1.00" is negative',
    ),
    (
        "programme.partner_budgets[0].eligible_eur",
        "1,000",
        'programme.partner_budgets[0].eligible_eur: "1,000" is no decimal number',
    ),
    (
        "programme.partner_budgets[0].eligible_eur",
        "1.001",
        'programme.partner_budgets[0].eligible_eur: "1.001" has more than 10+2 digits',
    ),
    ("programme.eu_cofinancing_rate", "1.01", "programme.eu_cofinancing_rate: 1.01 is over 1"),
    (
        "programme.max_exchanges",
        4,
        "programme.max_exchanges: 4 is fewer than the 5 exchanges held that count",
    ),
    ("programme.max_exchanges", 8.5, "programme.max_exchanges: a whole number is expected"),
    ("assumed.levels.liege.interpreting", 6, "assumed.levels.liege.interpreting: 6 is not from 0"),
    ("assumed.levels.lille", {}, 'assumed.levels.lille: unknown city "lille"'),
    ("assumed.levels.liege.magic", 1, 'assumed.levels.liege.magic: unknown topic "magic"'),
    (
        "assumed.learning_needs.liege.one-stop-shop",
        0,
        "assumed.learning_needs.liege.one-stop-shop: 0 is not from 1 to 3",
    ),
    ("assumed.hosting_capacity.liege", -1, "assumed.hosting_capacity.liege: -1 is not from 0"),
    ("assumed.interpretation[0]", "lille", 'assumed.interpretation[0]: unknown city "lille"'),
    ("practices[0].topics[0]", "magic", 'practices[0].topics[0]: unknown topic "magic"'),
    ("cities[0].holiday_regon", "MI", "cities[0].holiday_regon: unknown key"),
    ("assumed", "x", 'assumed: an object is expected, not "x"'),
    (
        "programme.partner_budgets[0]",
        "x",
        'programme.partner_budgets[0]: an object is expected, not "x"',
    ),
    ("assumed.next_programme.end_date", "x", 'assumed.next_programme.end_date: "x" is not a date'),
]


def test_published_file_is_whole() -> None:
    found = read_programme_file(FILE.read_bytes())
    assert (len(found.cities), len(found.organisations), len(found.held)) == (11, 23, 6)
    assert found.cities[0].names["el"] == "Λιέγη"
    assert found.organisations[6].native_acronym == "КНСБ"
    assert found.next_programme is not None
    assert [each.slug for each in found.cities if each.profile is None] == ["brussels", "warsaw"]


@pytest.mark.parametrize(("path", "value", "fault"), FAULTS, ids=[fault for _, _, fault in FAULTS])
def test_fault_is_named_with_its_path(path: str, value: Any, fault: str) -> None:
    faults = faults_of(json.dumps(changed(path, value)).encode())
    assert [each for each in faults if each.startswith(fault)], faults


def test_all_faults_are_named_at_once() -> None:
    content = json.loads(FILE.read_text())
    content["cities"][0]["latitude"] = 91
    content["topics"].append({})
    del content["programme"]["title"]
    assert faults_of(json.dumps(content).encode()) == (
        "programme.title: missing",
        "cities[0].latitude: 91 is off the earth: from -90 to 90",
        "topics[14].slug: missing",
        "topics[14].names: missing",
    )


NOT_LOADED = re.compile(
    r"about|\w+\.title_note|organisations.*active_in_note|.*\.legs.*|partners_over_time.*"
    r"|assumed\.(not_matched|practice_titles).*"
)
NEEDED = {
    "": "programme cities organisations topics practices",
    "programme": "slug title short_title coordinator start_date end_date max_exchanges"
    " eu_cofinancing_rate",
    "programme.title": "en",
    "programme.partner_budgets[]": "organisation",
    "cities[]": "slug names country latitude longitude time_zone languages",
    "cities[].names": "en",
    "organisations[]": "slug name kind city active_in partner_role",
    "topics[]": "slug names",
    "topics[].names": "en",
    "practices[]": "slug title topics organisations",
    "exchanges_held[]": "key host_city topics start_date end_date",
    "events_held[]": "key title start_date end_date",
    "assumed.next_programme": "slug title start_date end_date max_exchanges eu_cofinancing_rate",
    "assumed.next_programme.title": "en",
}
"""By entry. A held exchange needs both days when it has one."""
MANY_LINES = re.compile(r".*\bnote")


def places(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every place that is loaded, with its value."""
    if path and not NOT_LOADED.fullmatch(path):
        yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, f"{path}.{key}" if path else key)
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, f"{path}[{number}]")


def kind_of(path: str) -> str:
    """Places of one kind are read alike: the entries of a list, the rows of a table by city."""
    path = re.sub(r"\[\d+\]", "[]", path)
    return re.sub(r"^(assumed\.(?!next_programme)\w+)\.[\w-]+(\.[\w-]+)?", r"\1.liege\2", path)


PLACES = {
    kind_of(path): (path, value)
    for path, value in places(json.loads(FILE.read_text()))
    if value != []
}
TEXTS = {path: value for path, value in PLACES.values() if isinstance(value, str)}
CHECKED = r"unknown \w+ |.* is no|.* is not a"
"""How a value is refused that is checked for more than being text."""


def named(path: str, value: Any, words: str) -> bool:
    """Whether the file with `value` at `path` is refused there, in words that match."""
    try:
        read_programme_file(json.dumps(changed(path, value)).encode())
    except WrongFile as wrong:
        start = f"{path}: "
        found = [fault.removeprefix(start) for fault in wrong.faults if fault.startswith(start)]
        return any(re.match(words, each) for each in found)
    return False


def is_needed(kind: str) -> bool:
    entry, _, key = kind.rpartition(".")
    return key in NEEDED.get(entry, "").split()


def test_every_place_refuses_another_type() -> None:
    for path, value in PLACES.values():
        wrong = "x" if isinstance(value, bool) else True
        assert named(path, wrong, '.* is expected, not (true|"x")$'), path


def test_what_is_needed_is_missed() -> None:
    needed = [path for kind, (path, _) in PLACES.items() if is_needed(kind)]
    assert len(needed) == sum(len(keys.split()) for keys in NEEDED.values())
    for path in needed:
        assert named(path, REMOVED, "missing$"), path
        assert named(path, None, "missing$"), path


def test_what_is_not_needed_can_be_absent() -> None:
    for kind, (path, _) in PLACES.items():
        if not is_needed(kind) and not kind.endswith("]"):
            assert not named(path, REMOVED, ""), path


def test_no_list_has_nulls() -> None:
    for kind, (path, _) in PLACES.items():
        if kind.endswith("]"):
            assert named(path, None, "missing$"), path


def test_no_list_refers_to_the_same_entry_twice() -> None:
    references = re.compile(
        r".*\.(active_in|guests|hosts|interpretation|organisations|topics|\w+_cities)"
    )
    found = [each for each in PLACES.values() if references.fullmatch(each[0])]
    assert len(found) == 9
    for path, slugs in found:
        assert named(path, [*slugs, slugs[0]], r"the same \w+ stands there twice$"), path


def test_no_text_is_empty() -> None:
    for path in TEXTS:
        assert named(path, "", f"empty|{CHECKED}"), path
        assert named(path, "  ", f"empty|{CHECKED}"), path


def test_no_text_is_too_long() -> None:
    for path in TEXTS:
        assert named(path, "x" * 2001, rf"longer than \d+ characters$|{CHECKED}"), path


def test_no_text_has_characters_that_cannot_be_shown() -> None:
    for path, text in TEXTS.items():
        words = rf"has characters that cannot be shown: U\+202E$|{CHECKED}"
        assert named(path, f"{text}\u202e", words), path
        if not MANY_LINES.fullmatch(path):
            assert named(path, f"{text}\n", rf"has .*: U\+000A$|{CHECKED}"), path


def test_every_object_refuses_a_key_that_it_does_not_know() -> None:
    for path, value in PLACES.values():
        if isinstance(value, dict):
            words = "unknown (key$|language|city|topic)"
            assert named(f"{path}.holiday-regon", "x", words), path
    assert named("profile", {}, "unknown key$")
    assert named("cities[0].profile", {}, "unknown key$")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b'{\n "a": 1,\n}', "line 3, column 1: the file is not JSON: "),
        (b"", "line 1, column 1: the file is not JSON: "),
        (b'{"a": "\xff"}', "byte 8: the file is not UTF-8"),
        (b"[" * 100_000, "the file is not JSON that can be read"),
        (b'{"a": ' + b"9" * 5000 + b"}", "the file is not JSON that can be read"),
        (b"[]", "file: an object is expected, not a list"),
    ],
)
def test_what_is_no_json_object_is_refused(content: bytes, fault: str) -> None:
    (found,) = faults_of(content)
    assert found.startswith(fault)


def faults_of(content: bytes) -> tuple[str, ...]:
    with pytest.raises(WrongFile) as caught:
        read_programme_file(content)
    return caught.value.faults


def changed(path: str, value: Any) -> Any:
    """The published file with one value replaced or removed."""
    content = json.loads(FILE.read_text())
    steps: list[str | int] = []
    for step in path.split("."):
        name, _, number = step.partition("[")
        steps.append(name)
        if number:
            steps.append(int(number[:-1]))
    inner = content
    for step in steps[:-1]:
        inner = inner[step]
    if value is REMOVED:
        del inner[steps[-1]]
    else:
        inner[steps[-1]] = value
    return content
