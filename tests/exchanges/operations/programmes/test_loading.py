from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db.models import Model

import mlp_planner
from exchanges.domain.programme_file import ProgrammeFile, read_programme_file
from exchanges.domain.record import verify
from exchanges.models import (
    City,
    CityProfile,
    Event,
    LearningNeed,
    NetworkEvent,
    Organisation,
    Partner,
    Practice,
    Programme,
    StudyVisit,
    TopicLevel,
)
from exchanges.operations.programmes.loading import load_programme
from exchanges.operations.visits.visits import ExchangeLimitReached
from exchanges.queries.record import read_record

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
ROWS: tuple[type[Model], ...] = (
    City,
    CityProfile,
    Event,
    LearningNeed,
    NetworkEvent,
    Organisation,
    Partner,
    Practice,
    Programme,
    StudyVisit,
    TopicLevel,
)


@pytest.fixture(scope="module")
def file() -> ProgrammeFile:
    path = Path(mlp_planner.__file__).parent / "data" / "umn_programme.json"
    return read_programme_file(path.read_bytes())


def contents() -> dict[str, list[dict[str, object]]]:
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in ROWS}


def test_programme_is_loaded_with_partners_and_exchanges(file: ProgrammeFile) -> None:
    load_programme(file=file, at=AT)
    programme = Programme.objects.get()
    assert (programme.slug, programme.is_sample) == ("umn-2019", False)
    assert programme.total_budget_eur == Decimal("1491602.47")
    assert list(programme.exchanges.values_list("number", flat=True)) == list(range(1, 9))
    assert programme.partners.count() == 23
    ljubljana = programme.partners.get(organisation__slug="city-of-ljubljana")
    assert (ljubljana.eligible_eur, ljubljana.eu_share_eur) == (
        Decimal("10486.00"),
        Decimal("9437.40"),
    )
    assert NetworkEvent.objects.count() == 2


def test_names_come_in_their_own_scripts(file: ProgrammeFile) -> None:
    load_programme(file=file, at=AT)
    assert City.objects.get(slug="athens").names.data["el"] == "Αθήνα"
    assert City.objects.get(slug="sofia").names.localize("bg") == "София"
    assert Organisation.objects.get(slug="citub").native_acronym == "КНСБ"
    assert Organisation.objects.get(slug="eka").native_name == "Εργατοϋπαλληλικό Κέντρο Αθήνας"


def test_organisation_knows_its_cities_and_confederation(file: ProgrammeFile) -> None:
    load_programme(file=file, at=AT)
    anolf = Organisation.objects.get(slug="anolf-fvg")
    slugs = anolf.active_in.values_list("slug", flat=True)
    assert sorted(slugs) == ["muggia", "pordenone", "trieste"]
    assert anolf.affiliated_to == Organisation.objects.get(slug="cisl")


def test_what_was_assumed_is_marked_as_sample(file: ProgrammeFile) -> None:
    load_programme(file=file, at=AT)
    for model in (CityProfile, LearningNeed, TopicLevel):
        assert model._default_manager.exists()
        assert not model._default_manager.filter(is_sample=False).exists()


def test_exchanges_held_are_closed_visits(file: ProgrammeFile) -> None:
    load_programme(file=file, at=AT)
    visits = list(StudyVisit.objects.order_by("reference"))
    assert [visit.reference for visit in visits] == [f"UMN-2022-00{n}" for n in range(1, 7)]
    assert {visit.state for visit in visits} == {"closed"}
    assert visits[0].title == "Social economy and social interpreting, in Liège"
    assert "title is made from the topics" in visits[0].note
    assert (visits[0].start_date, visits[0].known_month) == (None, date(2022, 3, 1))
    assert (visits[5].start_date, visits[5].known_month) == (None, None)
    assert Programme.objects.get().exchanges.exclude(visit=None).count() == 5
    assert not hasattr(visits[5], "exchange")
    guests = visits[3].third_parties.filter(side="guest")
    assert [each.name for each in guests] == ["FGTB Liège-Huy-Waremme"]
    assert "Logatec, Postojna" in visits[4].note


def test_second_load_changes_nothing(file: ProgrammeFile) -> None:
    first = load_programme(file=file, at=AT)
    before = contents()
    second = load_programme(file=file, at=AT)
    assert contents() == before
    assert not second.added
    assert second.kept["visits"] == first.added["visits"] == 6


def test_what_people_changed_since_stays(file: ProgrammeFile) -> None:
    load_programme(file=file, at=AT)
    Organisation.objects.filter(slug="eka").update(name="EKA of Athens")
    TopicLevel.objects.filter(city__slug="athens").delete()
    Partner.objects.filter(organisation__slug="uil").delete()
    load_programme(file=file, at=AT)
    assert Organisation.objects.get(slug="eka").name == "EKA of Athens"
    assert not TopicLevel.objects.filter(city__slug="athens").exists()
    assert not Partner.objects.filter(organisation__slug="uil").exists()


def test_organisation_that_is_new_in_the_file_becomes_partner(file: ProgrammeFile) -> None:
    load_programme(file=file, at=AT)
    Partner.objects.filter(organisation__slug="uil").delete()
    Organisation.objects.filter(slug="uil").delete()
    tally = load_programme(file=file, at=AT)
    assert dict(tally.added) == {"organisations": 1, "partners": 1}


def test_nothing_is_loaded_when_no_exchange_is_left(file: ProgrammeFile) -> None:
    load_programme(file=file, at=AT)
    programme = Programme.objects.get()
    StudyVisit.objects.filter(reference="UMN-2022-005").update(import_key=None)
    programme.exchanges.filter(visit=None).delete()
    Practice.objects.filter(slug="univerbal").delete()
    with pytest.raises(ExchangeLimitReached):
        load_programme(file=file, at=AT)
    assert not Practice.objects.filter(slug="univerbal").exists()


def test_record_is_whole_after_loading(file: ProgrammeFile) -> None:
    load_programme(file=file, at=AT)
    record = read_record()
    assert verify(record.entries, count=record.count, head=record.head) == []
    assert Event.objects.filter(verb="import").count() == 6
    assert Event.objects.get(verb="load").data["added"]["cities"] == 11
