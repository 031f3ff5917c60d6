"""Paragraphs and tables. All text of a document passes through `_markup`, and all flowables are
made here, so that tags have one place to be added."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from exchanges.domain.plain_text import plain
from exchanges.exports.pdf.ink import AGREED, INK, PRIMARY, QUIET, RULE, TINT
from exchanges.exports.pdf.typeface import BOLD, REGULAR, require_glyphs


def _style(name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    settings = {
        "fontName": REGULAR,
        "bulletFontName": REGULAR,
        "bulletFontSize": size,
        "textColor": INK,
        "bulletColor": INK,
        "splitLongWords": 1,
        "allowWidows": 0,
        "allowOrphans": 0,
    }
    return ParagraphStyle(name, fontSize=size, leading=leading, **(settings | more))


INDENT = 10 * mm
STYLES = {
    style.name: style
    for style in (
        _style("title", 20, 25, fontName=BOLD, textColor=PRIMARY, spaceAfter=3 * mm),
        _style("overline", 9, 12, textColor=QUIET, spaceAfter=2 * mm),
        _style(
            "heading",
            13,
            17,
            fontName=BOLD,
            textColor=PRIMARY,
            spaceBefore=7 * mm,
            spaceAfter=2.5 * mm,
            keepWithNext=1,
        ),
        _style(
            "clause",
            10.5,
            14,
            fontName=BOLD,
            spaceBefore=4.5 * mm,
            spaceAfter=1.2 * mm,
            keepWithNext=1,
            leftIndent=INDENT,
            bulletIndent=0,
            bulletFontName=BOLD,
        ),
        _style("body", 9.5, 13.5, spaceAfter=2 * mm),
        _style("numbered", 9.5, 13.5, spaceAfter=1.6 * mm, leftIndent=INDENT, bulletIndent=0),
        _style(
            "listed",
            9.5,
            13.5,
            spaceAfter=1 * mm,
            leftIndent=INDENT + 4.5 * mm,
            bulletIndent=INDENT,
        ),
        _style("notice", 9, 12.5, textColor=QUIET, spaceAfter=2 * mm),
        _style("cell", 9.5, 13),
        _style("label", 8.5, 13, textColor=QUIET),
        _style("strong", 9.5, 13, fontName=BOLD),
        _style("agreed", 9.5, 13, fontName=BOLD, textColor=AGREED),
        _style("code", 7.5, 13),
        _style("hash", 8.5, 13, spaceAfter=3 * mm),
        _style("footer", 7.5, 10, textColor=QUIET),
        _style("reference", 7.5, 10, fontName=BOLD),
    )
}


@dataclass(frozen=True)
class TableCell:
    text: str
    style: str = "cell"


def _markup(text: str) -> str:
    return escape(require_glyphs(plain(text)))


def paragraph(text: str, style: str = "body", *, marker: str | None = None) -> Paragraph:
    """Return one paragraph of plain text; `marker` is a number or bullet in its indent."""
    return Paragraph(_markup(text), STYLES[style], bulletText=marker)


def _cells(rows: Sequence[Sequence[TableCell]]) -> list[list[list[Paragraph]]]:
    """Each line of a cell becomes a paragraph of its own."""
    return [
        [[paragraph(line, cell.style) for line in plain(cell.text).split("\n")] for cell in row]
        for row in rows
    ]


_BASE = [
    ("FONT", (0, 0), (-1, -1), REGULAR, 9.5),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("TOPPADDING", (0, 0), (-1, -1), 3.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 4.5),
    ("LEFTPADDING", (0, 0), (0, -1), 0),
    ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
]
_LISTED = [
    ("LINEBELOW", (0, 0), (-1, -1), 0.5, RULE),
    ("LINEBELOW", (0, 0), (-1, 0), 0.9, INK),
]
_BOXED = [
    ("BOX", (0, 0), (-1, -1), 0.6, RULE),
    ("BACKGROUND", (0, 0), (-1, 0), TINT),
    ("LEFTPADDING", (0, 0), (0, -1), 8),
    ("RIGHTPADDING", (-1, 0), (-1, -1), 8),
    ("TOPPADDING", (0, 1), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 1), (-1, -2), 1),
    ("BOTTOMPADDING", (0, -1), (-1, -1), 7),
    ("SPAN", (0, 0), (-1, 0)),
]


def _table(
    rows: Sequence[Sequence[TableCell]],
    widths: Sequence[float],
    rules: list[tuple[Any, ...]],
    heads: int,
) -> Table:
    return Table(
        _cells(rows),
        colWidths=widths,
        repeatRows=heads,
        splitInRow=1,
        hAlign="LEFT",
        style=TableStyle([*_BASE, *rules]),
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Table:
    """A table with a head that is repeated on each page; the first column is emphasised."""
    cells = [[TableCell(row[0], "strong"), *map(TableCell, row[1:])] for row in rows]
    return _table([[TableCell(text, "label") for text in head], *cells], widths, _LISTED, heads=1)


def facts(rows: Sequence[tuple[str, str]], widths: Sequence[float]) -> Table:
    """Draw names and values side by side."""
    return _table(
        [[TableCell(name, "label"), TableCell(value)] for name, value in rows],
        widths,
        [("LINEBELOW", (0, 0), (-1, -1), 0.5, RULE)],
        heads=0,
    )


def box(
    head: str, rows: Sequence[tuple[TableCell, TableCell]], widths: Sequence[float]
) -> Flowable:
    """Draw a framed block under a tinted head, kept on one page where it fits."""
    cells = [[TableCell(head, "strong"), TableCell("")], *rows]
    return KeepTogether([_table(cells, widths, _BOXED, heads=0), gap(4)])


def gap(millimetres: float) -> Spacer:
    return Spacer(1, millimetres * mm)
