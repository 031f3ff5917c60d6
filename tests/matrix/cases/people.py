"""Its own people and the office see who belongs to an organisation; its contacts change it."""

from __future__ import annotations

from typing import Any

from exchanges.links import PURPOSE_INVITATION
from tests.matrix.case import (
    DONE,
    PUBLIC,
    SIGNED_IN,
    Case,
    Expected,
    Kwargs,
    button,
    form,
    opens,
    page,
)
from tests.matrix.world import MEMBERS, PERSONS, World, join_token

SHOWN = opens(f"{MEMBERS} office")
EDITORS = opens("owner", refuses="colleague signatory office")
NOT_THERE = opens(others=404, anonymous=404)
BELONGS: Expected = opens(others=DONE) | {"auditor": 404, "operator": 404}
NOT_THEIRS: Expected = dict.fromkeys(set(PERSONS) - {"anonymous"}, 403)


def organisation(row: str = "", **persons: str) -> Kwargs:
    def kwargs(world: World) -> dict[str, Any]:
        keys: dict[str, Any] = {"pk": getattr(world, row).pk} if row else {}
        keys |= {key: world.persons[name].pk for key, name in persons.items()}
        return {"slug": world.scene.guest_authority.slug, **keys}

    return kwargs


def invited(world: World) -> dict[str, Any]:
    return {"email": "another@example.org", "role": "member"}


def named(world: World) -> dict[str, Any]:
    return {"name": "New Name", "language": "en"}


def own_organisation(world: World) -> dict[str, Any]:
    return {"organisation": world.scene.guest_authority.pk}


def token(**changes: Any) -> Kwargs:
    return lambda world: {"token": join_token(world.joining.pk, **changes)}


CASES: list[Case] = [
    *form("exchanges:account", lambda w: {}, SIGNED_IN, named),
    *page("exchanges:sign-ins", lambda w: {}, SIGNED_IN),
    *button("exchanges:organisation-switch", lambda w: {}, opens(MEMBERS), own_organisation,
            writes=False),
    *form("exchanges:account-join", token(), PUBLIC, named, **NOT_THEIRS),
    *form("exchanges:account-join", token(generation=1), NOT_THERE, named),
    *form("exchanges:account-join", token(purpose=PURPOSE_INVITATION), NOT_THERE, named),
    *form("exchanges:account-join", lambda w: {"token": "nonsense"}, NOT_THERE, named),
    *page("exchanges:people", lambda w: {}, BELONGS),
    *form("exchanges:organisation-people", organisation(), SHOWN, invited,
          colleague=403, signatory=403, office=403),
    *button("exchanges:account-invitation-resend", organisation("joining"), EDITORS),
    *button("exchanges:account-invitation-revoke", organisation("joining"), EDITORS),
    *form("exchanges:person-roles", organisation(person="colleague"), EDITORS,
          lambda w: {"roles": ["contact"]}),
    *form("exchanges:person-end", organisation(person="colleague"), EDITORS),
    *page("exchanges:person-roles", organisation(person="host"), EDITORS | {"owner": 404}),
]  # fmt: skip
