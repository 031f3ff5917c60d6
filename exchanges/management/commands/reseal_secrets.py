from typing import Any

from django.core.management.base import BaseCommand

from exchanges.operations.people.factors import reseal_factors


class Command(BaseCommand):
    help = (
        "Seals the second factors under the present SECRET_KEY, so that the older key can go "
        "out of SECRET_KEY_FALLBACKS."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Second factors sealed: {reseal_factors()}.")
