"""What a plan was made from, for its readers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchanges.domain.matching import COMPONENTS
from exchanges.domain.plan import Pair
from exchanges.domain.plan.request import country_limit
from exchanges.models import PlanPair
from exchanges.queries.plan_pages import Place, PlanPage
from exchanges.queries.plan_reasons import said_of_pairs
from exchanges.words.formats import day, share
from exchanges.words.matching.for_guests import LABELS

PairSaid = tuple[Place, Place, PlanPair | None]
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Basis:
    rules: tuple[tuple[str, str], ...]
    weights: tuple[tuple[str, int], ...]
    fixed: tuple[PairSaid, ...]
    forbidden: tuple[PairSaid, ...]
    cities: tuple[str, ...]


def basis_of(page: PlanPage) -> Basis:
    request = page.request
    return Basis(
        rules=tuple(_rules(page)),
        weights=tuple((str(LABELS[kind]), getattr(request.weights, kind)) for kind in COMPONENTS),
        fixed=_said(page, request.fixed),
        forbidden=_said(page, request.forbidden),
        cities=tuple(name for _slug, name in page.choices()),
    )


def _rules(page: PlanPage) -> list[tuple[str, str]]:
    request = page.request
    most = country_limit(request.exchanges, request.country_share)
    found = [
        (_("Exchanges"), str(request.exchanges)),
        (_("What matters more"), str(request.fairness.label)),
        (_("One country"), _country(most, request.country_share)),
        (_("Weeks"), _weeks(page)),
        (_("Longest search"), _("%(count)s seconds") % {"count": page.plan.time_limit}),
    ]
    if request.needs_authority_host:
        found.append((_("Host side"), _("A local authority hosts.")))
    if request.needs_umn_host:
        found.append((_("Host side"), _("A UnionMigrantNet member hosts too.")))
    if request.allow_same_country:
        found.append((_("Same country"), _("Cities of one country may visit each other.")))
    if request.locked:
        kept = listed_visits(page)
        found.append((_("Kept as they are"), kept))
    return found


def listed_visits(page: PlanPage) -> str:
    return "; ".join(
        _("%(guests)s to %(host)s")
        % {
            "guests": ", ".join(page.names.get(slug, slug) for slug in visit.guests),
            "host": page.names.get(visit.host, visit.host),
        }
        for visit in page.request.locked
    )


def _country(most: int, percent: int) -> str:
    words = ngettext(
        "At most %(most)s visit (%(share)s)", "At most %(most)s visits (%(share)s)", most
    )
    return words % {"most": most, "share": share(percent / PERCENT)}


def _weeks(page: PlanPage) -> str:
    windows = page.request.windows
    if not windows:
        return _("none")
    words = ngettext(
        "%(count)s week, from %(first)s to %(last)s",
        "%(count)s weeks, from %(first)s to %(last)s",
        len(windows),
    )
    days = {"first": day(windows[0].start, "long"), "last": day(windows[-1].end, "long")}
    return words % {"count": len(windows), **days}


def _said(page: PlanPage, pairs: frozenset[Pair]) -> tuple[PairSaid, ...]:
    return tuple(said_of_pairs(page, pairs))
