"""The terms of an agreement, and the bytes and hash that the parties approve and sign."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, TypeVar

from exchanges.domain.plain_text import plain

T = TypeVar("T")


@dataclass(frozen=True)
class Format:
    """Which fields terms have under the name of a format; they never change once it was used.

    A new field of Terms, PartyTerms or Clause comes with a new format and has a default, which
    terms of older formats are read with. So what was written once stays readable and keeps its
    hash.
    """

    terms: tuple[str, ...]
    party: tuple[str, ...]
    clause: tuple[str, ...]


FORMATS = {
    "mlp-agreement-terms/1": Format(
        terms=(
            "authentic_language",
            "clauses",
            "languages",
            "notice_months",
            "parties",
            "reference",
            "title",
            "valid_from",
            "valid_until",
            "visit_reference",
        ),
        party=("city", "country", "name", "native_name", "role", "slug"),
        clause=("heading", "key", "text"),
    ),
}
FORMAT = list(FORMATS)[-1]
"""The newest: what new versions are written in."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class InvalidTerms(ValueError):
    """The terms contradict themselves, or the JSON holds no terms."""


@dataclass(frozen=True)
class PartyTerms:
    slug: str
    name: str
    native_name: str
    city: str
    country: str
    role: str

    def __post_init__(self) -> None:
        _clean_texts(self)


@dataclass(frozen=True)
class Clause:
    key: str
    heading: str
    text: str

    def __post_init__(self) -> None:
        _clean_texts(self)


@dataclass(frozen=True)
class Terms:
    """Texts are kept as `plain` leaves them, so that equal terms always have equal hashes."""

    reference: str
    visit_reference: str
    title: str
    parties: tuple[PartyTerms, ...]
    clauses: tuple[Clause, ...]
    valid_from: date
    valid_until: date
    notice_months: int
    languages: tuple[str, ...]
    authentic_language: str
    format: str = field(default=FORMAT, compare=False)

    def __post_init__(self) -> None:
        _clean_texts(self)
        object.__setattr__(self, "languages", tuple(plain(code) for code in self.languages))
        if self.valid_until < self.valid_from:
            raise InvalidTerms("The terms end before they start.")
        if self.notice_months < 0:
            raise InvalidTerms("The notice is shorter than no time at all.")
        if self.authentic_language not in self.languages:
            raise InvalidTerms("The authentic language is not among the languages.")
        _require_unique("party", (party.slug for party in self.parties))
        _require_unique("clause", (clause.key for clause in self.clauses))
        _require_unique("language", self.languages)


def told_apart(parties: Sequence[PartyTerms]) -> list[str]:
    """Return the parties' names, in their order; equal ones with the city."""
    often = Counter(party.name for party in parties)
    return [
        party.name if often[party.name] == 1 else f"{party.name} ({party.city})"
        for party in parties
    ]


def canonical(terms: Terms) -> bytes:
    """Return the terms as canonical JSON (RFC 8785): bytes to hash, to store and to attach."""
    shape = FORMATS[terms.format]
    data = {"format": terms.format, **_chosen(terms, shape.terms)}
    data["parties"] = [_chosen(party, shape.party) for party in terms.parties]
    data["clauses"] = [_chosen(clause, shape.clause) for clause in terms.clauses]
    for name in ("valid_from", "valid_until"):
        data[name] = data[name].isoformat()
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def _chosen(record: PartyTerms | Clause | Terms, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def terms_hash(terms: Terms) -> str:
    """Return SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(terms)).hexdigest()


def _clean_texts(record: PartyTerms | Clause | Terms) -> None:
    for each in fields(record):
        value = getattr(record, each.name)
        if isinstance(value, str):
            object.__setattr__(record, each.name, plain(value))


def _require_unique(what: str, keys: Iterable[str]) -> None:
    repeated = [key for key, count in Counter(keys).items() if count > 1]
    if repeated:
        raise InvalidTerms(f"The {what} {repeated[0]!r} is there twice.")


def from_json(source: bytes | str) -> Terms:
    """Read the terms from the JSON that `canonical` wrote, in any order of keys.

    Raises InvalidTerms, with the path, when a key is unknown, missing or there twice, or a value
    is of the wrong type.
    """
    try:
        loaded = json.loads(source, object_pairs_hook=_without_repetition)
    except (ValueError, RecursionError) as error:
        raise InvalidTerms(f"This is not the JSON of terms: {error}") from error
    shape = _format_of(loaded)
    data = _record((*shape.terms, "format"), loaded, "terms")
    read: dict[str, Callable[[object, str], object]] = {
        "parties": lambda value, path: _records(PartyTerms, shape.party, value, path),
        "clauses": lambda value, path: _records(Clause, shape.clause, value, path),
        "languages": _texts,
        "valid_from": _day,
        "valid_until": _day,
        "notice_months": _number,
    }
    return Terms(
        **{name: read.get(name, _text)(data[name], f"terms.{name}") for name in data}  # type: ignore[arg-type]
    )


def _without_repetition(pairs: list[tuple[str, object]]) -> dict[str, object]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise InvalidTerms("A key is there twice.")
    return data


def _format_of(loaded: object) -> Format:
    data = _typed(dict, loaded, "terms")
    if "format" not in data:
        raise InvalidTerms("terms.format is missing.")
    name = _text(data["format"], "terms.format")
    if name not in FORMATS:
        raise InvalidTerms(f"terms.format is unknown here: {name!r}.")
    return FORMATS[name]


def _record(names: Iterable[str], value: object, path: str) -> dict[str, object]:
    data = _typed(dict, value, path)
    for name in sorted(data.keys() ^ set(names)):
        raise InvalidTerms(f"{path}.{name} is {'unknown' if name in data else 'missing'}.")
    return data


def _records(kind: type[T], names: Sequence[str], value: object, path: str) -> tuple[T, ...]:
    found = []
    for number, item in enumerate(_typed(list, value, path)):
        place = f"{path}[{number}]"
        data = _record(names, item, place)
        found.append(kind(**{name: _text(data[name], f"{place}.{name}") for name in data}))
    return tuple(found)


def _typed(kind: type[T], value: object, path: str) -> T:
    if type(value) is not kind:
        raise InvalidTerms(f"{path} is not of the type {kind.__name__}.")
    return value


def _text(value: object, path: str) -> str:
    return _typed(str, value, path)


def _texts(value: object, path: str) -> tuple[str, ...]:
    return tuple(_text(item, path) for item in _typed(list, value, path))


def _number(value: object, path: str) -> int:
    return _typed(int, value, path)


def _day(value: object, path: str) -> date:
    text = _text(value, path)
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise InvalidTerms(f"{path} is not a day such as 2026-11-22.")
