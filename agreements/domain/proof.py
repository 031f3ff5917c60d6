"""What an agreement's rows say, compared with what the record says that they said."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from agreements.domain.agreement_states import STATES_OF_DATES
from agreements.domain.terms import InvalidTerms, from_json
from agreements.enums import AgreementMove, AgreementState
from exchanges.domain.record import Fault, Finding, RecordEntry

Key = tuple[int, int]
"""Number of the version, id of the organisation (0 where it is about all)."""


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A version, approval, signature or artifact. `is_whole`: its content has its own hash.

    `is_as_recorded` compares the whole row with the hash that an event holds of it.
    """

    key: Key
    sha256: str
    user: int | None
    at: datetime
    is_whole: bool = True
    is_as_recorded: Callable[[Mapping[str, Any]], bool] = lambda recorded: True


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """`terms` are those of the current version, as they are stored; empty when it is gone."""

    reference: str
    state: str
    title: str
    current: int
    valid_from: date
    valid_until: date
    parties: Mapping[int, str]
    terms: str
    versions: Sequence[WrittenRow]
    approvals: Sequence[WrittenRow]
    signatures: Sequence[WrittenRow]
    artifacts: Sequence[WrittenRow]


def compare(facts: AgreementFacts, events: Sequence[RecordEntry]) -> Finding:
    """Compare an agreement with its events, which come by number."""
    if not events:
        return Finding((_fault(facts, "agreement_added"),))
    old: list[str] = []
    comparison = _Comparison(facts, events, old)
    return Finding(tuple(comparison.faults()), tuple(old))


def is_text_of(sha256: str, text: str) -> bool:
    return hashlib.sha256(text.encode()).hexdigest() == sha256


@dataclass(frozen=True, slots=True)
class _Comparison:
    facts: AgreementFacts
    events: Sequence[RecordEntry]
    not_compared: list[str]

    def faults(self) -> Iterator[Fault]:
        facts = self.facts
        yield from self._rows("version", facts.versions, self._events_of_versions())
        yield from self._rows("approval", facts.approvals, self._events("approve"))
        yield from self._rows("signature", facts.signatures, self._events("sign"))
        yield from self._rows("artifact", facts.artifacts, self._events("all_signed"))
        if set(facts.parties) != set(self._start.get("parties", facts.parties)):
            yield _fault(facts, "parties_changed", number=self.events[0].number)
        if not self._is_state_as_recorded() or not self._are_dates_as_recorded():
            yield _fault(facts, "agreement_changed", number=self.events[-1].number)

    def _rows(
        self, what: str, rows: Sequence[WrittenRow], events: Mapping[Key, RecordEntry]
    ) -> Iterator[Fault]:
        """Return rows without event, events without row, and rows that differ from their event."""
        present = {row.key: row for row in rows}
        for key in sorted(present.keys() | events.keys()):
            row, event = present.get(key), events.get(key)
            if row is None or event is None:
                change = "missing" if row is None else "added"
                yield self._fault_of(f"{what}_{change}", key, event)
            elif not row.is_whole:
                yield self._fault_of(f"{what}_damaged", key, event)
            elif not self._is_as_recorded(what, row, event):
                yield self._fault_of(f"{what}_changed", key, event)

    def _is_as_recorded(self, what: str, row: WrittenRow, event: RecordEntry) -> bool:
        recorded = event.data.get("pdf_sha256" if what == "artifact" else "sha256")
        recorded = recorded or self._hash_elsewhere(row.key[0])
        if recorded is None:
            self.not_compared.append(f"{what}_hash")
        if what == "signature" and "row" not in event.data:
            self.not_compared.append("signature_row")
        return (
            recorded in (None, row.sha256)
            and row.at == event.at
            and event.actor == ("platform" if row.user is None else f"user:{row.user}")
            and ("row" not in event.data or row.is_as_recorded(event.data["row"]))
        )

    def _hash_elsewhere(self, version: int) -> str | None:
        """Later events of a version hold its hash too."""
        named = (
            event.data.get("sha256")
            for event in self.events
            if event.data.get("version") == version
        )
        return next((sha256 for sha256 in named if sha256), None)

    def _events(self, verb: str) -> dict[Key, RecordEntry]:
        found = (event for event in self.events if event.verb == verb)
        return {
            (event.data.get("version", 0), event.data.get("organisation", 0)): event
            for event in found
        }

    def _events_of_versions(self) -> dict[Key, RecordEntry]:
        return self._events(AgreementMove.START) | self._events(AgreementMove.EDIT_TERMS)

    @property
    def _start(self) -> Mapping[str, Any]:
        return self.events[0].data

    def _is_state_as_recorded(self) -> bool:
        """That time passed was written as an event once; it changed no state."""
        targets = [event.data["target"] for event in self.events if event.data.get("target")]
        moved = [target for target in targets if target not in STATES_OF_DATES]
        state = moved[-1] if moved else AgreementState.DRAFT
        numbers = [number for number, _organisation in self._events_of_versions()]
        return self.facts.state == state and self.facts.current == max(numbers, default=0)

    def _are_dates_as_recorded(self) -> bool:
        """As the current terms say, but for a notice; terms that are damaged are named already."""
        facts = self.facts
        try:
            terms = from_json(facts.terms)
        except InvalidTerms:
            return True
        notices = [event.data["last_day"] for event in self._events("terminate").values()]
        last = notices[-1] if notices else terms.valid_until.isoformat()
        shown = (facts.reference, facts.title, facts.valid_from, facts.valid_until.isoformat())
        return shown == (terms.reference, terms.title, terms.valid_from, last)

    def _fault_of(self, sentence: str, key: Key, event: RecordEntry | None) -> Fault:
        version, organisation = key
        party = self.facts.parties.get(organisation, f"#{organisation}")
        about: dict[str, str | int] = {"version": version, "party": party}
        return _fault(self.facts, sentence, number=event.number if event else 0, **about)


def _fault(facts: AgreementFacts, sentence: str, *, number: int = 0, **about: str | int) -> Fault:
    return Fault("agreement", number, sentence, {"reference": facts.reference, **about})
