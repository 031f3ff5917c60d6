"""A city has no name of another one of its country, in any language."""

from __future__ import annotations

from typing import Any

import pytest
from i18nfield.strings import LazyI18nString

from exchanges.models import City
from exchanges.operations.cities import cities
from exchanges.operations.shared_rows import AlreadyThere
from tests.factories import AT, Scene, make_city

pytestmark = pytest.mark.django_db


def values(**names: str) -> dict[str, Any]:
    return {
        "names": LazyI18nString(names),
        "country": "BE",
        "latitude": 50.6,
        "longitude": 5.6,
        "time_zone": "Europe/Brussels",
        "languages": ["fr"],
        "holiday_region": "",
    }


@pytest.fixture
def liege(scene: Scene) -> City:
    names = LazyI18nString({"en": "Liège", "nl": "Luik"})
    return make_city("liege", country="BE", names=names, added_by=scene.programme.coordinator)


@pytest.mark.parametrize("name", ["Liège", "LIEGE", "Lie\u0300ge", "Li\u00ade\u0300ge", "Luik"])
def test_second_city_of_a_name_is_refused(scene: Scene, liege: City, name: str) -> None:
    with pytest.raises(AlreadyThere):
        cities.add(values=values(en="Another", fr=name), by=scene.office, at=AT)
    assert City.objects.filter(country="BE").count() == 1


def test_city_is_not_renamed_to_another(scene: Scene, liege: City) -> None:
    other = cities.add(values=values(en="Namur"), by=scene.office, at=AT)
    with pytest.raises(AlreadyThere):
        cities.edit(
            city=other, values=values(en="Namur", it="luik"), revision=None, by=scene.office, at=AT
        )
    other.refresh_from_db()
    assert other.names.data == {"en": "Namur"}


def test_name_in_another_country_is_another_city(scene: Scene, liege: City) -> None:
    wanted = values(en="Liège") | {"country": "FR"}
    assert cities.add(values=wanted, by=scene.office, at=AT).slug == "liege-2"
