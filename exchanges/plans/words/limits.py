"""Which limits a plan uses up, seen from its visits alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from exchanges.plans.domain import Binding, BindingKind
from exchanges.plans.domain.request import country_limit
from exchanges.plans.words.page import PlanPage

UNKNOWN = 0


def tight_limits(page: PlanPage) -> list[Binding]:
    """Without what one more would be worth: nobody asked the solver."""
    return [Binding(kind, subject, UNKNOWN) for kind, subject in _found(page)]


def _found(page: PlanPage) -> Iterator[tuple[BindingKind, str]]:
    request, visits = page.request, page.visits
    hosting = Counter(visit.host for visit in visits)
    making = Counter(guest for visit in visits for guest in visit.guests)
    countries = Counter(page.places[visit.host].country for visit in visits)
    if len(visits) >= request.exchanges:
        yield BindingKind.EXCHANGES, ""
    most = country_limit(request.exchanges, request.country_share)
    yield from ((BindingKind.COUNTRY, code) for code, count in countries.items() if count >= most)
    for slug, city in page.by_slug.items():
        if hosting[slug] and hosting[slug] >= city.hosting_left:
            yield BindingKind.HOSTING, slug
        if making[slug] and making[slug] >= city.guest_left:
            yield BindingKind.GUEST, slug
