import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import mlp_planner
from exchanges.models import City, Event, Organisation, Programme, Topic

pytestmark = pytest.mark.django_db

FILE = Path(mlp_planner.__file__).parent / "data" / "umn_programme.json"


def run(path: Path) -> str:
    out = StringIO()
    call_command("load_programme", str(path), stdout=out)
    return out.getvalue()


def test_load_says_what_was_added_and_kept() -> None:
    first = run(FILE)
    assert "Added: 14 topics, 11 cities, " in first
    assert "1 programme, 23 partners" in first
    assert "Kept as it was: nothing." in first
    second = run(FILE)
    assert "Added: nothing." in second
    assert "6 visits" in second


def test_wrong_file_loads_nothing_and_names_every_fault(tmp_path: Path) -> None:
    content = json.loads(FILE.read_text())
    content["organisations"][3]["city"] = "liige"
    content["programme"]["total_budget_eur"] = "-5"
    content["cities"][2]["time_zone"] = "Europe/Sofija"
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(content))
    errors = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("load_programme", str(path), stderr=errors)
    assert end.value.code == 1
    assert errors.getvalue().splitlines() == [
        'programme.total_budget_eur: "-5" is negative',
        'cities[2].time_zone: "Europe/Sofija" is no time zone of the IANA database',
        'organisations[3].city: unknown city "liige"',
        f"Nothing was loaded: {path} has 3 faults.",
    ]
    for model in (City, Organisation, Programme, Topic, Event):
        assert not model._default_manager.exists()


def test_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run(tmp_path / "none.json")


def test_names_that_look_like_others_are_pointed_out(tmp_path: Path) -> None:
    content = json.loads(FILE.read_text())
    city, organisation = content["cities"][0], content["organisations"][0]
    content["cities"].append(city | {"slug": "false", "names": {"en": "Li\u0435ge"}})
    false_name = organisation["name"].replace("o", "\u043e")
    content["organisations"].append(organisation | {"slug": "false", "name": false_name})
    path = tmp_path / "alike.json"
    path.write_text(json.dumps(content))
    errors = StringIO()
    call_command("load_programme", str(path), stdout=StringIO(), stderr=errors)
    said = errors.getvalue()
    assert "Check the name: “Liеge” looks like “Liège”." in said
    assert f"“{false_name}” looks like “{organisation['name']}”" in said


@pytest.mark.parametrize("sign", ["\u200b", "\u00ad", "\u3164"])
def test_a_file_with_names_that_hide_something_is_refused(tmp_path: Path, sign: str) -> None:
    content = json.loads(FILE.read_text())
    content["cities"][0]["names"]["en"] = f"Li{sign}ège"
    content["practices"][0]["title"] = sign
    path = tmp_path / "hidden.json"
    path.write_text(json.dumps(content))
    errors = StringIO()
    with pytest.raises(SystemExit):
        call_command("load_programme", str(path), stderr=errors)
    fault = f"has characters that nobody sees: U+{ord(sign):04X}"
    assert errors.getvalue().splitlines()[:2] == [
        f"cities[0].names.en: {fault}",
        f"practices[0].title: {fault}; has neither a letter nor a digit",
    ]


def test_city_of_a_file_beside_one_that_is_there_is_named(tmp_path: Path) -> None:
    run(FILE)
    content = json.loads(FILE.read_text())
    new = content["cities"][0] | {"slug": "beside", "names": {"en": "Besideville"}}
    content["cities"].append(new)
    path = tmp_path / "more.json"
    path.write_text(json.dumps(content))
    errors = StringIO()
    call_command("load_programme", str(path), stdout=StringIO(), stderr=errors)
    assert "“Besideville” is within 3 km of" in errors.getvalue()
