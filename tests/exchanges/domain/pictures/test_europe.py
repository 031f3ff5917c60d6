from itertools import combinations

import pytest

from exchanges.domain.pictures import europe

CITIES = [
    europe.MapPlace("liege", "Liège", 50.6326, 5.5797),
    europe.MapPlace("brussels", "Brussels", 50.8503, 4.3517),
    europe.MapPlace("sofia", "Sofia", 42.6977, 23.3219),
    europe.MapPlace("dolna-malina", "Dolna Malina", 42.69, 23.7),
    europe.MapPlace("athens", "Athens", 37.9838, 23.7275),
    europe.MapPlace("milan", "Milan", 45.4642, 9.19),
    europe.MapPlace("pordenone", "Pordenone", 45.9564, 12.6615),
    europe.MapPlace("trieste", "Trieste", 45.6495, 13.7768),
    europe.MapPlace("muggia", "Muggia", 45.6037, 13.7669),
    europe.MapPlace("ljubljana", "Ljubljana", 46.0569, 14.5058),
    europe.MapPlace("warsaw", "Warsaw", 52.2297, 21.0122),
]


@pytest.mark.parametrize(
    ("latitude", "longitude", "x", "y"),
    [
        (50.6326, 5.5797, 221.0678, 193.4605),
        (46.0569, 14.5058, 333.7651, 288.6514),
        (37.9838, 23.7275, 478.9235, 437.8524),
        (42.6977, 23.3219, 462.0109, 346.2646),
        (52.2297, 21.0122, 410.6817, 162.6237),
        (38.7223, -9.1393, -23.7317, 384.9832),
    ],
)
def test_projection_agrees_with_d3(latitude: float, longitude: float, x: float, y: float) -> None:
    assert europe.project(latitude, longitude) == pytest.approx((x, y), abs=1e-4)


def test_labels_of_near_cities_hide_neither_each_other_nor_a_dot() -> None:
    spots = {
        city.key: europe.Spot(*europe.project(city.latitude, city.longitude), city.label)
        for city in CITIES
    }
    boxes = {key: label.box for key, label in europe.place_labels(spots).items()}
    hidden = [(a, b) for a, b in combinations(boxes, 2) if boxes[a].overlap(boxes[b])]
    covered = [(a, b) for a in boxes for b in spots if a != b and boxes[a].overlap(spots[b].box)]
    assert (hidden, covered) == ([], [])


def test_labels_do_not_depend_on_the_order_of_the_cities() -> None:
    one, other = europe.draw(CITIES, []), europe.draw(CITIES[::-1], [])
    assert set(one.cities) == set(other.cities)


def test_city_beyond_the_frame_is_put_on_its_edge_and_says_so() -> None:
    lisbon, athens = europe.draw(
        [europe.MapPlace("lisbon", "Lisbon", 38.7223, -9.1393), CITIES[4]], []
    ).cities
    assert (lisbon.x, lisbon.is_outside) == (europe.LEFT + europe.EDGE, True)
    assert athens.is_outside is False


def test_return_visit_has_its_own_line() -> None:
    drawing = europe.draw(
        CITIES,
        [europe.MapLine("liege", "athens", "there"), europe.MapLine("athens", "liege", "back")],
    )
    assert [arc.title for arc in drawing.arcs] == ["there", "back"]
    assert len({arc.d.split("Q")[1].split(" ")[0] for arc in drawing.arcs}) == 2


def test_journey_to_an_unknown_city_is_left_out() -> None:
    journeys = [europe.MapLine("liege", "oslo", "x"), europe.MapLine("liege", "liege", "y")]
    assert europe.draw(CITIES, journeys).arcs == ()


def test_arc_bends_to_the_left_of_the_way() -> None:
    assert europe.arc((0, 0), (100, 0)) == "M0.0 0.0Q50.0 -20.0 100.0 0.0"


def test_crowd_of_cities_is_labelled_without_search() -> None:
    crowd = range(europe.MOST_PLACED + 1)
    places = [europe.MapPlace(str(n), f"City {n}", 40 + n / 10, 5 + n / 10) for n in crowd]
    assert {city.anchor for city in europe.draw(places, []).cities} == {"start"}
