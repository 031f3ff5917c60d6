import io
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

SOURCES = ("mlp_planner", "exchanges", "agreements", "templates")
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


class Command(BaseCommand):
    help = "Collects the texts of the program into locale/*/LC_MESSAGES/django.po."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say what is out of date")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if not shutil.which("xgettext"):
            raise CommandError("xgettext is missing: install the package gettext.")
        stale = []
        with tempfile.TemporaryDirectory() as folder:
            collect(Path(folder))
            for language in LANGUAGES:
                path = Path("locale", language, "LC_MESSAGES", "django.po")
                kept, collected = settings.BASE_DIR / path, Path(folder) / path
                if texts(kept) == texts(collected):
                    continue
                stale.append(language)
                if not check:
                    kept.parent.mkdir(parents=True, exist_ok=True)
                    kept.write_bytes(completed(collected, language))
        if stale and check:
            raise CommandError(f"Catalogues out of date: {', '.join(stale)}. Run `make messages`.")
        self.stdout.write(f"Catalogues changed: {', '.join(stale) or 'none'}.")


def collect(folder: Path) -> None:
    """Bring catalogues up to date in `folder`, on a copy of the sources."""
    for name in SOURCES:
        shutil.copytree(
            settings.BASE_DIR / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    (folder / "locale").mkdir()
    if (settings.BASE_DIR / "locale").exists():
        shutil.copytree(settings.BASE_DIR / "locale", folder / "locale", dirs_exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "--no-location", "--no-obsolete"]
    for language in LANGUAGES:
        command += ["--locale", language]
    environment = {"PATH": f"{Path(shutil.which('xgettext') or '').parent}"}
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)


def completed(path: Path, language: str) -> bytes:
    """Return the catalogue with a real header and as many plural forms as its language has.

    makemessages writes two forms for every language, and a header marked fuzzy, for which
    `pybabel compile` leaves out the whole catalogue.
    """
    with path.open("rb") as file:
        catalogue = read_po(file)
    catalogue.locale = Locale.parse(language)
    catalogue.fuzzy = False
    catalogue.revision_date = catalogue.creation_date
    catalogue.header_comment = "# The texts of MLP Planner. `make messages` collects them."
    catalogue.project, catalogue.version = "MLP Planner", "1"
    catalogue.last_translator = catalogue.language_team = "MLP Planner contributors"
    written = io.BytesIO()
    write_po(written, catalogue, width=100)
    return written.getvalue()


def texts(path: Path) -> set[tuple[str | None, str | tuple[str, ...]]]:
    """Context and text of each entry of a catalogue; empty when there is no file."""
    if not path.exists():
        return set()
    with path.open("rb") as file:
        entries = read_po(file)
    return {
        (entry.context, tuple(entry.id) if isinstance(entry.id, list | tuple) else entry.id)
        for entry in entries
        if entry.id
    }
