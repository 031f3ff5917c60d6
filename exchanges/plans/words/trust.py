"""How far a plan can be trusted, in sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from exchanges.enums import Fairness
from exchanges.plans.domain import PlanResult
from exchanges.plans.domain.analysis import (
    Alternative,
    Analysis,
    analysis_of,
)
from exchanges.plans.domain.problem import problem_of
from exchanges.plans.words.analysis import (
    StabilityPage,
    fairness_sentence,
    left_out_sentence,
    stability_page,
    worst_off_sentence,
)
from exchanges.plans.words.comparison import PlanComparison, compare
from exchanges.plans.words.limits import tight_limits
from exchanges.plans.words.page import PlanPage, headline_of
from exchanges.plans.words.plan import (
    binding_sentence,
    difference_sentence,
    unmet_sentence,
    worth_words,
)

MOST_PRICED = 150
"""In a plan of more cities it takes too long to say what one more would be worth."""


@dataclass(frozen=True, slots=True)
class AlternativePage:
    number: int
    page: PlanPage
    headline: str
    price: str
    beside: PlanComparison


@dataclass(frozen=True, slots=True)
class TrustPage:
    """`is_pending` while it is being worked out; `is_partial` when there was no time for all."""

    is_pending: bool
    is_partial: bool
    is_small: bool
    binding: tuple[str, ...]
    fairness: str
    worst_off: str
    stability: StabilityPage | None
    alternatives: tuple[AlternativePage, ...]


def trust_of(page: PlanPage) -> TrustPage:
    found = analysis_of(page.plan.analysis)
    about = found or Analysis()
    return TrustPage(
        is_pending=page.plan.analysis is None,
        is_partial=page.plan.analysis is not None and (found is None or not found.is_complete),
        is_small=about.is_small,
        binding=tuple(binding_words(page)),
        fairness=fairness_sentence(page, about.fairness) if about.fairness else "",
        worst_off=worst_off_sentence(page, about.worst_off) if about.worst_off else "",
        stability=stability_page(page, about.stability) if about.stability else None,
        alternatives=tuple(
            _alternative(page, number, each)
            for number, each in enumerate(about.alternatives, start=1)
        ),
    )


def binding_words(page: PlanPage) -> list[str]:
    """What one more would bring, as far as that is known; then other limits that are used up."""
    if page.result is None:
        return []
    known = {(each.kind, each.subject) for each in page.result.binding}
    others = [each for each in tight_limits(page) if (each.kind, each.subject) not in known]
    worth = _worth_of_gains(page)
    found = [(each, worth(each.gain)) for each in page.result.binding]
    found += [(each, "") for each in others]
    return [binding_sentence(each, page.names, words) for each, words in found]


def unmet_words(page: PlanPage) -> list[str]:
    return [unmet_sentence(each, page.names) for each in page.result.unmet] if page.result else []


def alternative_page(page: PlanPage, number: int) -> PlanPage | None:
    """The plan's page as it would be with its `number`th alternative, counted from one."""
    found = analysis_of(page.plan.analysis)
    alternatives = found.alternatives if found else ()
    if not 1 <= number <= len(alternatives):
        return None
    return _with_visits(page, alternatives[number - 1])


def alternative_title(number: int) -> str:
    return _("Alternative %(number)s") % {"number": number}


def left_out_words(page: PlanPage) -> dict[str, str]:
    """By slug, what the analysis found out about cities that the plan leaves out."""
    found = analysis_of(page.plan.analysis)
    said = {each.city: left_out_sentence(page, each) for each in (found.left_out if found else ())}
    return {slug: words for slug, words in said.items() if words}


def _worth_of_gains(page: PlanPage) -> Callable[[int], str]:
    """Of a repair, points say nothing: they count what was kept on top."""
    participation = _participation(page)
    inside = page.result.taking_part if page.result else ()
    left_out = len(page.request.cities) - len(inside)
    if participation is None:
        return lambda gain: ""
    return lambda gain: worth_words(gain, participation, left_out)


def _participation(page: PlanPage) -> int | None:
    """What it is worth that a city takes part, where that outweighs all points; None: not known."""
    if page.request.is_repair:
        return None
    if page.request.fairness != Fairness.EVERYONE:
        return 0
    if len(page.request.cities) > MOST_PRICED:
        return None
    return problem_of(page.request).participation


def _alternative(page: PlanPage, count: int, found: Alternative) -> AlternativePage:
    other = _with_visits(page, found)
    beside = compare(page, other)
    assert other.result is not None
    title = alternative_title(count)
    return AlternativePage(
        number=count,
        page=other,
        headline=headline_of(page.request, other.result),
        price=difference_sentence(title, beside.points, beside.cities),
        beside=beside,
    )


def _with_visits(page: PlanPage, found: Alternative) -> PlanPage:
    assert page.result is not None
    result: PlanResult = replace(
        page.result,
        visits=found.visits,
        score=found.score,
        objective=found.objective,
        bound=found.objective if found.is_proven else page.result.bound,
        taking_part=found.taking_part,
        unmet=(),
        binding=(),
    )
    return replace(page, result=result)
