"""Agreements compared with the record: all of them, or the one that a page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import sha256

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from agreements.domain.proof import AgreementFacts, WrittenRow, compare, is_text_of
from agreements.models import Agreement, Approval, Artifact, Party, Signature, Version
from exchanges.domain.record import Fault, Finding, RecordEntry, entry_hash
from exchanges.models import Event
from exchanges.queries.record import entry_of
from exchanges.queries.row_hash import is_row_as_recorded

AT_ONCE = 20
"""So many agreements are in memory, with their terms; of the artifacts one at a time."""


def agreements_are_as_recorded() -> Iterator[Finding]:
    """Compare all agreements with their events, and name those that are gone."""
    batch: list[int] = []
    for key in Agreement.objects.order_by("pk").values_list("pk", flat=True).iterator():
        batch.append(key)
        if len(batch) == AT_ONCE:
            yield from _findings(batch)
            batch = []
    yield from _findings(batch)
    for event in _started_and_gone().iterator():
        about: dict[str, str | int] = {"agreement": event.subject_id}
        yield Finding((Fault("agreement", event.number, "agreement_missing", about),))


def finding_of(agreement: Agreement) -> Finding:
    """Compare one agreement, and ask whether each of its events is whole. Ten queries."""
    finding = _compare_one(agreement.pk)
    return _compare_locked(agreement.pk) if finding.faults else finding


def _findings(keys: Sequence[int]) -> Iterator[Finding]:
    events = _events_of(keys)
    for agreement in _with_rows(keys):
        finding = compare(_facts(agreement), events[agreement.pk])
        yield _compare_locked(agreement.pk) if finding.faults else finding


@transaction.atomic
def _compare_locked(key: int) -> Finding:
    """What differs may have been written just now: nothing is, while the row is locked."""
    locked = Agreement.objects.select_for_update().filter(pk=key).exists()
    return _compare_one(key) if locked else Finding()


def _compare_one(key: int) -> Finding:
    agreement, events = next(iter(_with_rows([key]))), _events_of([key])[key]
    finding = compare(_facts(agreement), events)
    changed = tuple(
        Fault("changed", entry.number, "changed", {"number": entry.number})
        for entry in events
        if entry_hash(entry) != entry.hash
    )
    return Finding(changed + finding.faults, finding.not_compared)


def _with_rows(keys: Sequence[int]) -> QuerySet[Agreement]:
    return (
        Agreement.objects.filter(pk__in=keys)
        .order_by("pk")
        .prefetch_related(
            Prefetch("parties", Party.objects.select_related("organisation")),
            "versions",
            Prefetch("versions__approvals", Approval.objects.select_related("party")),
            Prefetch("versions__signatures", Signature.objects.select_related("party")),
            Prefetch("versions__artifacts", Artifact.objects.defer("content")),
        )
    )


def _events_of(keys: Sequence[int]) -> dict[int, list[RecordEntry]]:
    events: dict[int, list[RecordEntry]] = defaultdict(list)
    for event in Event.objects.filter(subject_type="agreement", subject_id__in=keys):
        events[event.subject_id].append(entry_of(event))
    return events


def _started_and_gone() -> QuerySet[Event]:
    there = Agreement.objects.filter(pk=OuterRef("subject_id"))
    started = Event.objects.filter(subject_type="agreement", verb="start")
    return started.filter(~Exists(there)).order_by("number")


def _facts(agreement: Agreement) -> AgreementFacts:
    versions = list(agreement.versions.all())
    current = agreement.current_number
    return AgreementFacts(
        reference=agreement.reference,
        state=agreement.state,
        title=agreement.title,
        current=current,
        valid_from=agreement.valid_from,
        valid_until=agreement.valid_until,
        parties={each.organisation_id: each.organisation.name for each in agreement.parties.all()},
        terms=next((each.terms for each in versions if each.number == current), ""),
        versions=[_version(each) for each in versions],
        approvals=[
            _approval(each, version) for version in versions for each in version.approvals.all()
        ],
        signatures=[
            _signature(each, version) for version in versions for each in version.signatures.all()
        ],
        artifacts=[
            _artifact(each, version) for version in versions for each in version.artifacts.all()
        ],
    )


def _version(row: Version) -> WrittenRow:
    return WrittenRow(
        key=(row.number, 0),
        sha256=row.sha256,
        user=row.created_by_id,
        at=row.created_at,
        is_whole=is_text_of(row.sha256, row.terms),
    )


def _approval(row: Approval, version: Version) -> WrittenRow:
    return WrittenRow(
        key=(version.number, row.party.organisation_id),
        sha256=row.sha256,
        user=row.user_id,
        at=row.at,
    )


def _signature(row: Signature, version: Version) -> WrittenRow:
    return WrittenRow(
        key=(version.number, row.party.organisation_id),
        sha256=row.sha256,
        user=row.user_id,
        at=row.signed_at,
        is_as_recorded=partial(is_row_as_recorded, row),
    )


def _artifact(row: Artifact, version: Version) -> WrittenRow:
    content = Artifact.objects.values_list("content", flat=True).get(pk=row.pk)
    return WrittenRow(
        key=(version.number, 0),
        sha256=row.sha256,
        user=None,
        at=row.created_at,
        is_whole=sha256(content).hexdigest() == row.sha256,
    )
