"""Gates and components in sentences, for each reader in the reader's language.

What is said stands in `gates` and `components`. No sentence has a full stop.
"""

from enum import StrEnum

from exchanges.domain.matching import Component, Facts, Gate
from exchanges.words.matching.components import COMPONENT_WORDS
from exchanges.words.matching.data import Names
from exchanges.words.matching.gates import GATE_WORDS, Words


class Tone(StrEnum):
    STRENGTH = "strength"
    CAUTION = "caution"


def sentence(reason: Gate | Component, names: Names) -> str:
    """Say it to the guest, about the host."""
    if isinstance(reason, Gate):
        return _text(GATE_WORDS[reason.kind].to_guest, reason.facts)
    return COMPONENT_WORDS[reason.kind].to_guest(reason.facts, names)


def guest_sentence(reason: Gate | Component, names: Names) -> str:
    """Say it to the host, about the guest."""
    if isinstance(reason, Gate):
        gate = GATE_WORDS[reason.kind]
        return _text(gate.to_host or gate.to_guest, reason.facts)
    component = COMPONENT_WORDS[reason.kind]
    return (component.to_host or component.to_guest)(reason.facts, names)


def gate_words(gate: Gate, guest: str, host: str) -> str:
    """Addressed to a third, the programme office; `guest` and `host` are what the cities are
    called."""
    return _text(GATE_WORDS[gate.kind].to_office, gate.facts) % {"guest": guest, "host": host}


def tone(reason: Gate | Component) -> Tone:
    """Whether the sentence speaks for the pair or should make people think."""
    is_doubtful = isinstance(reason, Gate) or COMPONENT_WORDS[reason.kind].is_doubtful(reason)
    return Tone.CAUTION if is_doubtful else Tone.STRENGTH


def _text(words: Words, facts: Facts) -> str:
    return str(words(facts) if callable(words) else words)
