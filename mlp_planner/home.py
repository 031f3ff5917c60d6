"""The home page, signed in or not, and the map's list."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from exchanges import clock
from exchanges.domain.pictures import europe, timeline
from exchanges.models import Organisation, Programme, User
from exchanges.queries.network.practices import practices_shown
from exchanges.queries.people.first_steps import FirstSteps, first_steps
from exchanges.queries.programmes.exchanges import ExchangeCount, counts_of_exchanges
from exchanges.queries.programmes.partners import programmes_among
from exchanges.queries.programmes.public import programmes_for_public
from exchanges.queries.visits.coming import coming_visits
from exchanges.queries.visits.map import DONE, PLAN, Connection, VisitMap, visit_map
from exchanges.queries.visits.visits import latest_reports
from exchanges.queries.visits.waiting import stuck_count
from exchanges.views.active import active_organisation, contact_organisations, is_of_an_office
from exchanges.views.programmes.choosing import address_in
from exchanges.views.shell import shell_of

DISMISSED = "first_steps_dismissed"
MOST_ACTIONS = 12
MONTHS_AHEAD = 6
SHOWN_TO_PUBLIC = 4


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User):
        return welcome(request)
    at = clock.now()
    actions = shell_of(request).actions
    programmes = shell_of(request).programmes
    contacts = contact_organisations(request)
    proposing = programmes_among(programmes, list(contacts)) if contacts else []
    context = {
        "heading": heading(len(actions)),
        "actions": actions[:MOST_ACTIONS],
        "more_actions": max(len(actions) - MOST_ACTIONS, 0),
        "today": at.date(),
        "programmes": programmes,
        "propose_url": address_in(proposing, "exchanges:visit-propose") if proposing else "",
        "exchanges": exchanges_of(programmes),
        "coming": time_line(request.user, at),
        "map": drawing(visit_map(request.user)),
        "steps": shown_steps(request, contacts) if proposing else None,
        "stuck": stuck_count(request.user, at) if is_of_an_office(request) else 0,
    }
    return render(request, "mlp_planner/home.html", context)


def welcome(request: HttpRequest) -> HttpResponse:
    """Show the home page of the public."""
    context = {
        "programmes": programmes_for_public(),
        "map": drawing(visit_map(request.user)),
        "reports": latest_reports(SHOWN_TO_PUBLIC),
        "practices": practices_shown(SHOWN_TO_PUBLIC),
    }
    return render(request, "mlp_planner/welcome.html", context)


@login_not_required
@require_safe
def map_list(request: HttpRequest) -> HttpResponse:
    rows = [
        {
            "city": row.city,
            "receives": [(way.guest, words(way)) for way in row.receives],
            "travels": [(way.host, words(way)) for way in row.travels],
        }
        for row in visit_map(request.user).by_city()
    ]
    return render(request, "mlp_planner/map_list.html", {"rows": rows})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    hours, days = settings.SESSION_IDLE_SECONDS // 3600, settings.SESSION_COOKIE_AGE // 86400
    context = {"idle_hours": hours, "most_days": days}
    return render(request, "mlp_planner/privacy.html", context)


@require_POST
def first_steps_dismiss(request: HttpRequest) -> HttpResponse:
    request.session[DISMISSED] = True
    return redirect("home")


def heading(count: int) -> str:
    if not count:
        return _("Nothing waits for you")
    text = ngettext("%(number)d thing waits for you", "%(number)d things wait for you", count)
    return text % {"number": count}


def exchanges_of(programmes: list[Programme]) -> list[tuple[Programme, ExchangeCount, str]]:
    """Return each programme with its exchanges, as numbers and in words."""
    counts = counts_of_exchanges(programmes) if programmes else {}
    return [(each, counts[each.pk], exchanges_words(counts[each.pk], each)) for each in programmes]


def exchanges_words(count: ExchangeCount, programme: Programme) -> str:
    """Return it like this: Confirmed: 3. Agreed and waiting for ETUC: 1. Free: 4."""
    numbers = {"used": count.used, "agreed": count.agreed, "left": count.left}
    if not count.agreed:
        return _("Confirmed: %(used)d. Free: %(left)d.") % numbers
    coordinator = programme.coordinator.acronym or programme.coordinator.name
    words = _(
        "Confirmed: %(used)d. Agreed and waiting for %(coordinator)s: %(agreed)d. Free: %(left)d."
    )
    return words % {**numbers, "coordinator": coordinator}


def time_line(user: User, at: datetime) -> dict[str, Any]:
    first, last = window(at.date())
    rows = [
        {
            "name": str(coming.visit.host_city),
            "url": reverse("exchanges:visit-detail", args=[coming.visit.reference]),
            "note": coming.note,
            "bars": timeline.bars([coming.span], first, last),
        }
        for coming in coming_visits(user, first, last)
    ]
    today = timeline.percent(timeline.position(at.date(), first, last))
    ticks = timeline.ticks(first, last)
    return {"first": first, "last": last, "ticks": ticks, "today": today, "rows": rows}


def window(today: date) -> tuple[date, date]:
    """Return six whole months, the present one among them."""
    first = today.replace(day=1)
    after = first.month - 1 + MONTHS_AHEAD
    end = date(first.year + after // 12, after % 12 + 1, 1)
    return first, date.fromordinal(end.toordinal() - 1)


def drawing(found: VisitMap) -> europe.Drawing:
    places = [
        europe.MapPlace(
            city.slug,
            str(city),
            city.latitude,
            city.longitude,
            reverse("exchanges:city-detail", args=[city.slug]),
        )
        for city in found.cities
    ]
    journeys = [
        europe.MapLine(
            way.guest.slug, way.host.slug, f"{way.guest} → {way.host}: {words(way)}", way.kind
        )
        for way in found.connections
        if not way.is_leg
    ]
    return europe.draw(places, journeys)


def words(way: Connection) -> str:
    """Return it like this: confirmed, or 3 confirmed."""
    kinds = {DONE: _("held"), PLAN: _("being agreed")}
    kind = kinds.get(way.kind) or _("confirmed")
    return kind if way.count == 1 else f"{way.count} {kind}"


def shown_steps(request: HttpRequest, contacts: dict[int, Organisation]) -> FirstSteps | None:
    """The newcomer's list, until it is done or dismissed."""
    organisation = active_organisation(request)
    if organisation is None or organisation.pk not in contacts or DISMISSED in request.session:
        return None
    steps = first_steps(organisation)
    return None if steps.is_finished else steps
