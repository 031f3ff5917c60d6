"""Many organisations at once: the rows as pasted, and each row as a form of its own."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from exchanges.domain.pasted_rows import read_rows
from exchanges.domain.row_outcomes import RowOutcome
from exchanges.domain.text import fold
from exchanges.enums import OrganisationKind, PartnerRole
from exchanges.forms.fields import CellsField, LineField, NameField
from exchanges.forms.people import AddressField
from exchanges.labels import label
from exchanges.models import City
from exchanges.operations.programmes.partners import PartnerShare
from exchanges.operations.programmes.partnerships import KnownSignatory
from exchanges.queries.programmes.partner_rows import (
    Judged,
    Network,
    cities_called,
    judge,
    similar_cities,
    twice,
)
from exchanges.words.formats import listed
from exchanges.words.partner_rows import doubt_sentences, outcome_sentence

MOST_ROWS = 200
NOTHING_TO_ASK = (RowOutcome.PARTNER, RowOutcome.ASKED)


class PartnerRowForm(forms.Form):
    """The cells of one row, in the order in which they are pasted."""

    organisation = NameField(label=gettext_lazy("Organisation"), max_length=200)
    kind = LineField(label=gettext_lazy("Kind"))
    city = LineField(label=gettext_lazy("City"))
    person = LineField(label=gettext_lazy("Person"), max_length=150, required=False)
    email = AddressField(label=gettext_lazy("E-mail"), max_length=254, required=False)
    signatory_name = NameField(label=gettext_lazy("Signatory"), max_length=150, required=False)
    signatory_function = LineField(
        label=gettext_lazy("Function of the signatory"), max_length=150, required=False
    )
    signatory_email = AddressField(
        label=gettext_lazy("E-mail of the signatory"), max_length=254, required=False
    )

    def __init__(self, cells: Sequence[str], *, network: Network) -> None:
        self.cells, self.network = cells, network
        super().__init__(dict(zip(self.base_fields, cells, strict=False)))

    def clean_kind(self) -> OrganisationKind:
        kind = _kinds().get(fold(self.cleaned_data["kind"]))
        if kind is None:
            known = listed(label(each) for each in OrganisationKind)
            raise forms.ValidationError(_("Enter one of these: %(kinds)s.") % {"kinds": known})
        return kind

    def clean_city(self) -> City:
        words = self.cleaned_data["city"]
        found = cities_called(self.network, words)
        if len(found) == 1:
            return found[0]
        if found:
            named = listed(f"{city} ({city.country})" for city in found)
            raise forms.ValidationError(_("Say which one: %(cities)s.") % {"cities": named})
        similar = similar_cities(self.network, words)
        if similar:
            text = _("No city has this name. These are written in nearly the same way: %(cities)s.")
            raise forms.ValidationError(text % {"cities": listed(similar)})
        raise forms.ValidationError(_("No city has this name. Add the city first."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if len(self.cells) > len(self.fields):
            text = _("The row has %(found)d cells, and at most %(most)d have a meaning.")
            self.add_error(None, text % {"found": len(self.cells), "most": len(self.fields)})
        if cleaned.get("signatory_name"):
            if not cleaned.get("signatory_function", "-"):
                self.add_error("signatory_function", _("Enter the function, such as Mayor."))
            if not cleaned.get("signatory_email", "-"):
                self.add_error("signatory_email", _("Enter the address, or leave the person out."))
        return cleaned

    def faults(self) -> list[str]:
        """Return a sentence for each cell that cannot be taken, with its heading."""
        named = [(self.fields.get(name), errors) for name, errors in self.errors.items()]
        return [
            f"{field.label}: {error}" if field else str(error)
            for field, errors in named
            for error in errors
        ]

    def identity(self) -> dict[str, Any]:
        """Return what a new organisation is."""
        return {
            "name": self.cleaned_data["organisation"],
            "native_name": "",
            "acronym": "",
            "native_acronym": "",
            "kind": self.cleaned_data["kind"],
            "city": self.cleaned_data["city"],
            "affiliated_to": None,
        }

    def folded_name(self) -> str:
        return fold(self.cleaned_data["organisation"])

    def part(self) -> PartnerShare:
        is_authority = self.cleaned_data["kind"] == OrganisationKind.LOCAL_AUTHORITY
        return PartnerShare(PartnerRole.LOCAL_AUTHORITY if is_authority else PartnerRole.UMN_MEMBER)

    def signatory(self) -> KnownSignatory:
        names = ("signatory_name", "signatory_function", "signatory_email")
        return KnownSignatory(*(self.cleaned_data[name] for name in names))


@dataclass(slots=True)
class PartnerLine:
    """A row, and what is said of it: faults stop it, doubts ask for a second look."""

    number: int
    form: PartnerRowForm
    judged: Judged | None
    sentence: str
    doubts: list[str]
    faults: list[str]

    @property
    def name(self) -> str:
        return self.form.cells[0]

    @property
    def is_done(self) -> bool:
        return self.judged is not None and self.judged.outcome in NOTHING_TO_ASK

    @property
    def can_be_asked(self) -> bool:
        return self.judged is not None and not self.is_done


def read_lines(network: Network, table: Sequence[Sequence[str]]) -> list[PartnerLine]:
    """Return each row with what happens when it is asked."""
    rows = [PartnerRowForm(cells, network=network) for cells in table]
    whole = [row for row in rows if row.is_valid()]
    same_name = twice((row.cleaned_data["city"].pk, row.folded_name()) for row in whole)
    same_address = twice(filter(None, (row.cleaned_data["email"].lower() for row in whole)))
    return [
        _line(number, row, network, same_name, same_address)
        for number, row in enumerate(rows, start=1)
    ]


def _line(
    number: int,
    row: PartnerRowForm,
    network: Network,
    same_name: Container[object],
    same_address: Container[object],
) -> PartnerLine:
    if not row.is_valid():
        return PartnerLine(number, row, None, "", [], row.faults())
    said = row.cleaned_data
    if (said["city"].pk, row.folded_name()) in same_name:
        return PartnerLine(number, row, None, "", [], [_("The organisation is in two rows.")])
    name, address = said["organisation"], said["email"]
    judged = judge(network, name=name, city=said["city"], has_address=bool(address))
    doubts = list(doubt_sentences(name, mixed=judged.mixed, alike=judged.alike))
    if address.lower() in same_address:
        doubts.append(_("The address %(address)s is in several rows.") % {"address": address})
    sentence = outcome_sentence(judged.outcome, judged.organisation, address)
    return PartnerLine(number, row, judged, sentence, doubts, [])


class PastedRowsForm(forms.Form):
    rows = CellsField(
        label=gettext_lazy("Rows"),
        rows=10,
        max_length=200_000,
        help_text=gettext_lazy(
            "One organisation in each row. Paste the cells as they come from a spreadsheet, or "
            "the lines of a CSV file."
        ),
    )

    def clean_rows(self) -> str:
        rows = read_rows(self.cleaned_data["rows"])
        self.table = rows[1:] if rows and is_heading(rows[0]) else rows
        if not self.table:
            raise forms.ValidationError(_("There is no row with an organisation."))
        if len(self.table) > MOST_ROWS:
            text = _("There are %(rows)d rows. Paste at most %(most)d at a time.")
            raise forms.ValidationError(text % {"rows": len(self.table), "most": MOST_ROWS})
        return str(self.cleaned_data["rows"])


def headings() -> list[str]:
    """Return what the columns are called, in their order."""
    return [str(field.label) for field in PartnerRowForm.base_fields.values()]


def is_heading(cells: Sequence[str]) -> bool:
    """Return whether the first two cells name their columns, in English or the reader's words."""
    with override("en"):
        english = [fold(each) for each in headings()[:2]]
    own = [fold(each) for each in headings()[:2]]
    return [fold(cell) for cell in cells[:2]] in (english, own)


def _kinds() -> Mapping[str, OrganisationKind]:
    """Return the kinds by value and by name, in the reader's language and in English."""
    own = {fold(str(label(kind))): kind for kind in OrganisationKind}
    with override("en"):
        english = {fold(str(label(kind))): kind for kind in OrganisationKind}
    values = {kind.value: kind for kind in OrganisationKind}
    return values | english | own
