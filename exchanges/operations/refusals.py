"""What all refusals of operations have in common: a sentence for the person."""

from __future__ import annotations


class Refusal(Exception):
    """Base of the refusals that a view puts on the form; `str()` is the sentence."""
