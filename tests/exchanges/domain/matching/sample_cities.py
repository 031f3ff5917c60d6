"""Cities to match: the sample programme, as far as one-stop shops go, and plain ones."""

from dataclasses import replace

from exchanges.domain.matching import CityFacts

SHOP = "one-stop-shop"


def city(slug: str, country: str = "IT", **facts: object) -> CityFacts:
    plain = CityFacts(
        slug=slug,
        country=country,
        latitude=45.0,
        longitude=10.0,
        working_languages=frozenset({"en"}),
        has_interpretation=False,
        levels={},
        needs={},
        hosting_capacity=1,
        guest_capacity=1,
        has_local_authority=True,
        has_umn_member=True,
    )
    return replace(plain, **facts)  # type: ignore[arg-type]


def speaks(*codes: str) -> frozenset[str]:
    return frozenset(codes)


# The assumed part of the sample programme, as far as one-stop shops are concerned.
SAMPLE = (
    city("liege", "BE", latitude=50.6326, longitude=5.5797, working_languages=speaks("fr", "en"),
         has_interpretation=True, levels={SHOP: 2}, needs={SHOP: 3}, hosting_capacity=2),
    city("brussels", "BE", latitude=50.8503, longitude=4.3517,
         working_languages=speaks("fr", "nl"), hosting_capacity=0, has_local_authority=False),
    city("sofia", "BG", latitude=42.6977, longitude=23.3219,
         working_languages=speaks("bg", "en"), levels={SHOP: 3}, needs={"interpreting": 3}),
    city("dolna-malina", "BG", latitude=42.69, longitude=23.7, working_languages=speaks("bg"),
         levels={SHOP: 0}, needs={SHOP: 3, "labour-rights": 2}, hosting_capacity=0),
    city("athens", "GR", latitude=37.9838, longitude=23.7275,
         working_languages=speaks("el", "en"), levels={SHOP: 1, "interpreting": 2},
         needs={SHOP: 3, "job-placement": 3, "interpreting": 1}),
    city("milan", "IT", latitude=45.4642, longitude=9.19,
         working_languages=speaks("it", "en", "fr"), has_interpretation=True,
         levels={"job-placement": 5, "interpreting": 2}, hosting_capacity=2),
    city("pordenone", "IT", latitude=45.9564, longitude=12.6615,
         working_languages=speaks("it", "en"), levels={SHOP: 1, "job-placement": 4},
         needs={SHOP: 2, "labour-rights": 3}),
    city("trieste", "IT", latitude=45.6495, longitude=13.7768,
         working_languages=speaks("it", "sl", "en"), levels={SHOP: 4, "interpreting": 1}),
    city("muggia", "IT", latitude=45.6037, longitude=13.7669,
         working_languages=speaks("it", "sl"), levels={SHOP: 1}, needs={SHOP: 3},
         hosting_capacity=0),
    city("ljubljana", "SI", latitude=46.0569, longitude=14.5058,
         working_languages=speaks("sl", "en", "it"), has_interpretation=True,
         levels={SHOP: 4, "interpreting": 4}),
)  # fmt: skip


def sample(slug: str) -> CityFacts:
    return next(each for each in SAMPLE if each.slug == slug)
