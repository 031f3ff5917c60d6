"""How a proposal begins: empty, or with what a match, a practice or a page has filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exchanges import clock
from exchanges.domain.dates import DateRange
from exchanges.enums import Side
from exchanges.forms.proposals.steps import StartProposalForm
from exchanges.models import City, Organisation, Partner, Practice, Programme, Topic
from exchanges.operations.proposals import proposals as operations
from exchanges.permissions import require
from exchanges.queries.matching.data import load_matching_data
from exchanges.queries.programmes.planning import (
    organisations_proposing,
    programmes_to_plan,
    programmes_to_propose_in,
    programmes_with,
)
from exchanges.views.active import (
    chosen_first,
    contact_organisations,
    organisation_named,
    own_organisations,
    signed_in,
)
from exchanges.views.programmes.choosing import address_in, choose_programme
from exchanges.views.programmes.loading import programme_with_part
from exchanges.views.refusals import refusal_on_form, sent_data
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


def propose_url(request: HttpRequest) -> str:
    """Where a link to a new proposal leads; empty for who is nobody's contact."""
    if not contact_organisations(request):
        return ""
    programmes = programmes_to_propose_in(signed_in(request), clock.now())
    return address_in(programmes, "exchanges:visit-propose")


@require_safe
def visit_propose_choose(request: HttpRequest) -> HttpResponse:
    """Return the address of a new proposal without its programme."""
    person, at = signed_in(request), clock.now()
    programmes = programmes_to_propose_in(person, at)
    if programmes:
        return choose_programme(request, programmes, "exchanges:visit-propose")
    planned = programmes_to_plan(person, at)
    last = programmes_with(person).order_by("-end_date", "pk").first()
    if last is not None and not planned:
        return _not_possible(request, "closed", programme=last)
    return _not_a_contact(request, planned)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_propose(request: HttpRequest, programme: str) -> HttpResponse:
    """Return who proposes: a contact of a partner, for one of its cities, as guest or as host."""
    person = signed_in(request)
    asked = programme_with_part(person, programme)
    if asked.end_date < clock.today():
        return _not_possible(request, "closed", programme=asked)
    proposing = chosen_first(request, organisations_proposing(person, asked))
    if not proposing:
        return _not_a_contact(request, [asked])
    organisation = organisation_named(request) or proposing[0]
    require(organisation in proposing)
    return _start(request, asked, organisation)


def _start(request: HttpRequest, programme: Programme, organisation: Organisation) -> HttpResponse:
    cities = list(organisation.active_in.all()) or [organisation.city]
    wanted = _wanted(request, programme)
    first = next((city for city in cities if city.slug == request.GET.get("city")), cities[0])
    form = StartProposalForm(
        sent_data(request), organisation=organisation, cities=cities, side=wanted.side, city=first
    )
    if form.is_valid():
        city = form.cleaned_data.get("city") or first
        side = Side(form.cleaned_data["side"])
        with refusal_on_form(form):
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
    """Return nothing when the person chose the other side after all."""
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


def _not_a_contact(request: HttpRequest, programmes: Sequence[Programme]) -> HttpResponse:
    """Say which organisation's contacts can propose, or that none of the person's takes part."""
    own = chosen_first(request, own_organisations(request))
    rows = Partner.objects.filter(programme__in=programmes, organisation__in=own)
    partners = set(rows.values_list("organisation", flat=True))
    member_of = next((each for each in own if each.pk in partners), None)
    if member_of is not None:
        return _not_possible(request, "member", organisation=member_of)
    if own:
        return _not_possible(request, "stranger", organisation=own[0])
    return _not_possible(request, "nowhere")


def _not_possible(
    request: HttpRequest,
    reason: str,
    *,
    programme: Programme | None = None,
    organisation: Organisation | None = None,
) -> HttpResponse:
    context = {"reason": reason, "programme": programme, "organisation": organisation}
    status = 200 if reason == "closed" else 403
    return render(request, "exchanges/proposals/not_possible.html", context, status=status)
