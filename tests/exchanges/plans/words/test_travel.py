from django.utils import translation

from exchanges.plans.domain import PlannedVisit
from exchanges.plans.words.travel import emission_words, method_words, mode_words, travel_of
from tests.exchanges.domain.matching.sample_cities import SAMPLE

PLACES = {each.slug: each for each in SAMPLE}


def test_travel_by_visit_and_of_the_whole_plan() -> None:
    visits = [
        PlannedVisit("ljubljana", 3, ("athens", "pordenone")),
        PlannedVisit("liege", 5, ("sofia",)),
    ]
    found = travel_of(visits, PLACES, {"athens": 3, "pordenone": 3, "sofia": 3})
    assert [travel.people for travel in found.visits] == [6, 3]
    assert found.whole.grams == sum(travel.grams for travel in found.visits)
    with translation.override("en"):
        assert [mode_words(pair) for pair in found.whole.pairs] == [
            "By plane",
            "By train",
            "By plane",
        ]


def test_emissions_in_kilograms_and_tonnes() -> None:
    with translation.override("en"):
        assert emission_words(0) == "0 kg CO₂e"
        assert emission_words(1500) == "2 kg CO₂e"
        assert emission_words(1_260_000) == "1.3 t CO₂e"
    with translation.override("fr"):
        assert "1,3" in emission_words(1_260_000)


def test_method_names_its_figures() -> None:
    with translation.override("en"):
        words = method_words()
    for figure in ("800 km", "20%", "95 km", "33 g", "160 g", "2018"):
        assert figure in words
