"""Terms with what changed marked, word by word."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from agreements.domain.terms import Clause, Terms

Kind = Literal["same", "added", "removed"]
MOST_WORDS = 4000
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str


@dataclass(frozen=True)
class Paragraph:
    is_listed: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class MarkedClause:
    """`kind` is same for a clause that was there before, even when its text changed."""

    key: str
    kind: Kind
    heading: tuple[Piece, ...]
    paragraphs: tuple[Paragraph, ...]
    is_changed: bool


def marked_clauses(old: Terms | None, new: Terms) -> tuple[MarkedClause, ...]:
    """Return the clauses of `new` in order; those that fell away come where they stood.

    Without `old` nothing is marked.
    """
    before = {clause.key: clause for clause in old.clauses} if old else {}
    now = {clause.key for clause in new.clauses}
    shown: list[MarkedClause] = []
    for clause in new.clauses:
        if old is None:
            shown.append(_whole(clause, "same"))
        elif clause.key in before:
            shown.append(_compared(before[clause.key], clause))
        else:
            shown.append(_whole(clause, "added"))
    for place, clause in enumerate(old.clauses if old else ()):
        if clause.key not in now:
            shown.insert(min(place, len(shown)), _whole(clause, "removed"))
    return tuple(shown)


def marked(before: str, after: str) -> tuple[Piece, ...]:
    """`after` with the words that are new and those that fell away."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if before == after:
        return (Piece("same", after),) if after else ()
    if len(old) + len(new) > MOST_WORDS:
        return tuple(_pieces((("removed", before), ("added", after))))
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    return tuple(_pieces(_steps(matcher, old, new)))


def _whole(clause: Clause, kind: Kind) -> MarkedClause:
    lines = clause.text.split("\n")
    return MarkedClause(
        key=clause.key,
        kind=kind,
        heading=(Piece(kind, clause.heading),),
        paragraphs=tuple(_paragraph(line, (Piece(kind, _bare(line)),)) for line in _filled(lines)),
        is_changed=kind != "same",
    )


def _compared(old: Clause, new: Clause) -> MarkedClause:
    return MarkedClause(
        key=new.key,
        kind="same",
        heading=marked(old.heading, new.heading),
        paragraphs=tuple(_paragraphs(_filled(old.text.split("\n")), _filled(new.text.split("\n")))),
        is_changed=old != new,
    )


def _paragraphs(old: list[str], new: list[str]) -> Iterator[Paragraph]:
    """Paragraphs are matched first; only those that changed are compared by words."""
    for tag, a1, a2, b1, b2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (_paragraph(line, (Piece("same", _bare(line)),)) for line in new[b1:b2])
            continue
        pairs = min(a2 - a1, b2 - b1)
        for before, after in zip(old[a1 : a1 + pairs], new[b1 : b1 + pairs], strict=True):
            yield _paragraph(after, marked(_bare(before), _bare(after)))
        for line in old[a1 + pairs : a2]:
            yield _paragraph(line, (Piece("removed", _bare(line)),))
        for line in new[b1 + pairs : b2]:
            yield _paragraph(line, (Piece("added", _bare(line)),))


def _paragraph(line: str, pieces: tuple[Piece, ...]) -> Paragraph:
    return Paragraph(line.startswith("- "), pieces)


def _bare(line: str) -> str:
    return line.removeprefix("- ")


def _filled(lines: list[str]) -> list[str]:
    return [line for line in lines if line.strip()]


def _steps(
    matcher: SequenceMatcher[str], old: list[str], new: list[str]
) -> Iterator[tuple[Kind, str]]:
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            yield "same", "".join(new[b1:b2])
        else:
            yield "removed", "".join(old[a1:a2])
            yield "added", "".join(new[b1:b2])


def _pieces(steps: Iterable[tuple[Kind, str]]) -> Iterator[Piece]:
    return (Piece(kind, text) for kind, text in steps if text)
