"""The parties under the names that the terms hold, which may differ from those of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from agreements.domain.terms import Terms
from agreements.models import Party
from exchanges.domain.plain_text import plain
from exchanges.models import City
from exchanges.words.formats import organisation_name


@dataclass(frozen=True, slots=True)
class PartyName:
    """A party as a version of the terms names it. `city` is its seat, for its own language."""

    name: str
    native_name: str
    city: City


def name_in(terms: Terms, party: Party) -> PartyName:
    """Return its names in these terms; parties keep their position in all versions."""
    said = terms.parties[party.position - 1]
    return PartyName(said.name, said.native_name, party.organisation.city)


def is_renamed(terms: Terms, party: Party) -> bool:
    """Say whether its organisation has another name now than these terms give it."""
    said, now = terms.parties[party.position - 1], party.organisation
    return (said.name, said.native_name) != (plain(now.name), plain(now.native_name))


def names_of(terms: Terms, parties: Sequence[Party]) -> dict[int, str]:
    """Return what to call each party, by its id: equal names are told apart by the city."""
    names = {party.pk: organisation_name(name_in(terms, party)) for party in parties}
    often = Counter(names.values())
    return {
        party.pk: f"{names[party.pk]} ({party.city})"
        if often[names[party.pk]] > 1
        else names[party.pk]
        for party in parties
    }
