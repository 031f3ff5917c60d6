from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchanges import clock
from exchanges.enums import DisputeKind
from exchanges.models import Dispute
from exchanges.operations.network import disputes
from exchanges.operations.refusals import Refusal
from exchanges.queries.network.disputes import held_questions_about


class Command(BaseCommand):
    help = (
        "Decides what was put to the operator. It is recorded, and all concerned get a mail. "
        "Without a number it lists what waits; with a number only, what was said about it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", nargs="?", type=int, help="of the question, as the mail says")
        parser.add_argument("answer", nargs="?", choices=["yes", "no"], help="yes: it is granted")
        parser.add_argument("reason", nargs="?", default="", help="those concerned read it")
        parser.add_argument("--name", default="", help="that the organisation bears from now on")

    def handle(
        self,
        *args: Any,
        number: int | None,
        answer: str | None,
        reason: str,
        name: str,
        **options: Any,
    ) -> None:
        waiting = Dispute.objects.filter(decided_at=None).select_related("organisation", "city")
        if number is None:
            for each in waiting.order_by("opened_at", "pk"):
                self.stdout.write(in_words(each))
            return
        dispute = waiting.filter(pk=number).first()
        if dispute is None:
            raise CommandError("No question with this number waits for a decision.")
        if answer is None:
            self.show(dispute)
            return
        try:
            disputes.decide(
                dispute=dispute,
                is_granted=answer == "yes",
                decision=reason,
                name=name,
                at=clock.now(),
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Decided: {answer}.")

    def show(self, dispute: Dispute) -> None:
        self.stdout.write(in_words(dispute))
        if dispute.kind == DisputeKind.HELD_VISITS:
            for question in held_questions_about(dispute.organisation).select_related("visit"):
                visit = question.visit
                self.stdout.write(f"{visit.reference}, {visit.title}: {question.state}")
        for each in dispute.statements.select_related("said_by").order_by("pk"):
            self.stdout.write(f"{each.said_at:%Y-%m-%d %H:%M} {each.said_by}: {each.text}")


def in_words(dispute: Dispute) -> str:
    about = f"{dispute.kind} {dispute.city.slug}" if dispute.city else str(dispute.kind)
    return f"{dispute.pk}: {dispute.organisation.slug}, {about}"
