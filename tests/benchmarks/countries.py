"""The countries of synthetic networks: where they lie, how many cities they send, what they speak.

Weights follow the number of municipalities that take part in programmes like ours, as a rough
judgement: many in Italy, Germany, France and Spain, few in Malta. `english` is the share of
cities that can work in English.
"""

from typing import NamedTuple


class Country(NamedTuple):
    code: str
    weight: int
    latitude: float
    longitude: float
    languages: tuple[str, ...]
    english: float


COUNTRIES = (
    Country("IT", 16, 43.8, 11.5, ("it",), 0.55),
    Country("DE", 14, 50.8, 10.0, ("de",), 0.8),
    Country("FR", 13, 46.8, 2.5, ("fr",), 0.5),
    Country("ES", 12, 40.3, -3.7, ("es",), 0.5),
    Country("PL", 7, 52.0, 19.3, ("pl",), 0.6),
    Country("GR", 6, 39.0, 22.6, ("el",), 0.75),
    Country("BE", 6, 50.7, 4.6, ("fr", "nl"), 0.75),
    Country("NL", 6, 52.2, 5.4, ("nl",), 0.95),
    Country("SE", 5, 59.3, 15.6, ("sv",), 0.95),
    Country("PT", 5, 39.8, -8.3, ("pt",), 0.65),
    Country("RO", 5, 45.8, 25.0, ("ro",), 0.6),
    Country("AT", 4, 47.6, 14.2, ("de",), 0.8),
    Country("BG", 4, 42.7, 25.3, ("bg",), 0.5),
    Country("SI", 4, 46.1, 14.7, ("sl",), 0.8),
    Country("CZ", 4, 49.8, 15.4, ("cs",), 0.6),
    Country("HU", 4, 47.1, 19.4, ("hu",), 0.5),
    Country("DK", 3, 55.9, 10.0, ("da",), 0.95),
    Country("FI", 3, 61.5, 25.5, ("fi", "sv"), 0.9),
    Country("IE", 3, 53.2, -7.7, ("en",), 1.0),
    Country("HR", 3, 45.3, 15.8, ("hr",), 0.7),
    Country("SK", 3, 48.7, 19.5, ("sk",), 0.55),
    Country("NO", 3, 60.5, 9.5, ("no",), 0.95),
    Country("CH", 3, 46.9, 7.9, ("de", "fr", "it"), 0.75),
    Country("LT", 2, 55.3, 23.9, ("lt",), 0.65),
    Country("LV", 2, 56.9, 24.9, ("lv",), 0.7),
    Country("EE", 2, 58.7, 25.5, ("et",), 0.8),
    Country("RS", 2, 44.2, 20.9, ("sr",), 0.6),
    Country("AL", 2, 41.1, 20.0, ("sq",), 0.6),
    Country("MK", 2, 41.6, 21.7, ("mk",), 0.6),
    Country("BA", 2, 44.2, 17.8, ("bs",), 0.6),
    Country("CY", 1, 35.0, 33.2, ("el",), 0.9),
    Country("MT", 1, 35.9, 14.4, ("mt", "en"), 1.0),
    Country("LU", 1, 49.7, 6.1, ("fr", "de"), 0.8),
    Country("IS", 1, 64.6, -18.8, ("is",), 0.95),
)
