"""Translations for the tests: Django reads compiled catalogues, which no checkout brings."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent.parent / "locale"


def compile_catalogues() -> None:
    """Compile each catalogue that is newer than its compiled file.

    Another process may do the same at the same time: a file is replaced as a whole.
    """
    for source in LOCALE.glob("*/LC_MESSAGES/django.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            _compile(source, compiled)


def _compile(source: Path, compiled: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file)
    whole = compiled.with_suffix(f".{os.getpid()}.mo")
    with whole.open("wb") as file:
        write_mo(file, catalogue)
    whole.replace(compiled)
