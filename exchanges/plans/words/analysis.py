"""What an analysis found out about a plan, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exchanges.domain.matching import ComponentKind
from exchanges.plans.domain.analysis import (
    FairnessPrice,
    LeftOut,
    LeftOutKind,
    Stability,
    StabilityLevel,
    WorstOff,
)
from exchanges.plans.words.page import PlanPage
from exchanges.plans.words.plan import points_words, price_sentence
from exchanges.words.formats import listed, number
from exchanges.words.matching.components import LABELS

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


def fairness_sentence(page: PlanPage, found: FairnessPrice) -> str:
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
        "count": len(found.taking_part),
        "all": part,
    }
    return words % numbers


def worst_off_sentence(page: PlanPage, found: WorstOff) -> str:
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


def stability_page(page: PlanPage, found: Stability) -> StabilityPage:
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


def left_out_sentence(page: PlanPage, found: LeftOut) -> str:
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
