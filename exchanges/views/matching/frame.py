"""What every page of matching stands on: who looks, for which side, with what weights."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from exchanges import clock
from exchanges.domain.matching import Weights
from exchanges.enums import Side
from exchanges.forms.matching.search import MatchForm, WeightSlidersForm
from exchanges.models import City, Organisation, Programme
from exchanges.permissions import can_match_for_all
from exchanges.queries.matching.data import load_matching_data
from exchanges.queries.programmes.planning import organisations_proposing
from exchanges.views.active import (
    FIELD,
    active_organisation,
    chosen_first,
    own_organisations,
    signed_in,
)
from exchanges.words.formats import in_sentence, listed
from exchanges.words.matching.data import MatchingData
from exchanges.words.matching.filter import Narrowed, narrow
from exchanges.words.matching.matches import Match, Matches, matches_for

Asked = str | Sequence[str]
PAGES = {Side.GUEST: "exchanges:match", Side.HOST: "exchanges:match-guests"}


@dataclass(frozen=True)
class MatchingFrame:
    """`own` looks for hosts when `side` is guest, for guests when it is host.

    `cities` are those that the reader may look for; `proposer` is for whom he or she may invite
    `own`'s hosts or guests.
    """

    matching: MatchingData
    own: City
    cities: tuple[City, ...]
    side: Side
    form: MatchForm
    sliders: WeightSlidersForm
    before: WeightSlidersForm
    proposer: Organisation | None

    @property
    def programme(self) -> Programme:
        return self.matching.programme

    @property
    def is_proposing(self) -> bool:
        return self.proposer is not None

    @property
    def weights(self) -> Weights:
        """When they cannot be used, those of the page before, else the programme's."""
        return self.sliders.weights or self.before.weights or self.matching.weights

    @property
    def is_mended(self) -> bool:
        """Whether the page that the reader has open complains of a weight that is good now."""
        return self.sliders.is_valid() and not self.before.is_valid()

    @property
    def is_guest(self) -> bool:
        return self.side == Side.GUEST

    @property
    def topics(self) -> tuple[str, ...]:
        return self.form.topics

    @property
    def topic(self) -> str:
        """Return it as part of a sentence."""
        names = self.matching.names.topics
        return listed(in_sentence(names[slug]) for slug in self.topics) if self.topics else ""

    @cached_property
    def matches(self) -> Matches:
        return matches_for(
            self.matching, self.own, self.side, topics=self.topics, weights=self.weights
        )

    @cached_property
    def narrowed(self) -> Narrowed:
        return narrow(self.matching, self.matches, self.form.filter)

    @property
    def free(self) -> int:
        """In how many weeks the own city can host or travel."""
        return self.matching.facts[self.own.slug].windows.bit_count()

    @property
    def asked(self) -> dict[str, str]:
        """Whatever differs from a page that was opened without a question."""
        return {**self.form.asked, **self.sliders.moved}

    def url(self, **more: Asked) -> str:
        """The list with this question, as short as it can be."""
        return with_query(self._address(PAGES[self.side]), {**self.asked, **more})

    def reset_url(self, **more: Asked) -> str:
        """Return the same question with the programme's weights."""
        return with_query(self._address(PAGES[self.side]), {**self.form.asked, **more})

    def page_url(self, name: str, **more: Asked) -> str:
        side = {} if self.is_guest else {"side": str(self.side)}
        return with_query(self._address(name), {**side, **self.asked, **more})

    def invite_url(self, match: Match) -> str:
        """The start of a proposal; empty for who cannot propose, or where it cannot be."""
        if self.proposer is None or match.gates:
            return ""
        other = "host" if self.is_guest else "guest"
        query = {
            FIELD: self.proposer.slug,
            "side": str(self.side),
            "city": self.own.slug,
            other: match.city.slug,
            "topic": list(self.topics or match.topics),
            "month": self.form.filter.month,
        }
        return with_query(self._address("exchanges:visit-propose"), query)

    def _address(self, name: str) -> str:
        return reverse(name, args=[self.programme.slug])


def frame_of(request: HttpRequest, programme: Programme, side: Side) -> MatchingFrame | None:
    """None once the programme has ended, or while none of its cities can be looked for."""
    at = clock.now()
    if programme.end_date < at.date():
        return None
    matching = load_matching_data(programme, at)
    cities = _cities(request, matching)
    if not cities:
        return None
    own = next((city for city in cities if city.slug == request.GET.get("city")), cities[0])
    sliders = WeightSlidersForm(request.GET, weights=matching.weights)
    form = MatchForm(request.GET, matching=matching, own=own, side=side, cities=cities)
    return MatchingFrame(
        matching=matching,
        own=own,
        cities=cities,
        side=side,
        form=form,
        sliders=sliders,
        before=WeightSlidersForm(_query_before(request), weights=matching.weights),
        proposer=_proposer(request, programme, own),
    )


def side_of(request: HttpRequest) -> Side:
    return Side.HOST if request.GET.get("side") == Side.HOST else Side.GUEST


def with_query(path: str, query: Mapping[str, Asked]) -> str:
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def _query_before(request: HttpRequest) -> QueryDict:
    """Of the page that the reader comes from."""
    before = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    try:
        return QueryDict(urlsplit(before).query)
    except ValueError:
        return QueryDict()


def _cities(request: HttpRequest, matching: MatchingData) -> tuple[City, ...]:
    """Return that of the active organisation first, then those of the person's others.

    All of them for the office, auditors and its colleagues.
    """
    active = active_organisation(request)
    own = _active_in(matching, {active.pk} if active else set())
    mine = _active_in(matching, {each.pk for each in own_organisations(request)})
    everywhere = tuple(team.city for team in matching.teams)
    if not mine or can_match_for_all(signed_in(request), matching.programme):
        mine = (*mine, *everywhere)
    return tuple(dict.fromkeys((*own, *mine)))


def _active_in(matching: MatchingData, organisations: Collection[int]) -> tuple[City, ...]:
    return tuple(
        team.city
        for team in matching.teams
        if any(organisation.pk in organisations for organisation in team.organisations)
    )


def _proposer(request: HttpRequest, programme: Programme, own: City) -> Organisation | None:
    found = organisations_proposing(signed_in(request), programme).filter(active_in=own)
    return next(iter(chosen_first(request, found)), None)
