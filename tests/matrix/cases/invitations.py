"""Whoever holds a link acts as the invitation; signed in it is the invited contact."""

from __future__ import annotations

from typing import Any

from exchanges.links import PURPOSE_ACCOUNT, PURPOSE_INVITATION, make_token
from tests.matrix.case import PUBLIC, SIGNED_IN, Case, form, opens, page
from tests.matrix.world import World, answer_token

GONE = opens(others=410, anonymous=410)
NOT_THERE = opens(others=404, anonymous=404)


def answers(world: World) -> dict[str, Any]:
    options = world.proposed.date_options.all()
    return {f"option-{option.pk}": "yes" for option in options} | {"word": "Gladly."}


def token(**changes: Any) -> Any:
    """A link to the host's invitation, with these parts replaced."""

    def kwargs(world: World) -> dict[str, str]:
        parts = {
            "purpose": PURPOSE_INVITATION,
            "subject": world.asked.pk,
            "person": world.scene.host.pk,
            "generation": world.asked.generation,
        }
        return {"token": make_token(**parts | changes)}

    return kwargs


def of_person(name: str) -> Any:
    return lambda world: {"token": answer_token(world.asked, world.persons[name])}


def other_subject(world: World) -> dict[str, str]:
    """The proof of one invitation under the number of another."""
    own = answer_token(world.asked, world.scene.host)
    other = world.answered.invitations.get(organisation=world.scene.host_authority)
    return {"token": f"{other.pk}-{own.partition('-')[2]}"}


CASES: list[Case] = [
    *form("exchanges:invitation-answer", token(), PUBLIC, answers),
    *form("exchanges:invitation-answer", token(generation=1), NOT_THERE, answers),
    *form("exchanges:invitation-answer", token(purpose=PURPOSE_ACCOUNT), NOT_THERE, answers),
    *form("exchanges:invitation-answer", other_subject, NOT_THERE, answers),
    *form("exchanges:invitation-answer", lambda w: {"token": "nonsense"}, NOT_THERE, answers),
    *form("exchanges:invitation-answer", of_person("stranger"), GONE, answers),
    *form("exchanges:invitation-answer", of_person("host_member"), GONE, answers),
    *page("exchanges:inbox", lambda w: {}, SIGNED_IN),
    *form("exchanges:invitation-respond", lambda w: {"pk": w.asked.pk},
          opens("host", refuses="host_member"), answers),
]  # fmt: skip
