"""A plan as a map and on a time line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from exchanges.domain.pictures import europe, timeline
from exchanges.plans.words.page import PlanPlace, VisitRow
from exchanges.plans.words.plan import points_words
from exchanges.words.formats import day_range, listed

NEW, SENT = "plan", ""


def drawing(places: Iterable[PlanPlace], rows: Sequence[VisitRow]) -> europe.Drawing:
    """All cities, and an arc from each guest to its host; a solid one where it was sent."""
    journeys = [
        europe.MapLine(
            pair.guest.slug, pair.host.slug, _arc_title(row, pair.guest), SENT if row.sent else NEW
        )
        for row in rows
        for pair in row.pairs
    ]
    return europe.draw([_place(each) for each in places], journeys)


def time_line(rows: Sequence[VisitRow]) -> dict[str, Any] | None:
    """The visits one under the other, the earliest first; None when there are none."""
    if not rows:
        return None
    first = min(row.dates.start for row in rows).replace(day=1)
    end = max(row.dates.end for row in rows)
    last = timeline.months(first, end)[-1].replace(day=28)
    last = max(end, last)
    ordered = sorted(rows, key=lambda row: (row.dates.start, row.host.name))
    return {
        "ticks": timeline.ticks(first, last),
        "rows": [
            {
                "name": row.host.name,
                "url": f"#visit-{row.number}",
                "note": listed(guest.name for guest in row.guests),
                "bars": timeline.bars([_span(row)], first, last),
            }
            for row in ordered
        ],
    }


def _span(row: VisitRow) -> timeline.Span:
    first, last = row.dates.start, row.dates.end
    return timeline.Span(first, last, day_range(first, last), SENT if row.sent else NEW)


def _place(place: PlanPlace) -> europe.MapPlace:
    url = reverse("exchanges:city-detail", args=[place.slug]) if place.is_known else ""
    return europe.MapPlace(place.slug, place.name, place.latitude, place.longitude, url)


def _arc_title(row: VisitRow, guest: PlanPlace) -> str:
    words = _("%(guest)s visits %(host)s, %(points)s")
    points = next(pair.points for pair in row.pairs if pair.guest == guest)
    return words % {"guest": guest.name, "host": row.host.name, "points": points_words(points)}
