from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from exchanges import clock
from exchanges.management.naming import organisation_named
from exchanges.operations.people.appointing import appoint_contact
from exchanges.operations.refusals import Refusal


class Command(BaseCommand):
    help = "Makes a person a contact of a coordinator. It is recorded, and the person gets a mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        languages = [code for code, _ in settings.LANGUAGES]
        parser.add_argument("organisation", help="the coordinator's slug")
        parser.add_argument("email", help="the person's own address, not one that others read too")
        parser.add_argument("name", help="as it is shown to others")
        parser.add_argument("--language", choices=languages, default=settings.LANGUAGE_CODE)

    def handle(
        self, *args: Any, organisation: str, email: str, name: str, language: str, **options: Any
    ) -> None:
        try:
            validate_email(email.strip())
            person = appoint_contact(
                organisation=organisation_named(organisation),
                email=email.strip(),
                name=name,
                language=language,
                at=clock.now(),
            )
        except ValidationError:
            raise CommandError(f"{email} is no e-mail address.") from None
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"{person} is a contact of {organisation} now. A mail says how to sign in."
        )
