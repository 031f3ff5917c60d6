"""The log of who signed in, and of who tried."""

from __future__ import annotations

from datetime import datetime, timedelta

from exchanges.domain.networks import network_of
from exchanges.enums import SignInMethod
from exchanges.models import SignIn, User

KEPT_FOR = timedelta(days=90)


def note_sign_in(
    *, person: User | None, succeeded: bool, method: SignInMethod, address: str, at: datetime
) -> None:
    """Write it down with the network of the address only. Nobody is `person` without account."""
    SignIn.objects.create(
        user=person, succeeded=succeeded, method=method, network=network_of(address), at=at
    )


def forget_old_sign_ins(*, at: datetime) -> int:
    return SignIn.objects.filter(at__lte=at - KEPT_FOR).delete()[0]
