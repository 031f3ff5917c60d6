import json
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
