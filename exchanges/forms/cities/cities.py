"""The form of a city that all programmes share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchanges.forms.choices import NamesForm, TimeZoneField, all_countries, initial_names
from exchanges.forms.fields import LanguagesField, LineField, RevisionField
from exchanges.forms.look_alikes import CheckedNames
from exchanges.forms.offices import ForOfficeForm
from exchanges.models import City
from exchanges.operations.cities.cities import CITY
from exchanges.operations.editing import checksum_of
from exchanges.operations.shared_rows import row_values
from exchanges.queries.cities.near import NEAR_KM, cities_near
from exchanges.queries.network.names import names_of_cities

PLACE = ("latitude", "longitude")


class CityForm(ForOfficeForm, CheckedNames, NamesForm):
    names_length = 80
    country = forms.ChoiceField(label=_("Country"), choices=all_countries)
    latitude = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90)
    longitude = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180)
    time_zone = TimeZoneField(
        label=_("Time zone"), help_text=_("By its name in the IANA list, such as Europe/Rome.")
    )
    languages = LanguagesField(
        label=_("Languages spoken there"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-two"}),
    )
    holiday_region = LineField(
        label=_("Region for public holidays"),
        max_length=10,
        required=False,
        help_text=_("Only where a region has days of its own, such as PN for Pordenone."),
    )
    revision = RevisionField()

    def known_names(self) -> list[str]:
        return names_of_cities()

    def _doubts(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Add a box for each city so near that it may be the same."""
        yield from super()._doubts(cleaned)
        latitude, longitude = (cleaned.get(name) for name in PLACE)
        before = tuple(self.initial.get(name) for name in PLACE)
        if latitude is None or longitude is None or (latitude, longitude) == before:
            return
        for other in cities_near(latitude, longitude, besides=self.initial.get("pk")):
            sentence = gettext(
                "The place is right: %(city)s, within %(km)d km of it, is another city."
            )
            yield f"near / {other.slug}", sentence % {"city": other, "km": NEAR_KM}

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CITY if name != "names"} | {
            "names": self.names()
        }


def city_initial(city: City) -> dict[str, Any]:
    values = row_values(city, CITY)
    return values | initial_names(city.names) | {"revision": checksum_of(values), "pk": city.pk}
