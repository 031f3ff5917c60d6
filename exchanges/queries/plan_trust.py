"""How far a plan can be trusted, in sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exchanges.domain.matching import ComponentKind
from exchanges.domain.plan import PlanResult
from exchanges.domain.plan.analysis import (
    Alternative,
    Analysis,
    FairnessPrice,
    LeftOut,
    LeftOutKind,
    Stability,
    StabilityLevel,
    WorstOff,
    analysis_of,
)
from exchanges.domain.plan.problem import problem_of
from exchanges.enums import Fairness
from exchanges.formats import listed, number
from exchanges.number_words import spelled
from exchanges.queries.plan_compare import PlanComparison, compare
from exchanges.queries.plan_limits import tight_limits
from exchanges.queries.plan_pages import PlanPage, headline_of
from exchanges.queries.plan_words import (
    binding_sentence,
    difference_sentence,
    points_words,
    price_sentence,
    unmet_sentence,
)
from exchanges.queries.reasons import LABELS

MOST_PRICED = 150
"""In a plan of more cities it takes too long to say what one more would be worth."""

LEVELS = {
    StabilityLevel.STABLE: gettext_lazy("Stable"),
    StabilityLevel.MOSTLY: gettext_lazy("Mostly stable"),
    StabilityLevel.FRAGILE: gettext_lazy("Fragile"),
}


@dataclass(frozen=True, slots=True)
class StabilityPage:
    """`visits`: for each visit of the plan its host, and a word on how often it came out."""

    level: StabilityLevel
    label: str
    words: str
    changed: tuple[str, ...]
    visits: tuple[tuple[str, StabilityLevel, str], ...]


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
        fairness=_fairness(page, about.fairness) if about.fairness else "",
        worst_off=_worst_off(page, about.worst_off) if about.worst_off else "",
        stability=_stability(page, about.stability) if about.stability else None,
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
    participation = _participation(page) if known else None
    found = (*page.result.binding, *others)
    return [binding_sentence(each, page.names, participation) for each in found]


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
    said = {each.city: _left_out(page, each) for each in (found.left_out if found else ())}
    return {slug: words for slug, words in said.items() if words}


def _participation(page: PlanPage) -> int | None:
    if page.request.is_repair:
        return None
    if page.request.fairness != Fairness.EVERYONE:
        return 0
    if len(page.request.cities) > MOST_PRICED:
        return None
    return problem_of(page.request).participation


def _fairness(page: PlanPage, found: FairnessPrice) -> str:
    if found.price <= 0:
        return _("Fairness costs nothing here: the best pairs alone bring no more points.")
    part = len(page.result.taking_part) if page.result else 0
    words = ngettext(
        "Looking at the pairs alone, a plan would have %(points)s more, and %(count)s city would "
        "take part instead of %(all)s.",
        "Looking at the pairs alone, a plan would have %(points)s more, and %(count)s cities would "
        "take part instead of %(all)s.",
        len(found.taking_part),
    )
    numbers = {
        "points": points_words(found.price),
        "count": spelled(len(found.taking_part)),
        "all": spelled(part),
    }
    return words % numbers


def _worst_off(page: PlanPage, found: WorstOff) -> str:
    names = {
        "city": page.names.get(found.city, found.city),
        "host": page.names.get(found.host, found.host),
        "best": page.names.get(found.best_host, found.best_host),
        "rank": found.rank,
        "options": found.options,
        "points": number(found.points),
        "most": number(found.best_points),
    }
    if not found.host:
        words = _("%(city)s gets least: it does not travel. %(best)s would suit it best.")
    elif found.rank == 1:
        words = _(
            "%(city)s gets least, %(points)s points, and yet its best possible host: %(host)s."
        )
    else:
        words = _(
            "%(city)s gets least: %(host)s is number %(rank)s of its %(options)s possible hosts, "
            "with %(points)s points. %(best)s would suit it best, with %(most)s."
        )
    return words % names


def _stability(page: PlanPage, found: Stability) -> StabilityPage:
    words = ngettext(
        "With one weight a quarter higher or lower, the same visits came out in %(same)s of "
        "%(runs)s plan.",
        "With one weight a quarter higher or lower, the same visits came out in %(same)s of "
        "%(runs)s plans.",
        found.runs,
    )
    visits = tuple(
        (row.host.name, level, str(LEVELS[level]))
        for row, count in zip(page.rows, found.visits, strict=False)
        for level in [found.level_of(count)]
    )
    return StabilityPage(
        level=found.level,
        label=str(LEVELS[found.level]),
        words=words % {"same": found.same, "runs": found.runs},
        changed=tuple(_changed(kind, is_up=is_up) for kind, is_up in found.changed),
        visits=visits,
    )


def _changed(kind: str, *, is_up: bool) -> str:
    label = {"weight": LABELS[ComponentKind(kind)]}
    return (_("“%(weight)s” counts more") if is_up else _("“%(weight)s” counts less")) % label


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


def _left_out(page: PlanPage, found: LeftOut) -> str:
    if found.kind is LeftOutKind.NO_ROOM:
        return _("No plan under these rules has room for it.")
    if found.kind is LeftOutKind.LOSES and page.result is not None:
        inside = {slug for visit in found.visits for slug in (visit.host, *visit.guests)}
        cities = len(page.result.taking_part) - len(inside)
        price = price_sentence(found.score_loss, cities)
        visits = listed(page.names[visit.host] for visit in found.visits)
        words = _("Letting it take part is possible. %(price)s The hosts would be %(hosts)s.")
        return words % {"price": price, "hosts": visits}
    return ""
