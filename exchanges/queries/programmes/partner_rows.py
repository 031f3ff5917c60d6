"""What happens with each row of a list of organisations that an office wants to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from exchanges.domain.look_alikes import known_look_alikes, words_of_mixed_scripts
from exchanges.domain.row_outcomes import RowOutcome
from exchanges.domain.text import fold
from exchanges.enums import AskedState, MembershipRole
from exchanges.models import City, Membership, Organisation, Programme


@dataclass(frozen=True, slots=True)
class Network:
    """All that rows are compared with, read at once: names are folded, organisations are ids."""

    office: int
    cities: Mapping[str, list[City]]
    organisations: Mapping[tuple[str, str], Organisation]
    names: tuple[str, ...]
    partners: frozenset[int]
    asked: frozenset[int]
    with_contact: frozenset[int]


@dataclass(frozen=True, slots=True)
class Judged:
    """`organisation` is the one that is there already; `doubts` are names that look like others."""

    outcome: RowOutcome
    organisation: Organisation | None = None
    mixed: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()


def load_network(programme: Programme) -> Network:
    """Return what the rows of this programme are compared with: five queries."""
    cities: dict[str, list[City]] = defaultdict(list)
    for city in City.objects.order_by("pk"):
        for name in {fold(name) for name in city.names.data.values() if name}:
            cities[name].append(city)
    organisations: dict[tuple[str, str], Organisation] = {}
    names: dict[str, None] = {}
    for each in Organisation.objects.select_related("city", "home_office__city").order_by("-pk"):
        names |= dict.fromkeys(filter(None, (each.name, each.native_name)))
        for name in (each.acronym, each.native_acronym, each.name, each.native_name):
            if name:
                organisations[each.city.country, fold(name)] = each
    contacts = Membership.objects.filter(role=MembershipRole.CONTACT, user__is_active=True)
    asked = programme.partnership_invitations.filter(state=AskedState.OPEN)
    return Network(
        office=programme.coordinator_id,
        cities=cities,
        organisations=organisations,
        names=tuple(names),
        partners=frozenset(programme.partners.values_list("organisation", flat=True)),
        asked=frozenset(asked.values_list("organisation", flat=True)),
        with_contact=frozenset(contacts.values_list("organisation", flat=True)),
    )


def cities_called(network: Network, words: str) -> list[City]:
    """Return the cities of this name in any language; a country's code can follow in brackets."""
    name, _, rest = words.partition("(")
    country = rest.rstrip(") ").strip().upper()
    found = network.cities.get(fold(name), [])
    return [city for city in found if country in ("", city.country)]


def similar_cities(network: Network, words: str) -> list[str]:
    """Return the names of up to three cities that are written in nearly the same way."""
    near = get_close_matches(fold(words.partition("(")[0]), network.cities, n=3, cutoff=0.75)
    return list(dict.fromkeys(str(network.cities[name][0]) for name in near))


def judge(network: Network, *, name: str, city: City, has_address: bool) -> Judged:
    """Return what happens with an organisation of this name and seat."""
    there = network.organisations.get((city.country, fold(name)))
    if there is not None:
        return Judged(_outcome_of(network, there, has_address=has_address), there)
    mixed = tuple(words_of_mixed_scripts(name))
    alike = known_look_alikes(name, network.names)
    outcome = RowOutcome.NEW if has_address else RowOutcome.NEW_ALONE
    return Judged(outcome, None, mixed, alike)


def _outcome_of(network: Network, there: Organisation, *, has_address: bool) -> RowOutcome:
    if there.pk in network.partners:
        return RowOutcome.PARTNER
    if there.pk in network.asked:
        return RowOutcome.ASKED
    if there.pk in network.with_contact:
        return RowOutcome.KNOWN
    is_ours = there.home_office_id == network.office
    return RowOutcome.KNOWN_INVITED if is_ours and has_address else RowOutcome.KNOWN_ALONE


def twice(keys: Iterable[object]) -> set[object]:
    """Return those that come more than once."""
    seen: set[object] = set()
    found: set[object] = set()
    for key in keys:
        (found if key in seen else seen).add(key)
    return found
