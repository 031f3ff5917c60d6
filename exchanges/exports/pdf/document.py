from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

from exchanges.domain.plain_text import plain
from exchanges.exports.pdf import qr
from exchanges.exports.pdf.blocks import paragraph
from exchanges.exports.pdf.ink import QUIET, RULE, WATERMARK
from exchanges.exports.pdf.typeface import BOLD, REGULAR, require_glyphs

PRODUCER = "MLP Planner"
WIDTH, HEIGHT = A4
SIDE = 25 * mm
TOP = 24 * mm
BOTTOM = 10 * mm
TEXT_WIDTH = WIDTH - 2 * SIDE
FOOTER_WIDTH = TEXT_WIDTH - qr.SIZE - 8 * mm
FOOTER_GAP = 4 * mm
PADDING = 6  # reportlab's frames add it on each side
QR_NAME = "verify"


@dataclass(frozen=True)
class DocumentFrame:
    """What a document says about itself in its metadata and on each page."""

    title: str
    author: str
    subject: str
    language: str
    reference: str
    verify_url: str
    acknowledgement: str
    watermark: str = ""


class _NumberedCanvas(Canvas):  # type: ignore[misc]
    """Holds the pages back until their number is known, then finishes each."""

    def __init__(self, *args: Any, frame: DocumentFrame, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._frame = frame
        self._held: list[dict[str, Any]] = []
        qr.define_qr(self, QR_NAME, frame.verify_url)

    def showPage(self) -> None:  # noqa: N802 - the name is reportlab's
        self._held.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        pages, notes = self._held, _notes(self._frame)
        for number, page in enumerate(pages, start=1):
            self.__dict__.update(page)
            if number > 1:
                _draw_header(self, self._frame.title)
            _draw_footer(self, [_page_line(self._frame, number, len(pages)), *notes])
            super().showPage()
        super().save()


def build(frame: DocumentFrame, story: Sequence[Flowable]) -> bytes:
    """Build the PDF; the same input gives the same bytes.

    Raises MissingGlyph when a text has a character that the typeface lacks.
    """
    out = BytesIO()
    lines = [_page_line(frame, 9999, 9999), *_notes(frame)]
    template = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=SIDE - PADDING,
        rightMargin=SIDE - PADDING,
        topMargin=TOP - PADDING,
        bottomMargin=_footer_top(lines) + 2 * FOOTER_GAP - PADDING,
        title=require_glyphs(plain(frame.title)),
        author=require_glyphs(plain(frame.author)),
        subject=require_glyphs(plain(frame.subject)),
        creator=PRODUCER,
        producer=PRODUCER,
        lang=frame.language,
        displayDocTitle=True,
        invariant=1,
        initialFontName=REGULAR,
    )
    begin = partial(_draw_watermark, frame.watermark)
    canvas = partial(_NumberedCanvas, frame=frame)
    template.build(list(story), onFirstPage=begin, onLaterPages=begin, canvasmaker=canvas)
    return out.getvalue()


def _page_line(frame: DocumentFrame, number: int, total: int) -> Paragraph:
    page = _("Page %(number)s of %(total)s") % {"number": number, "total": total}
    return paragraph(f"{frame.reference} · {page}", "reference")


def _notes(frame: DocumentFrame) -> list[Paragraph]:
    check = _("Check this document at %(url)s") % {"url": frame.verify_url}
    return [paragraph(check, "footer"), paragraph(frame.acknowledgement, "footer")]


def _footer_top(lines: list[Paragraph]) -> float:
    height = sum(float(line.wrap(FOOTER_WIDTH, HEIGHT)[1]) for line in lines)
    return float(BOTTOM + max(qr.SIZE, height))


def _draw_footer(canvas: Canvas, lines: list[Paragraph]) -> None:
    y = top = _footer_top(lines)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.line(SIDE, top + FOOTER_GAP, WIDTH - SIDE, top + FOOTER_GAP)
    for line in lines:
        y -= line.height
        line.drawOn(canvas, SIDE, y)
    canvas.saveState()
    canvas.translate(WIDTH - SIDE - qr.SIZE, top - qr.SIZE)
    canvas.doForm(QR_NAME)
    canvas.restoreState()


def _draw_header(canvas: Canvas, title: str) -> None:
    canvas.setFillColor(QUIET)
    canvas.setFont(REGULAR, 8)
    canvas.drawString(SIDE, HEIGHT - 15 * mm, _shortened(plain(title).replace("\n", " ")))


def _shortened(text: str) -> str:
    text = text[:200]
    if stringWidth(text, REGULAR, 8) <= TEXT_WIDTH:
        return text
    while stringWidth(text + "…", REGULAR, 8) > TEXT_WIDTH:
        text = text[:-1]
    return text.rstrip() + "…"


def _draw_watermark(text: str, canvas: Canvas, template: SimpleDocTemplate) -> None:
    if not text:
        return
    shown = require_glyphs(plain(text))
    size = min(64.0, 64.0 * 190 * mm / stringWidth(shown, BOLD, 64))
    canvas.saveState()
    canvas.translate(WIDTH / 2, HEIGHT / 2)
    canvas.rotate(50)
    canvas.setFillColor(WATERMARK)
    canvas.setFont(BOLD, size)
    canvas.drawCentredString(0, 0, shown)
    canvas.restoreState()
