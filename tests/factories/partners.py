from itertools import count
from typing import Any

from i18nfield.strings import LazyI18nString

from exchanges.enums import OrganisationKind
from exchanges.models import City, CityProfile, Organisation, Topic

numbers = count(1)


def make_city(slug: str = "", **fields: Any) -> City:
    """With a profile that can host and visit. `profile` overrides it."""
    slug = slug or f"city-{next(numbers)}"
    profile = fields.pop("profile", {})
    defaults: dict[str, Any] = {
        "names": LazyI18nString({"en": slug.replace("-", " ").title()}),
        "country": "SI",
        "latitude": 46.05,
        "longitude": 14.5,
        "time_zone": "Europe/Ljubljana",
        "languages": ["sl"],
    }
    city = City.objects.create(slug=slug, **{**defaults, **fields})
    told: dict[str, Any] = {
        "working_languages": ["en", *city.languages],
        "hosting_capacity": 2,
        "guest_capacity": 2,
        "places_for_guests": 10,
        "delegation_size": 3,
    }
    CityProfile.objects.create(city=city, **{**told, **profile})
    return city


def make_organisation(name: str = "", *, city: City | None = None, **fields: Any) -> Organisation:
    number = next(numbers)
    city = city or make_city()
    active_in = fields.pop("active_in", [city])
    defaults: dict[str, Any] = {
        "slug": f"organisation-{number}",
        "name": name or f"Organisation {number}",
        "kind": OrganisationKind.LOCAL_AUTHORITY,
    }
    organisation = Organisation.objects.create(city=city, **{**defaults, **fields})
    organisation.active_in.set(active_in)
    return organisation


def make_topic(slug: str = "", **fields: Any) -> Topic:
    slug = slug or f"topic-{next(numbers)}"
    defaults = {"names": LazyI18nString({"en": slug.replace("-", " ").capitalize()})}
    return Topic.objects.create(slug=slug, **{**defaults, **fields})
