"""Finding hosts and guests: ranked with reasons, compared, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from exchanges import clock
from exchanges.enums import Side
from exchanges.models import Practice, Programme
from exchanges.permissions import is_any_auditor, require
from exchanges.queries.matching.data import coordinators_cities
from exchanges.queries.matching.practices import practices_of
from exchanges.queries.programmes.planning import programmes_to_plan
from exchanges.views.active import HtmxRequest, is_of_a_programme, signed_in
from exchanges.views.matching.frame import Asked, MatchingFrame, frame_of, side_of
from exchanges.views.matching.map import drawing
from exchanges.views.programmes.choosing import choose_programme
from exchanges.views.programmes.loading import programme_with_part
from exchanges.words.formats import sort_key
from exchanges.words.matching.comparison import FEWEST, MOST, comparison_of
from exchanges.words.matching.matches import Match
from exchanges.words.matching.remedies import remedies_for

SHOWN, MOST_SHOWN = 20, 10_000
MAP = "map"


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A match on the page; `practices` are what the host could show."""

    match: Match
    practices: Sequence[Practice]
    invite_url: str
    why_url: str
    is_chosen: bool


@require_safe
def match_choose(request: HtmxRequest, url_name: str) -> HttpResponse:
    """Return the address of a page of matching without its programme."""
    person = signed_in(request)
    programmes = programmes_to_plan(person, clock.now())
    if programmes:
        return choose_programme(request, programmes, url_name)
    require(is_of_a_programme(request) or is_any_auditor(person))
    return _closed(request)


@require_safe
@vary_on_headers("HX-Request")
def match_hosts(request: HtmxRequest, programme: str) -> HttpResponse:
    return _list(request, programme, Side.GUEST)


@require_safe
@vary_on_headers("HX-Request")
def match_guests(request: HtmxRequest, programme: str) -> HttpResponse:
    return _list(request, programme, Side.HOST)


@require_safe
def match_compare(request: HtmxRequest, programme: str) -> HttpResponse:
    """Show two or three cities side by side."""
    asked = programme_with_part(signed_in(request), programme)
    frame = frame_of(request, asked, side_of(request))
    if frame is None:
        return _closed(request, asked)
    slugs = list(dict.fromkeys(request.GET.getlist("with")))
    chosen = [match for slug in slugs if (match := frame.matches.of(slug))]
    context: dict[str, Any] = {"frame": frame, "back": frame.url(**{"with": slugs})}
    if FEWEST <= len(chosen) <= MOST and len(chosen) == len(slugs):
        rows = _rows(frame, chosen, slugs)
        context |= {"rows": rows, "comparison": comparison_of(chosen, frame.own)}
    else:
        context["error"] = _how_many(len(slugs), len(chosen))
    return render(request, "exchanges/matching/compare.html", context)


@require_safe
def match_why(request: HtmxRequest, programme: str) -> HttpResponse:
    """Why a city is not offered and what would change it, or where it stands."""
    asked = programme_with_part(signed_in(request), programme)
    frame = frame_of(request, asked, side_of(request))
    if frame is None:
        return _closed(request, asked)
    slug = request.GET.get("of", "")
    match = frame.matches.of(slug)
    bystanders = coordinators_cities(frame.matching)
    bystander = next((each for each in bystanders if each[0].slug == slug), None)
    context = {
        "frame": frame,
        "back": frame.url(),
        "match": match,
        "asked_city": match.city if match else bystander[0] if bystander else "",
        "row": _rows(frame, [match], [])[0] if match else None,
        "bystander": bystander,
        "is_own": slug == frame.own.slug,
        "remedies": remedies_for(match, frame.topics) if match else [],
        "of": slug,
        "choices": _everybody(frame, bystanders),
    }
    return render(request, "exchanges/matching/why.html", context)


def _list(request: HtmxRequest, programme: str, side: Side) -> HttpResponse:
    asked = programme_with_part(signed_in(request), programme)
    frame = frame_of(request, asked, side)
    if frame is None:
        return _closed(request, asked)
    count = _count(request.GET.get("show", ""))
    view = MAP if request.GET.get("view") == MAP else ""
    chosen = request.GET.getlist("with")
    context = _list_context(frame, count, view, chosen)
    if not request.htmx or request.htmx.history_restore_request:
        return render(request, "exchanges/matching/search.html", context)
    if frame.is_mended:
        return HttpResponse(headers={"HX-Redirect": context["url"]})
    response = render(request, "exchanges/matching/update.html", context)
    response["HX-Push-Url"] = context["url"] if frame.sliders.is_valid() else "false"
    return response


def _list_context(frame: MatchingFrame, count: int, view: str, chosen: list[str]) -> dict[str, Any]:
    possible, ruled_out = frame.narrowed.possible, frame.narrowed.ruled_out
    kept: dict[str, Asked] = {"with": chosen, "view": view}
    return {
        "frame": frame,
        "view": view,
        "rows": _rows(frame, possible[:count], chosen),
        "ruled_out": _rows(frame, ruled_out[:count], chosen),
        "bystanders": [
            (city, coordinator, frame.page_url("exchanges:match-why", of=city.slug))
            for city, coordinator in coordinators_cities(frame.matching)
        ],
        "hidden_url": frame.url(country="", speaks="", month="", **kept),
        "more": min(SHOWN, max(len(possible), len(ruled_out)) - count),
        "more_url": frame.url(show=str(count + SHOWN), **kept),
        "url": frame.url(**kept, show=str(count) if count > SHOWN else ""),
        "list_url": frame.url(**{"with": chosen}),
        "reset_url": frame.reset_url(**kept),
        "map_url": frame.url(**{"with": chosen}, view=MAP),
        "map": drawing(frame.own, frame.narrowed, count) if view else None,
    }


def _rows(frame: MatchingFrame, matches: Sequence[Match], chosen: Sequence[str]) -> list[MatchRow]:
    practices = practices_of(matches, frame.own)
    return [
        MatchRow(
            match=match,
            practices=practices.get(match.city.slug, []),
            invite_url=frame.invite_url(match),
            why_url=frame.page_url("exchanges:match-why", of=match.city.slug),
            is_chosen=match.city.slug in chosen,
        )
        for match in matches
    ]


def _everybody(
    frame: MatchingFrame, bystanders: Sequence[tuple[Any, Any]]
) -> list[tuple[str, str]]:
    cities = [team.city for team in frame.matching.teams if team.city.pk != frame.own.pk]
    cities += [city for city, _organisation in bystanders]
    return sorted(((city.slug, str(city)) for city in cities), key=lambda pair: sort_key(pair[1]))


def _how_many(asked: int, found: int) -> str:
    if found < min(asked, MOST):
        return _("One of these cities is not in the programme. Choose again.")
    if asked < FEWEST:
        return _("Choose two or three cities to compare.")
    return _("Three cities at most stand side by side. Take some away.")


def _count(text: str) -> int:
    """How many rows the page shows."""
    is_number = text.isascii() and text.isdigit() and len(text) < 6
    return min(max(int(text), SHOWN), MOST_SHOWN) if is_number else SHOWN


def _closed(request: HtmxRequest, programme: Programme | None = None) -> HttpResponse:
    has_ended = programme is not None and programme.end_date < clock.today()
    context = {"programme": programme, "has_ended": has_ended}
    return render(request, "exchanges/matching/closed.html", context)
