"""Its own people and the office see who belongs to an organisation; its contacts change it."""

from __future__ import annotations

from typing import Any

from exchanges.links import (
    PURPOSE_INVITATION,
    PURPOSE_RECOVERY,
    PURPOSE_ROLES,
    PURPOSE_SIGNATORY,
    make_token,
)
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


def of_office(row: str = "") -> Kwargs:
    def kwargs(world: World) -> dict[str, Any]:
        keys: dict[str, Any] = {"pk": getattr(world, row).pk} if row else {}
        return {"slug": world.scene.programme.coordinator.slug, **keys}

    return kwargs


def by_mail(purpose: str, row: str, person: str = "colleague") -> Kwargs:
    def kwargs(world: World) -> dict[str, Any]:
        about = {"subject": getattr(world, row).pk, "person": world.persons[person].pk}
        return {"token": make_token(purpose, generation=0, **about)}

    return kwargs


def proposed(world: World) -> dict[str, Any]:
    return {"person": world.scene.owner.pk, "name": "A Name", "function": "Mayor"}


def chosen(world: World) -> dict[str, Any]:
    return {"proposals": [world.proposal.pk]}


OWN_CONTACT = opens("owner", refuses="colleague signatory")
OWN = opens(MEMBERS)
HOME_OFFICE = opens("office", refuses="office_member")
BY_MAIL = opens(others=200, anonymous=200)


def brought_in(world: World) -> dict[str, Any]:
    office = world.scene.programme.coordinator
    return {"slug": office.slug, "organisation": world.scene.guest_authority.slug}


def receiving(world: World) -> dict[str, Any]:
    return {"office": world.offer.to_office_id}


def offered(world: World) -> dict[str, Any]:
    return {"pk": world.offer.pk}


def recovered(world: World) -> dict[str, Any]:
    office = world.scene.programme.coordinator
    return {"slug": office.slug, "organisation": world.scene.host_authority.slug}


def recovery(world: World) -> dict[str, Any]:
    return {"pk": world.recovery.pk}


CASES: list[Case] = [
    *form("exchanges:signatory-propose", organisation(), OWN_CONTACT | {"office": 403}, proposed),
    *button("exchanges:signatory-known", organisation("known"), OWN_CONTACT | {"office": 403},
            lambda w: {"drop": "1"}),
    *button("exchanges:signatory-withdraw", organisation("proposal"),
            OWN_CONTACT | {"office": 403}),
    *form("exchanges:signatory-objection", organisation("proposal"), OWN | {"office": 403}),
    *form("exchanges:signatory-object", by_mail(PURPOSE_SIGNATORY, "proposal"), BY_MAIL),
    *form("exchanges:signatory-object", by_mail(PURPOSE_ROLES, "proposal"), NOT_THERE),
    *form("exchanges:roles-objection", organisation("change"), OWN | {"office": 403}),
    *form("exchanges:roles-object", by_mail(PURPOSE_ROLES, "change"), BY_MAIL),
    *form("exchanges:roles-object", by_mail(PURPOSE_SIGNATORY, "change"), NOT_THERE),
    *form("exchanges:signatory-end", organisation(person="signatory"),
          OWN_CONTACT | {"office": 403}, lambda w: {"reason": "Elections."}),
    *page("exchanges:home-office", of_office(), HOME_OFFICE),
    *button("exchanges:home-office-confirm", of_office(), HOME_OFFICE, chosen, writes=False),
    *form("exchanges:signatory-refuse", of_office("proposal"), HOME_OFFICE,
          lambda w: {"reason": "Not the mayor."}),
    *form("exchanges:roles-decide", of_office("objected"), HOME_OFFICE,
          lambda w: {"reason": "He works there.", "answer": "yes"}),
    *form("exchanges:handover-offer", brought_in, HOME_OFFICE, receiving),
    *form("exchanges:handover", offered, opens("partner other_office office"),
          lambda w: {"answer": "yes"}, office=403),
    *button("exchanges:handover-withdraw", offered,
            opens("office", refuses="partner other_office")),
    *form("exchanges:recovery", brought_in, HOME_OFFICE, lambda w: {"reason": "Silence."}),
    *button("exchanges:recovery-withdraw", recovered, HOME_OFFICE),
    *form("exchanges:recovery-stop", recovery, opens("host host_member"), host_member=403),
    *form("exchanges:recovery-object", by_mail(PURPOSE_RECOVERY, "recovery", "host"), BY_MAIL),
    *form("exchanges:recovery-object", by_mail(PURPOSE_ROLES, "recovery", "host"), NOT_THERE),
    *page("exchanges:programme-home-office", lambda w: {"slug": w.scene.programme.slug},
          opens(refuses="auditor") | {"office": DONE}),

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
