"""What the office chooses from when it asks for a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchanges.domain.matching import CityFacts, Explanation, Gate, explain
from exchanges.models import PlanPair, Programme, ProgrammePlan
from exchanges.plans.domain.snapshot import from_json
from exchanges.plans.queries.requests import PlanOptions, exchanges_left
from exchanges.words.formats import listed, organisation_name
from exchanges.words.matching.data import MatchingData, Team
from exchanges.words.matching.reasons import gate_words

MOST_EXPLAINED = 150
"""For so many cities the page says with whom each can be matched; beyond it takes too long."""


@dataclass(frozen=True, slots=True)
class CityChoice:
    """What a city brings; `obstacle` says why it can be in no visit."""

    slug: str
    name: str
    country: str
    team: str
    brings: str
    meets: str
    obstacle: str
    has_accepted: bool

    @property
    def line(self) -> str:
        """Return how the city is written where its name stands alone."""
        return f"{self.name} ({self.country})"


def city_choices(matching: MatchingData) -> list[CityChoice]:
    """All cities of the programme by name."""
    pairs = _explained(matching) if len(matching.teams) <= MOST_EXPLAINED else None
    return [_choice(matching, team, pairs) for team in matching.teams]


def pairs_said(programme: Programme) -> QuerySet[PlanPair]:
    """Return fixed and forbidden ones, with who said so."""
    pairs = PlanPair.objects.filter(programme=programme)
    return pairs.select_related("guest", "host", "said_by")


def options_again(plan: ProgrammePlan, at: datetime) -> PlanOptions:
    """The same wishes for the programme as it is now."""
    request = from_json(plan.request)
    left = exchanges_left(plan.programme)
    return PlanOptions(
        cities=tuple(city.slug for city in request.cities),
        exchanges=max(1, min(request.exchanges, left)),
        fairness=request.fairness,
        country_share=request.country_share,
        time_limit=plan.time_limit,
    )


def _choice(matching: MatchingData, team: Team, pairs: list[Explanation] | None) -> CityChoice:
    slug = team.city.slug
    facts = matching.facts[slug]
    own = [each for each in pairs or () if slug in (each.guest, each.host)]
    hosts = sum(each.guest == slug and not each.is_ruled_out for each in own)
    guests = sum(each.host == slug and not each.is_ruled_out for each in own)
    is_stuck = pairs is not None and not hosts and not guests
    return CityChoice(
        slug=slug,
        name=str(team.city),
        country=team.city.country,
        team=listed(organisation_name(each) for each in team.organisations),
        brings=_brings(facts),
        meets=_meets(hosts, guests) if pairs is not None and not is_stuck else "",
        obstacle=_obstacle(matching, own) if is_stuck else "",
        has_accepted=team.has_accepted,
    )


def _explained(matching: MatchingData) -> list[Explanation]:
    allowed = matching.programme.allows_same_country
    facts = matching.facts.values()
    return [
        explain(guest, host, matching.weights, allow_same_country=allowed)
        for guest in facts
        for host in facts
        if guest.slug != host.slug
    ]


def _brings(facts: CityFacts) -> str:
    """Can host two visits, make one, and is free in 20 weeks."""
    hosting = max(0, facts.hosting_capacity - facts.hosting_booked)
    making = max(0, facts.guest_capacity - facts.guest_booked)
    weeks = facts.windows.bit_count()
    said = [
        ngettext("can host %(count)s visit", "can host %(count)s visits", hosting)
        % {"count": hosting},
        ngettext("can make %(count)s visit", "can make %(count)s visits", making)
        % {"count": making},
        ngettext("is free in %(count)s week", "is free in %(count)s weeks", weeks)
        % {"count": weeks},
    ]
    return listed(said)


def _meets(hosts: int, guests: int) -> str:
    numbers = {"hosts": hosts, "guests": guests}
    return _("Possible hosts: %(hosts)s. Possible guests: %(guests)s.") % numbers


def _obstacle(matching: MatchingData, own: Sequence[Explanation]) -> str:
    """The reason that stands in the way of most pairs, with what it says of one of them."""
    gates = [(gate, each) for each in own for gate in each.gates]
    if not gates:
        return _("There is no other city that it could meet.")
    (kind, _count), *_rest = Counter(gate.kind for gate, _pair in gates).most_common()
    gate, pair = next((gate, each) for gate, each in gates if gate.kind is kind)
    return _("Cannot take part now, for instance: %(reason)s.") % {
        "reason": _words(matching, gate, pair)
    }


def _words(matching: MatchingData, gate: Gate, pair: Explanation) -> str:
    names = matching.names.cities
    return gate_words(gate, names.get(pair.guest, pair.guest), names.get(pair.host, pair.host))
