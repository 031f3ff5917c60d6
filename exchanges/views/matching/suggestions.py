"""Matches inside a proposal, with ways to the pages of matching."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from exchanges.domain.matching import COMPONENTS
from exchanges.enums import Side
from exchanges.models import City
from exchanges.queries.matching.data import coordinators_cities
from exchanges.queries.matching.practices import practices_of
from exchanges.views.matching.frame import PAGES, with_query
from exchanges.words.matching.comparison import FEWEST, MOST
from exchanges.words.matching.components import LABELS
from exchanges.words.matching.data import MatchingData
from exchanges.words.matching.matches import Matches


def suggestions(
    matches: Matches, matching: MatchingData, own: City, side: Side, topics: Sequence[str]
) -> dict[str, Any]:
    practices = practices_of(matches.possible, own)
    asked = {"city": own.slug, "topic": ",".join(topics)}
    sided = {**asked, "side": "" if side == Side.GUEST else str(side)}
    best = [match.city.slug for match in matches.possible[:MOST]]
    of_programme = [matching.programme.slug]
    why = reverse("exchanges:match-why", args=of_programme)
    return {
        "labels": [LABELS[kind] for kind in COMPONENTS],
        "rows": [
            {"match": match, "practices": practices.get(match.city.slug, [])}
            for match in matches.possible
        ],
        "ruled_out": [
            {"match": match, "why_url": with_query(why, {**sided, "of": match.city.slug})}
            for match in matches.ruled_out
        ],
        "bystanders": [
            (city, coordinator, with_query(why, {**sided, "of": city.slug}))
            for city, coordinator in coordinators_cities(matching)
        ],
        "map_url": with_query(reverse(PAGES[side], args=of_programme), {**asked, "view": "map"}),
        "compare_url": with_query(
            reverse("exchanges:match-compare", args=of_programme), {**sided, "with": best}
        )
        if len(best) >= FEWEST
        else "",
    }
