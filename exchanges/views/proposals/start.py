"""How a proposal begins: empty, or with what a match, a practice or a page has filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exchanges import clock
from exchanges.domain.dates import DateRange
from exchanges.enums import Side
from exchanges.forms.proposals.steps import StartProposalForm
from exchanges.models import City, Organisation, Practice, Programme, Topic
from exchanges.operations.proposals import proposals as operations
from exchanges.permissions import can_propose_visit
from exchanges.queries.matching.data import load_matching_data
from exchanges.queries.programmes.planning import programme_for_planning
from exchanges.views.active import active_organisation, signed_in
from exchanges.words.matching.matches import Match, matches_for

DATES_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a link such as ?practice=…, or ?host=…&topic=…, or ?side=host&guest=… stands for."""

    side: Side
    topics: tuple[Topic, ...]
    other: City | None
    month: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """`match` is the pair with the other city; only a possible one is filled in, with its days."""

    match: Match | None = None
    ranges: tuple[DateRange, ...] = ()

    @property
    def city(self) -> City | None:
        return self.match.city if self.match and not self.match.gates else None


@require_http_methods(["GET", "HEAD", "POST"])
def visit_propose(request: HttpRequest) -> HttpResponse:
    """Who proposes: a contact of a partner, for one of its cities, as guest or as host."""
    programme, organisation = programme_for_planning(clock.now()), active_organisation(request)
    if programme is None or organisation is None:
        reason = "closed" if programme is None else "nowhere"
        return _not_possible(request, reason, programme, organisation)
    if not can_propose_visit(request.user, organisation, programme):
        is_partner = programme.partners.filter(organisation=organisation).exists()
        reason = "member" if is_partner else "stranger"
        return _not_possible(request, reason, programme, organisation)
    cities = list(organisation.active_in.all()) or [organisation.city]
    wanted = _wanted(request, programme)
    first = next((city for city in cities if city.slug == request.GET.get("city")), cities[0])
    posted = request.POST if request.method == "POST" else None
    form = StartProposalForm(posted, cities=cities, side=wanted.side, city=first)
    if posted is not None and form.is_valid():
        city = form.cleaned_data.get("city") or first
        side = Side(form.cleaned_data["side"])
        return _started(request, programme, organisation, city, side, wanted)
    context = {
        "form": form, "programme": programme, "organisation": organisation, "city": first,
        "topics": wanted.topics, "wanted": wanted,
        "filled": _filled(programme, first, wanted.side, wanted),
    }  # fmt: skip
    return render(request, "exchanges/proposals/start.html", context)


def _started(
    request: HttpRequest, programme: Programme, organisation: Organisation, city: City, side: Side,
    wanted: Wanted,
) -> HttpResponse:  # fmt: skip
    filled = _filled(programme, city, side, wanted)
    visit = operations.start(
        programme=programme,
        organisation=organisation,
        city=city,
        side=side,
        topics=wanted.topics,
        host=filled.city if side == Side.GUEST else None,
        guests=[filled.city] if filled.city and side == Side.HOST else [],
        ranges=filled.ranges,
        by=signed_in(request),
        at=clock.now(),
    )
    return redirect("exchanges:proposal", visit.reference)


def _wanted(request: HttpRequest, programme: Programme) -> Wanted:
    query = {name: str(value).replace("\0", "") for name, value in request.GET.items()}
    side = Side.HOST if query.get("side") == Side.HOST else Side.GUEST
    cities = City.objects.filter(organisations__in=programme.partners.values("organisation"))
    practice = Practice.objects.filter(slug=query.get("practice", "")).first()
    if practice is not None:
        owners = practice.organisations.all()
        host = cities.filter(organisations__in=owners).first()
        return Wanted(Side.GUEST, tuple(practice.topics.all()), host)
    slugs = [slug.replace("\0", "") for slug in request.GET.getlist("topic")]
    topics = tuple(Topic.objects.filter(slug__in=slugs))
    other = query.get("host" if side == Side.GUEST else "guest", "")
    return Wanted(side, topics, cities.filter(slug=other).first(), query.get("month", ""))


def _filled(programme: Programme, city: City, side: Side, wanted: Wanted) -> Filled:
    """Nothing when the person chose the other side after all."""
    if wanted.other is None or side != wanted.side:
        return Filled()
    topics = [topic.slug for topic in wanted.topics]
    found = matches_for(load_matching_data(programme, clock.now()), city, side, topics=topics)
    match = found.of(wanted.other.slug)
    if match is None or match.gates:
        return Filled(match)
    return Filled(match, _first(match.windows, wanted.month))


def _first(windows: Sequence[DateRange], month: str) -> tuple[DateRange, ...]:
    """Of the month that was asked for, when there are some."""
    fitting = [each for each in windows if f"{each.start:%Y-%m}" == month]
    return tuple((fitting or list(windows))[:DATES_OFFERED])


def _not_possible(
    request: HttpRequest,
    reason: str,
    programme: Programme | None,
    organisation: Organisation | None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "reason": reason, "programme": programme, "organisation": organisation,
    }  # fmt: skip
    if programme is None:
        context["last"] = Programme.objects.order_by("-end_date").first()
    status = 200 if reason == "closed" else 403
    return render(request, "exchanges/proposals/not_possible.html", context, status=status)
