from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from exchanges import clock
from exchanges.domain.programme_file import ProgrammeFile, read_programme_file
from exchanges.enums import VisitState
from exchanges.models import Programme, StudyVisit, User
from exchanges.operations.programmes.loading import load_programme
from mlp_planner.demo.sample import load_sample

FILE = Path(__file__).parents[2] / "data" / "umn_programme.json"
LOADED_BEFORE = timedelta(days=125)
"""So long ago the programme was entered, as the demo tells it: before anything else happened."""


class Command(BaseCommand):
    help = "Loads the programme and the sample that the demo shows, unless they are there."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Set DEMO=1: sample data is for the demo only.")
        file = read_programme_file(FILE.read_bytes())
        at = clock.now()
        if not Programme.objects.exists():
            load_programme(file=file, at=at - LOADED_BEFORE)
        if is_sample_there(file):
            self.stdout.write("The demo's data is as you left it.")
            return
        self.tell(load_sample(file, at=at))

    def tell(self, programme: Programme) -> None:
        visits = StudyVisit.objects.filter(programme=programme)
        used = programme.exchanges.exclude(visit=None).count()
        people = User.objects.filter(is_sample=True).count()
        held = StudyVisit.objects.filter(programme__is_sample=False).count()
        self.stdout.write(
            f"Loaded the UnionMigrantNet programme of 2019 to 2023 with {held} visits held,\n"
            f'and "{programme}": {visits.count()} visits ({in_words(visits)}),\n'
            f"{used} of {programme.max_exchanges} exchanges used, one plan for the rest, "
            f"{people} persons to play. "
            "All of the second is made up."
        )


def is_sample_there(file: ProgrammeFile) -> bool:
    return file.next_programme is not None and (
        Programme.objects.filter(slug=file.next_programme.slug).exists()
    )


def in_words(visits: Any) -> str:
    """Return it like this: 1 draft, 2 confirmed."""
    states = Counter(visits.values_list("state", flat=True))
    return ", ".join(f"{states[state]} {state.value}" for state in VisitState if states[state])
