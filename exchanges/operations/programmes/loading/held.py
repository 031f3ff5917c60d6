"""The exchanges of a programme file, entered by the move `import`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from exchanges.domain.programme_file import HeldFacts, ProgrammeFile
from exchanges.models import City, Organisation, Programme, StudyVisit, Topic
from exchanges.operations.programmes.loading.tally import LoadedRows
from exchanges.operations.visits.held_questions import KnownBefore
from exchanges.operations.visits.imports import HeldVisit, import_visit

Row = TypeVar("Row", City, Organisation, Topic)
NAMES = "en"
TITLE_NOTE = "The title is made from the topics; none was published."


def load_held(
    file: ProgrammeFile,
    programme: Programme,
    tally: LoadedRows,
    at: datetime,
    there: KnownBefore,
) -> None:
    """Load in the order of the file; a visit without dates counts to the year of the one before.

    Organisations and cities that were `there` are asked whether it took place.
    """
    year = programme.start_date.year
    for facts in file.held:
        known = facts.start_date or facts.month
        year = known.year if known else year
        is_new = not StudyVisit.objects.filter(import_key=facts.key).exists()
        if tally.count("visits", is_new=is_new):
            visit = import_visit(
                programme=programme, held=_held(facts, year), by=None, at=at, there=there
            )
            if visit.is_unconfirmed:
                tally.unconfirmed.append(visit.reference)


def _held(facts: HeldFacts, year: int) -> HeldVisit:
    host = City.objects.get(slug=facts.host_city)
    topics = _in_order(Topic.objects.all(), facts.topics)
    return HeldVisit(
        host_city=host,
        title=_title([topic.names.localize(NAMES) for topic in topics], host),
        year=year,
        topics=topics,
        co_hosts=_in_order(City.objects.all(), facts.co_host_cities),
        guests=_in_order(City.objects.all(), facts.guest_cities),
        host_organisations=_in_order(Organisation.objects.all(), facts.hosts),
        guest_organisations=_in_order(Organisation.objects.all(), facts.guests),
        met=facts.met,
        external_guests=facts.external_guests,
        start_date=facts.start_date,
        end_date=facts.end_date,
        known_month=None if facts.start_date else facts.month,
        participants_about=facts.participants_about,
        counts_as_exchange=facts.counts_as_exchange,
        note=_note(facts),
        import_key=facts.key,
    )


def _title(topics: list[str], host: City) -> str:
    """Return it like this: Social economy, social interpreting, in Liège."""
    rest = [topic[:1].lower() + topic[1:] for topic in topics[1:]]
    words = [*topics[:1], *rest]
    joined = " and ".join(words) if len(words) == 2 and " and " not in "".join(words) else ""
    city = host.names.localize(NAMES)
    return f"{joined or ', '.join(words)}, in {city}".lstrip(", ")[:200]


def _note(facts: HeldFacts) -> str:
    stops = f"Stops on the way: {', '.join(facts.stops)}." if facts.stops else ""
    return " ".join(part for part in (facts.note, stops, TITLE_NOTE) if part)


def _in_order(rows: Iterable[Row], slugs: Iterable[str]) -> list[Row]:
    by_slug = {row.slug: row for row in rows}
    return [by_slug[slug] for slug in slugs]
