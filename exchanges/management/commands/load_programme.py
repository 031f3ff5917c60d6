import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchanges import clock
from exchanges.domain.look_alikes import known_look_alikes, words_of_mixed_scripts
from exchanges.domain.programme_file import ProgrammeFile, WrongFile, read_programme_file
from exchanges.models import City
from exchanges.operations.programmes.loading import load_programme
from exchanges.operations.refusals import Refusal
from exchanges.queries.cities.near import NEAR_KM, cities_near
from exchanges.queries.network.names import names_of_cities, names_of_organisations

SINGULAR = {"cities": "city"}


class Command(BaseCommand):
    help = "Loads a programme from a JSON file. What is there already is kept as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the programme as JSON")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from None
        try:
            facts = read_programme_file(content)
            doubts = list(doubts_about_names(facts))
            tally = load_programme(file=facts, at=clock.now())
        except WrongFile as error:
            for fault in error.faults:
                self.stderr.write(fault)
            self.stderr.write(f"Nothing was loaded: {file} has {counted(len(error.faults))}.")
            sys.exit(1)
        except Refusal as error:
            raise CommandError(f"Nothing was loaded: {error}") from None
        for doubt in doubts:
            self.stderr.write(f"Check the name: {doubt}.")
        self.stdout.write(f"Added: {in_words(tally.added) or 'nothing'}.")
        self.stdout.write(f"Kept as it was: {in_words(tally.kept) or 'nothing'}.")
        if tally.asked:
            self.stdout.write(f"Were there, and are asked to take part: {', '.join(tally.asked)}.")
        if tally.unconfirmed:
            visits = ", ".join(tally.unconfirmed)
            self.stdout.write(f"Not public until those named have confirmed: {visits}.")
        if tally.left_out:
            practices = ", ".join(tally.left_out)
            self.stdout.write(f"Not added, as their organisations were there: {practices}.")


def doubts_about_names(file: ProgrammeFile) -> Iterator[str]:
    """Say which new names of cities and organisations look like others, or mix alphabets."""
    of_cities = [name for city in file.cities for name in city.names.values()]
    of_organisations = [
        name for each in file.organisations for name in (each.name, each.native_name) if name
    ]
    for new, there in (
        (of_cities, names_of_cities()),
        (of_organisations, names_of_organisations()),
    ):
        known = dict.fromkeys(there)
        for name in dict.fromkeys(new):
            if name in known:
                continue
            for word in words_of_mixed_scripts(name):
                yield f"“{name}” has letters of several alphabets in “{word}”"
            for other in known_look_alikes(name, known):
                yield f"“{name}” looks like “{other}”"
            known[name] = None
    yield from near_cities(file)


def near_cities(file: ProgrammeFile) -> Iterator[str]:
    """Say which new cities of the file lie within a few kilometres of one that is there."""
    there = set(City.objects.values_list("slug", flat=True))
    for city in file.cities:
        if city.slug not in there:
            for other in cities_near(city.latitude, city.longitude):
                yield f"“{city.names['en']}” is within {NEAR_KM} km of “{other}”"


def counted(faults: int) -> str:
    return "1 fault" if faults == 1 else f"{faults} faults"


def in_words(counts: Counter[str]) -> str:
    """Return it like this: 23 organisations, 11 cities, 1 programme."""
    return ", ".join(
        f"{number} {noun if number != 1 else SINGULAR.get(noun, noun[:-1])}"
        for noun, number in counts.items()
    )
