"""What changed from one version of terms to another."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal

from agreements.domain.terms import Clause, PartyTerms, Terms

_NOT_COMPARED = ("parties", "clauses", "format")


@dataclass(frozen=True)
class Difference:
    """One change. `before` is None when something was added, `after` when it was removed.

    `field` is a field of Terms ("notice_months"), a list of it when a whole entry or the order
    changed ("clauses"), or a field of an entry ("clauses.text"). `key` is the slug of the party or
    the key of the clause, and empty outside of entries.
    """

    field: str
    key: str
    before: str | None
    after: str | None

    @property
    def change(self) -> Literal["added", "removed", "changed"]:
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


def differences(old: Terms, new: Terms) -> tuple[Difference, ...]:
    """Every change from `old` to `new`; empty exactly when they are equal."""
    return (
        *_changed_fields("", "", old, new),
        *_changed_entries("parties", _by_slug(old), _by_slug(new)),
        *_changed_entries("clauses", _by_key(old), _by_key(new)),
    )


def _by_slug(terms: Terms) -> dict[str, PartyTerms]:
    return {party.slug: party for party in terms.parties}


def _by_key(terms: Terms) -> dict[str, Clause]:
    return {clause.key: clause for clause in terms.clauses}


def _changed_fields(
    prefix: str, key: str, old: Terms | PartyTerms | Clause, new: Terms | PartyTerms | Clause
) -> Iterator[Difference]:
    for each in fields(old):
        before, after = getattr(old, each.name), getattr(new, each.name)
        if before != after and each.name not in _NOT_COMPARED:
            yield Difference(f"{prefix}{each.name}", key, _shown(before), _shown(after))


def _changed_entries(
    field: str,
    old: dict[str, PartyTerms] | dict[str, Clause],
    new: dict[str, PartyTerms] | dict[str, Clause],
) -> Iterator[Difference]:
    for key, entry in old.items():
        if key in new:
            yield from _changed_fields(f"{field}.", key, entry, new[key])
        else:
            yield Difference(field, key, _summary(entry), None)
    for key, entry in new.items():
        if key not in old:
            yield Difference(field, key, None, _summary(entry))
    before, after = [key for key in old if key in new], [key for key in new if key in old]
    if before != after:
        yield Difference(field, "", ", ".join(before), ", ".join(after))


def _summary(entry: PartyTerms | Clause) -> str:
    return f"{entry.heading}\n{entry.text}" if isinstance(entry, Clause) else entry.name


def _shown(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
