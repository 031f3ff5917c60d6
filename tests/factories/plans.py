"""Networks that have a plan, and plans solved in this process."""

import time
from dataclasses import dataclass
from datetime import datetime

from exchanges.enums import OrganisationKind, PartnerRole
from exchanges.models import City, LearningNeed, Programme, ProgrammePlan, Topic, TopicLevel, User
from exchanges.plans.operations import asking
from exchanges.plans.operations.solving import SolvingSignals, claim, solve_claimed
from exchanges.plans.queries.requests import PlanOptions
from tests.factories.partners import make_city, make_organisation, make_topic
from tests.factories.people import make_contact
from tests.factories.programmes import make_partner, make_programme
from tests.moment import AT

COUNTRIES = {
    "athens": "GR",
    "ljubljana": "SI",
    "pordenone": "IT",
    "liege": "BE",
    "sofia": "BG",
    "trieste": "IT",
}
LEVELS = {
    "athens": (1, 4),
    "ljubljana": (4, 1),
    "pordenone": (2, 3),
    "liege": (5, 0),
    "sofia": (0, 2),
    "trieste": (3, 5),
}


@dataclass(frozen=True)
class Network:
    """Cities with an authority and a union each; every one has a contact in both."""

    programme: Programme
    cities: dict[str, City]
    topics: list[Topic]
    office: User
    contacts: dict[str, User]


def make_network(*, most_exchanges: int = 3) -> Network:
    programme = make_programme(max_exchanges=most_exchanges)
    topics = [make_topic("one-stop-shop"), make_topic("housing")]
    cities: dict[str, City] = {}
    contacts: dict[str, User] = {}
    for slug, country in COUNTRIES.items():
        city = make_city(slug, country=country, languages=["en"])
        authority = make_organisation(f"City of {city}", city=city)
        union = make_organisation(f"Union of {city}", city=city, kind=OrganisationKind.TRADE_UNION)
        make_partner(programme, authority)
        make_partner(programme, union, role=PartnerRole.UMN_MEMBER)
        contacts[slug] = make_contact(authority, name=f"Contact of {city}")
        make_contact(union, name=f"Union contact of {city}")
        for topic, level in zip(topics, LEVELS[slug], strict=True):
            TopicLevel.objects.create(city=city, topic=topic, level=level)
            if level < 4:
                LearningNeed.objects.create(city=city, topic=topic, weight=2)
        cities[slug] = city
    office = make_contact(programme.coordinator, name="Office")
    return Network(programme, cities, topics, office, contacts)


def make_plan(network: Network, *, at: datetime = AT, **options: object) -> ProgrammePlan:
    """Waiting to be solved."""
    wanted = {
        "cities": tuple(sorted(network.cities)),
        "exchanges": network.programme.max_exchanges,
        **options,
    }
    chosen = PlanOptions(**wanted)  # type: ignore[arg-type]
    return asking.start_plan(programme=network.programme, options=chosen, by=network.office, at=at)


def solve_now(
    plan: ProgrammePlan, *, at: datetime = AT, trust_seconds: float = 0.0
) -> ProgrammePlan:
    """In this thread; without time for trust only what needs no solver is told."""
    claimed = claim(at=at, plan=plan.pk)
    assert claimed is not None
    solve_claimed(
        claimed, SolvingSignals(now=lambda: at, clock=time.monotonic), trust_seconds=trust_seconds
    )
    return ProgrammePlan.objects.get(pk=plan.pk)


def make_solved_plan(network: Network, *, at: datetime = AT, **options: object) -> ProgrammePlan:
    return solve_now(make_plan(network, at=at, **options), at=at)
