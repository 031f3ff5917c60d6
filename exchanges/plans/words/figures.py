"""What two plans are measured by, and a plan beside exchanges that were held."""

from __future__ import annotations

from django.utils.translation import gettext as _

from exchanges.plans.words.held import HeldComparison, Measures
from exchanges.plans.words.page import PlanPage
from exchanges.plans.words.travel import emission_words
from exchanges.words.formats import country, distance, listed, number

Figures = list[tuple[str, str, str]]
"""Label, of the first, of the second."""


def plan_figures(first: PlanPage, second: PlanPage) -> Figures:
    columns = zip(*(_of_plan(page) for page in (first, second)), strict=True)
    labels = (
        _("Visits"),
        _("Cities that take part"),
        _("Points"),
        _("How good"),
        _("Kilometres of all people"),
        _("Emissions"),
    )
    return [(label, *pair) for label, pair in zip(labels, columns, strict=True)]


def held_figures(found: HeldComparison) -> Figures:
    columns = zip(*(_of_measures(each) for each in (found.planned, found.held)), strict=True)
    labels = (
        _("Visits"),
        _("Cities"),
        _("Countries"),
        _("Pairs of guest and host"),
        _("Of these, possible by today's profiles"),
        _("Their average score"),
        _("Kilometres of all people"),
        _("Emissions"),
    )
    return [(label, *pair) for label, pair in zip(labels, columns, strict=True)]


def _of_plan(page: PlanPage) -> tuple[str, ...]:
    assert page.result is not None
    assert page.proof is not None
    return (
        number(len(page.visits)),
        number(len(page.result.taking_part)),
        number(page.points),
        page.proof.words,
        distance(page.travel.whole.person_km),
        emission_words(page.travel.whole.grams),
    )


def _of_measures(found: Measures) -> tuple[str, ...]:
    return (
        number(found.visits),
        number(len(found.cities)),
        listed(country(code) for code in found.countries) or _("none"),
        number(found.pairs),
        number(found.possible),
        number(found.average) if found.average is not None else "–",
        distance(found.travel.person_km),
        emission_words(found.travel.grams),
    )
