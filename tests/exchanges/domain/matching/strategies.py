"""Cities as nasty as facts allow, for properties that hold for all of them."""

from hypothesis import strategies as st

from exchanges.domain.matching import CityFacts, ComponentKind, Weights
from exchanges.domain.matching.facts import ALL_WINDOWS
from tests.exchanges.domain.matching.sample_cities import SHOP, city

TOPICS = (SHOP, "interpreting", "labour-rights", "housing")
SLUGS = ("a", "b", "c", "d", "e", "aa", "Z", "é", "ж")

slugs = st.sampled_from(SLUGS)
topics = st.sampled_from(TOPICS)
capacities = st.sampled_from([0, 1, 1, 2, 2, 10**30])
windows = (
    st.integers(0, 15)
    | st.integers(0, ALL_WINDOWS)
    | st.sampled_from([1, 1 << 62, ALL_WINDOWS, ALL_WINDOWS ^ 1])
)
places = (
    st.tuples(st.floats(-90, 90), st.floats(-180, 180))
    | st.sampled_from([(0.0, 0.0), (0.0, 180.0), (90.0, 0.0), (-90.0, 17.0), (46.05, 14.5)])
    | st.tuples(st.floats(45, 46), st.floats(13, 14))
)
levels = st.dictionaries(topics, st.integers(0, 5)) | st.fixed_dictionaries(
    {topic: st.integers(0, 5) for topic in TOPICS}
)
needs = st.dictionaries(topics, st.integers(1, 3))
weight = st.integers(0, 3) | st.integers(0, 10**30)
any_weights = (
    st.lists(weight, min_size=7, max_size=7).filter(any).map(lambda given: Weights(*given))
) | st.sampled_from(
    [Weights(**{kind: int(kind is only) for kind in ComponentKind}) for only in ComponentKind]
)


@st.composite
def cities(draw: st.DrawFn, slug: st.SearchStrategy[str] = slugs) -> CityFacts:
    latitude, longitude = draw(places)
    return city(
        draw(slug),
        draw(st.sampled_from(["GR", "IT", "SI"])),
        latitude=latitude,
        longitude=longitude,
        working_languages=draw(st.frozensets(st.sampled_from(["en", "fr", "it"]), max_size=3)),
        has_interpretation=draw(st.booleans()),
        levels=draw(levels),
        needs=draw(needs),
        hosting_capacity=draw(capacities),
        guest_capacity=draw(capacities),
        hosting_booked=draw(st.sampled_from([0, 0, 0, 0, 1, 10**30])),
        guest_booked=draw(st.sampled_from([0, 0, 0, 0, 1, 10**30])),
        windows=draw(windows),
        has_local_authority=draw(st.booleans()),
        has_umn_member=draw(st.booleans()),
        not_shown=draw(st.frozensets(topics, max_size=2)),
        visited=draw(st.dictionaries(slugs, st.sampled_from(["", "2022-05"]), max_size=2)),
        vetoes=draw(st.sampled_from([frozenset()] * 3) | st.frozensets(slugs, max_size=1)),
    )


def networks(most: int = len(SLUGS)) -> st.SearchStrategy[list[CityFacts]]:
    return st.lists(cities(), max_size=most, unique_by=lambda each: each.slug)
