from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from babel import Locale
from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak

from agreements.domain.clauses import NOTICE
from agreements.domain.terms import Clause, PartyTerms, Terms, terms_hash, told_apart
from exchanges.enums import PartnerRole
from exchanges.exports.pdf.blocks import TableCell, box, facts, paragraph, table
from exchanges.exports.pdf.document import TEXT_WIDTH, DocumentFrame, build
from exchanges.labels import choices
from exchanges.words.formats import listed

LABEL_WIDTH = 42 * mm


@dataclass(frozen=True)
class SignatureLine:
    """`party` is the place of the party in the terms, from 0: names can be equal."""

    party: int
    person_name: str
    function: str
    statement: str
    signed_at: datetime
    method: Literal["click", "paper"]


@dataclass(frozen=True)
class AgreementDocument:
    terms: Terms
    sha256: str
    version: int
    verify_url: str
    signatures: tuple[SignatureLine, ...]
    acknowledgement: str

    def __post_init__(self) -> None:
        if self.sha256 != terms_hash(self.terms):
            raise ValueError("The SHA-256 is not that of the terms.")
        for line in self.signatures:
            if line.party not in range(len(self.terms.parties)):
                raise ValueError(f"Party {line.party} signed, and the terms have no such party.")
            if line.signed_at.tzinfo is None:
                raise ValueError("A time of signature has no time zone.")

    @property
    def is_draft(self) -> bool:
        return not self.signatures

    @property
    def is_signed_by_all(self) -> bool:
        return len({line.party for line in self.signatures}) == len(self.terms.parties)


def agreement_pdf(document: AgreementDocument) -> bytes:
    """Render the agreement in its authentic language; the same document gives the same bytes.

    Raises MissingGlyph when a text has a character that the typeface lacks.
    """
    with translation.override(document.terms.authentic_language):
        return build(_frame(document), list(_story(document)))


def _frame(document: AgreementDocument) -> DocumentFrame:
    terms = document.terms
    return DocumentFrame(
        title=terms.title,
        author=", ".join(told_apart(terms.parties)),
        subject=_("Partnership agreement %(reference)s") % {"reference": terms.reference},
        language=terms.authentic_language,
        reference=" · ".join((terms.reference, _version(document), document.sha256[:16])),
        verify_url=document.verify_url,
        acknowledgement=document.acknowledgement,
        watermark=_watermark(document),
    )


def _watermark(document: AgreementDocument) -> str:
    """Return what each page says of a copy that not all have signed."""
    if document.is_signed_by_all:
        return ""
    return _("Draft, not signed") if document.is_draft else _("Not signed by all parties")


def _version(document: AgreementDocument) -> str:
    return _("version %(number)s") % {"number": document.version}


def _story(document: AgreementDocument) -> Iterator[Flowable]:
    terms = document.terms
    kind = _("Partnership agreement")
    yield paragraph(f"{kind} · {terms.reference} · {_version(document)}", "overline")
    yield paragraph(terms.title, "title")
    if document.is_draft:
        yield paragraph(NOTICE, "notice")
    yield facts(_facts(terms), [LABEL_WIDTH, TEXT_WIDTH - LABEL_WIDTH])
    yield paragraph(_("Parties"), "heading")
    yield _parties(terms)
    yield paragraph(_("Terms"), "heading")
    for number, clause in enumerate(terms.clauses, start=1):
        yield from _clause(number, clause)
    yield PageBreak()
    yield from _signature_page(document)


def _facts(terms: Terms) -> list[tuple[str, str]]:
    validity = _("%(first)s to %(last)s") % {
        "first": _day(terms.valid_from),
        "last": _day(terms.valid_until),
    }
    months = translation.ngettext("%(count)s month", "%(count)s months", terms.notice_months)
    return [
        (_("Study visit"), terms.visit_reference),
        (_("Validity"), validity),
        (_("Notice"), months % {"count": terms.notice_months}),
        (_("Languages"), listed(map(_language, terms.languages))),
        (_("Authentic language"), _language(terms.authentic_language)),
    ]


def _parties(terms: Terms) -> Flowable:
    head = (_("Name"), _("Name in its own language"), _("City"), _("Takes part as"))
    widths = [share * TEXT_WIDTH for share in (0.3, 0.32, 0.15, 0.23)]
    return table(head, [_party(party) for party in terms.parties], widths)


def _party(party: PartyTerms) -> tuple[str, str, str, str]:
    place = f"{party.city}\n{_locale().territories.get(party.country, party.country)}"
    roles = dict(choices(PartnerRole))
    return party.name, party.native_name, place, str(roles.get(party.role, party.role))


def _clause(number: int, clause: Clause) -> Iterator[Flowable]:
    yield paragraph(clause.heading, "clause", marker=f"{number}.")
    point = 0
    for line in clause.text.split("\n"):
        if line.startswith("- "):
            yield paragraph(line[2:], "listed", marker="•")
        elif line.strip():
            point += 1
            yield paragraph(line, "numbered", marker=f"{number}.{point}")


def _signature_page(document: AgreementDocument) -> Iterator[Flowable]:
    yield paragraph(_("Signatures"), "heading")
    yield paragraph(
        _("Each party signs the terms of this version, which are known by this SHA-256:")
    )
    yield paragraph(document.sha256, "hash")
    yield paragraph(
        _(
            "A signature marked “by click” was made by click on the platform: this is not a "
            "qualified electronic signature."
        ),
        "notice",
    )
    widths = [LABEL_WIDTH, TEXT_WIDTH - LABEL_WIDTH]
    names = told_apart(document.terms.parties)
    for place, party in enumerate(document.terms.parties):
        lines = [line for line in document.signatures if line.party == place]
        for line in lines:
            yield box(_heading(names[place], party), _signed(line, document.sha256), widths)
        if not lines:
            yield box(_heading(names[place], party), _unsigned(), widths)


def _heading(name: str, party: PartyTerms) -> str:
    return "\n".join(each for each in dict.fromkeys((name, party.native_name)) if each)


def _signed(line: SignatureLine, sha256: str) -> list[tuple[TableCell, TableCell]]:
    methods = {
        "click": _("Signed by click on the platform"),
        "paper": _("Signed on paper, the scan is kept"),
    }
    return [
        (TableCell(_("Signature"), "label"), TableCell(methods[line.method], "agreed")),
        (TableCell(_("Signed by"), "label"), TableCell(line.person_name, "strong")),
        (TableCell(_("Function"), "label"), TableCell(line.function)),
        (TableCell(_("Time"), "label"), TableCell(_moment(line.signed_at))),
        (TableCell(_("Statement"), "label"), TableCell(line.statement)),
        (TableCell(_("SHA-256 signed"), "label"), TableCell(sha256, "code")),
    ]


def _unsigned() -> list[tuple[TableCell, TableCell]]:
    labels = (_("Signed by"), _("Function"), _("Time"))
    return [
        (TableCell(_("Signature"), "label"), TableCell(_("Not yet signed"), "label")),
        *((TableCell(label, "label"), TableCell("\n ")) for label in labels),
    ]


def _locale() -> Locale:
    """CLDR's plain English puts the month first; the readers here are European."""
    language = translation.get_language() or "en"
    return Locale.parse("en_GB" if language == "en" else language.replace("-", "_"))


def _language(code: str) -> str:
    return str(_locale().languages.get(code, code))


def _day(day: date) -> str:
    return str(format_date(day, "long", locale=_locale()))


def _moment(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    return f"{_day(utc.date())}, {utc:%H:%M:%S} UTC"
