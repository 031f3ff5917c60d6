"""What is wrong with the record, or with a row that it speaks of, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchanges.domain.record import Fault

_sentences: dict[str, str | Promise] = {
    "changed": _("Event %(number)s was changed."),
    "moved": _("Event %(number)s was moved: it was event %(was)s."),
    "reordered": _("Event %(number)s does not follow the event before it."),
    "added": _("Event %(number)s was added: the record holds the events 1 to %(count)s."),
    "missing": _("Event %(number)s is missing."),
    "missing_many": _("The events %(number)s to %(last)s are missing."),
    "cut": _("The end of the record was cut: event %(number)s is missing."),
    "cut_many": _("The end of the record was cut: the events %(number)s to %(last)s are missing."),
    "head": _("The head of the record does not match the last event."),
    "head_unreadable": _("Line %(line)s is not a head of the record."),
    "head_beyond": _(
        "%(day)s: the record had %(count)s events on that day, and has only %(now)s now."
    ),
    "head_differs": _(
        "%(day)s: the record had %(count)s events on that day, and the last one was another."
    ),
    "emptied": _("The record is empty, but there are programmes."),
}
_not_compared: dict[str, Any] = {}


def add_fault_sentences(
    faults: Mapping[str, str | Promise], not_compared: Mapping[str, Any]
) -> None:
    """For apps above this one; `not_compared` has a sentence with `count` for each name."""
    _sentences.update(faults)
    _not_compared.update(not_compared)


def fault_words(fault: Fault) -> str:
    return str(_sentences[fault.sentence]) % fault.about


def not_compared_words(name: str, count: int) -> str:
    """Say how many of what were written before the record held what they are compared with."""
    return str(_not_compared[name] % {"count": count})
