from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchanges import clock
from exchanges.management.naming import organisation_named, person_named
from exchanges.operations.people import signatories
from exchanges.operations.refusals import Refusal
from exchanges.queries.people.signatories import open_proposals, open_proposals_of


class Command(BaseCommand):
    help = (
        "Confirms, or refuses with a reason, a signatory whom the home office cannot confirm. "
        "It is recorded, and all concerned get a mail. Without a name it lists what is proposed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisation", nargs="?", help="its slug")
        parser.add_argument("email", nargs="?", help="the address of the person who was proposed")
        parser.add_argument("--refuse", metavar="REASON", help="refuse instead, with this reason")

    def handle(
        self,
        *args: Any,
        organisation: str | None,
        email: str | None,
        refuse: str | None,
        **options: Any,
    ) -> None:
        if organisation is None or email is None:
            self.list_all()
            return
        found = open_proposals_of(organisation_named(organisation))
        proposal = found.filter(person=person_named(email)).first()
        if proposal is None:
            raise CommandError("This person is not proposed as signatory of this organisation.")
        try:
            if refuse is not None:
                signatories.refuse(proposal=proposal, reason=refuse, by=None, at=clock.now())
            else:
                signatories.confirm_by_operator(proposal=proposal, at=clock.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        done = "refused" if refuse is not None else "confirmed"
        self.stdout.write(f"{proposal.name}, {proposal.function}: {done} for {organisation}.")

    def list_all(self) -> None:
        for each in open_proposals():
            self.stdout.write(
                f"{each.organisation.slug} {each.person.email}: {each.name}, {each.function}, "
                f"{each.state}, proposed by {each.proposed_by} on {each.proposed_at:%Y-%m-%d %H:%M}"
            )
