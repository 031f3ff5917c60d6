"""Reading the log of sign-ins."""

from __future__ import annotations

from exchanges.domain.networks import network_of
from exchanges.models import SignIn, User

MOST_SHOWN = 200


def sign_ins_of(person: User) -> list[SignIn]:
    """Return the latest sign-ins and failures of a person, newest first."""
    return list(SignIn.objects.filter(user=person).order_by("-at", "-pk")[:MOST_SHOWN])


def is_known_from(person: User, address: str) -> bool:
    """Say whether the person has signed in from the network of this address, in 90 days."""
    network = network_of(address)
    known = SignIn.objects.filter(user=person, network=network, succeeded=True)
    return bool(network) and known.exists()
