"""Editing the terms of an agreement, clause by clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.domain.drafting import free_key
from agreements.domain.terms import Clause, Terms
from agreements.forms.printed import PrintedBlockField, PrintedLineField
from agreements.forms.validity import ValidityForm
from exchanges.forms.fields import RevisionField

MOST_CLAUSES = 40
MOST_TEXT = 20_000


class ClauseForm(forms.Form):
    key = forms.SlugField(widget=forms.HiddenInput, max_length=60)
    heading = PrintedLineField(label=_("Heading"), max_length=200)
    text = PrintedBlockField(
        label=_("Text"),
        max_length=MOST_TEXT,
        rows=8,
    )

    def clause(self) -> Clause:
        data = self.cleaned_data
        return Clause(data["key"], data["heading"], data["text"])


class TermsForm(ValidityForm):
    """Title, validity and notice; the clauses are forms of their own."""

    revision = RevisionField()
    title = PrintedLineField(label=_("Title"), max_length=200)
    field_order = ["title"]


class TermsEditor:
    """A form of terms with its clauses, that can be added, removed and moved before saving.

    `data` is what was posted; without it the form shows `terms`.
    """

    def __init__(self, terms: Terms, revision: int, today: date, data: Any = None) -> None:
        self.terms = terms
        self.today = today
        self.is_bound = data is not None
        if data is None:
            initial = {
                "title": terms.title,
                "valid_from": terms.valid_from,
                "valid_until": terms.valid_until,
                "notice_months": terms.notice_months,
                "revision": revision,
            }
            self.form = TermsForm(initial=initial, today=today)
            rows = [
                {"key": each.key, "heading": each.heading, "text": each.text}
                for each in terms.clauses
            ]
            self.clauses = _clause_forms(rows)
        else:
            self.form = TermsForm(data, today=today)
            self.clauses = [
                ClauseForm(data, prefix=f"clause-{number}") for number in range(_count(data))
            ]

    def rearrange(self, do: str) -> int:
        """`add`, `remove-3`, `up-3` or `down-3`; shows the typed values without checking them.

        Returns the place of the clause that the person works on.
        """
        values = self._typed()
        rows = [
            {name: form.data.get(form.add_prefix(name), "") for name in form.fields}
            for form in self.clauses
        ]
        verb, _dash, digits = do.partition("-")
        place = int(digits) if digits.isascii() and digits.isdigit() else 0
        place = self._apply(rows, verb, place)
        self.form, self.clauses = TermsForm(initial=values, today=self.today), _clause_forms(rows)
        return place

    def _typed(self) -> dict[str, Any]:
        return {name: self.form.data.get(name, "") for name in self.form.fields}

    def _apply(self, rows: list[dict[str, Any]], verb: str, place: int) -> int:
        if verb == "add" and len(rows) < MOST_CLAUSES:
            key = free_key({row["key"] for row in rows})
            rows.append({"key": key, "heading": "", "text": ""})
            return len(rows) - 1
        target = {"up": place - 1, "down": place + 1}.get(verb)
        if place < len(rows) and target is not None and 0 <= target < len(rows):
            rows[place], rows[target] = rows[target], rows[place]
            return target
        if verb == "remove" and place < len(rows):
            rows.pop(place)
        return max(0, min(place, len(rows) - 1))

    def show_revision(self, revision: int) -> None:
        """Let the next save replace what somebody else saved; the typed values stay."""
        self.form = TermsForm({**self._typed(), "revision": str(revision)}, today=self.today)
        self.form.is_valid()

    def is_valid(self) -> bool:
        all_valid = [form.is_valid() for form in (self.form, *self.clauses)]
        if not self.clauses:
            self.form.add_error(None, _("An agreement has at least one clause."))
            return False
        return all(all_valid) and self._has_unique_keys()

    def _has_unique_keys(self) -> bool:
        keys = [form.cleaned_data["key"] for form in self.clauses]
        if len(set(keys)) == len(keys):
            return True
        self.form.add_error(None, _("A clause is there twice. Open the page again."))
        return False

    def new_terms(self) -> Terms:
        """Parties, references and languages stay those of the terms that are edited."""
        data = self.form.cleaned_data
        return replace(
            self.terms,
            title=data["title"],
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
            notice_months=data["notice_months"],
            clauses=tuple(form.clause() for form in self.clauses),
        )

    @property
    def errors(self) -> list[str]:
        """Return the errors of the clauses, for the summary on top."""
        return [
            f"{number}. {form.fields[name].label}: {error}"
            for number, form in enumerate(self.clauses, start=1)
            for name, errors in (form.errors.items() if form.is_bound else ())
            for error in errors
        ]


def _clause_forms(rows: Sequence[dict[str, Any]]) -> list[ClauseForm]:
    return [ClauseForm(initial=row, prefix=f"clause-{number}") for number, row in enumerate(rows)]


def _count(data: Any) -> int:
    text = str(data.get("clauses", ""))
    return (
        min(int(text), MOST_CLAUSES) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    )
