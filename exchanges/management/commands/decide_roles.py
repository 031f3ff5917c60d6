from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchanges import clock
from exchanges.enums import RoleChangeState
from exchanges.models import RoleChange
from exchanges.operations.people.role_objections import decide
from exchanges.operations.people.signatory_removal import decide_removal
from exchanges.operations.refusals import Refusal
from exchanges.queries.people.role_changes import WAITING


class Command(BaseCommand):
    help = (
        "Decides about a change of roles where the home office would judge itself. It is recorded, "
        "and all concerned get a mail. Without a number it lists what waits."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", nargs="?", type=int, help="of the change, as the mail says")
        parser.add_argument(
            "answer",
            nargs="?",
            choices=["yes", "no"],
            help="yes: uphold the objection, or remove the last signatory; no: leave it as it is",
        )
        parser.add_argument("reason", nargs="?", default="", help="those concerned read it")

    def handle(
        self, *args: Any, number: int | None, answer: str | None, reason: str, **options: Any
    ) -> None:
        waiting = RoleChange.objects.filter(state__in=WAITING).order_by("made_at", "pk")
        if number is None:
            for each in waiting.select_related("organisation", "person"):
                words = f"{each.organisation.slug}, {each.person}, {each.state}"
                self.stdout.write(f"{each.pk}: {words}")
            return
        change = waiting.select_related("organisation").filter(pk=number).first()
        if change is None or answer is None:
            raise CommandError("Give the number of a change that waits, and yes or no.")
        about: dict[str, Any] = {"reason": reason, "by": None, "at": clock.now()}
        try:
            if change.state == RoleChangeState.OBJECTED:
                decide(change=change, is_upheld=answer == "yes", **about)
            else:
                decide_removal(change=change, is_confirmed=answer == "yes", **about)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Decided: {answer}.")
