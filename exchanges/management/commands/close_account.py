from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchanges import clock
from exchanges.management.naming import person_named
from exchanges.operations.people.appointing import close_account
from exchanges.operations.refusals import Refusal


class Command(BaseCommand):
    help = "Closes an account. It is recorded, and the person and the colleagues get a mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="of the person")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        try:
            close_account(person=person_named(email), at=clock.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write("The account is closed.")
