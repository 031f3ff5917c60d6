"""The rules of a plan as lines of a page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchanges.labels import label
from exchanges.plans.domain.request import country_limit
from exchanges.plans.words.page import PlanPage
from exchanges.words.formats import day, listed, share

PERCENT = 100


def _rules(page: PlanPage) -> list[tuple[str, str]]:
    request = page.request
    most = country_limit(request.exchanges, request.country_share)
    found = [
        (_("Exchanges"), str(request.exchanges)),
        (_("What matters more"), label(request.fairness)),
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
            "guests": listed(page.names.get(slug, slug) for slug in visit.guests),
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
