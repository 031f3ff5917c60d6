"""Write the state diagrams of docs/ from the tables that the program runs on."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from agreements.domain import agreement_states
from exchanges.domain import visit_states

PAGE = """# {title}

Made from `{source}` by `manage.py diagrams`; a test compares them. In brackets: whose move it is.

```mermaid
{diagram}```
"""


def pages() -> dict[Path, str]:
    docs = Path(settings.BASE_DIR) / "docs"
    return {
        docs / "visit-states.md": PAGE.format(
            title="The life of a visit",
            source="exchanges/domain/visit_states.py",
            diagram=visit_states.diagram(),
        ),
        docs / "agreement-states.md": PAGE.format(
            title="The life of an agreement",
            source="agreements/domain/agreement_states.py",
            diagram=agreement_states.diagram(),
        ),
    }


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether they are right")

    def handle(self, *args: Any, **options: Any) -> None:
        for path, text in pages().items():
            if options["check"]:
                if not path.exists() or path.read_text() != text:
                    raise CommandError(f"{path.name} is out of date: run manage.py diagrams")
            else:
                path.write_text(text)
                self.stdout.write(f"{path.name} written")
