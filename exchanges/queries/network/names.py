"""Which names are taken. Two organisations of a country, or two cities, never have the same."""

from __future__ import annotations

from collections.abc import Iterable

from exchanges.domain.text import fold
from exchanges.models import City, Organisation


def organisation_of_name(
    names: Iterable[str], country: str, *, besides: int | None = None
) -> Organisation | None:
    """Return the organisation of this country that has one of these names already."""
    wanted = {fold(name) for name in names if name.strip()}
    others = Organisation.objects.filter(city__country=country).exclude(pk=besides or 0)
    for other in others.select_related("city").order_by("pk"):
        if not wanted.isdisjoint({fold(other.name), fold(other.native_name)} - {""}):
            return other
    return None


def city_of_name(names: Iterable[str], country: str, *, besides: int | None = None) -> City | None:
    """Return the city of this country that has one of these names in any language."""
    wanted = {fold(name) for name in names if name and name.strip()}
    for other in City.objects.filter(country=country).exclude(pk=besides or 0).order_by("pk"):
        if not wanted.isdisjoint({fold(name) for name in other.names.data.values() if name}):
            return other
    return None


def names_of_cities() -> list[str]:
    """Return the names of all cities in all languages, each once, sorted."""
    names = City.objects.values_list("names", flat=True)
    return sorted({name for each in names for name in each.data.values() if name})


def names_of_organisations() -> list[str]:
    """Return the English and native names of all organisations, each once, sorted."""
    pairs = Organisation.objects.values_list("name", "native_name")
    return sorted({name for pair in pairs for name in pair if name})
