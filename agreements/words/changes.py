"""What changed between two versions of terms, in words, for mails."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from agreements.domain.differences import Difference
from agreements.domain.terms import Terms
from exchanges.words.formats import day


def changes_in_words(changed: Iterable[Difference], before: Terms) -> str:
    """Return a line for each change: facts from what to what, clauses by their heading."""
    headings = {clause.key: clause.heading for clause in before.clauses}
    lines = (_line(each, headings) for each in changed)
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _line(change: Difference, headings: dict[str, str]) -> str:
    if change.field == "clauses" and not change.key:
        return _("The order of the clauses")
    if change.field.startswith("clauses"):
        return _clause(change, headings)
    words = {
        "title": _("Title: “%(before)s” is now “%(after)s”"),
        "valid_from": _("Valid from: %(before)s is now %(after)s"),
        "valid_until": _("Valid until: %(before)s is now %(after)s"),
        "notice_months": _("Notice in months: %(before)s is now %(after)s"),
    }
    return words.get(change.field, "") % {
        "before": _said(change.before),
        "after": _said(change.after),
    }


def _clause(change: Difference, headings: dict[str, str]) -> str:
    heading = headings.get(change.key) or (change.after or "").partition("\n")[0]
    words = {
        "added": _("New clause “%(heading)s”"),
        "removed": _("Clause “%(heading)s” is gone"),
        "changed": _("Clause “%(heading)s” is changed"),
    }
    is_whole = change.field == "clauses"
    return words[change.change if is_whole else "changed"] % {"heading": heading}


def _said(value: str | None) -> str:
    """Return a day in words, and other values as they are."""
    try:
        return day(date.fromisoformat(value or ""), "long")
    except ValueError:
        return value or ""
