from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from exchanges.exports.pdf.blocks import TableCell, box, facts, paragraph, table
from exchanges.exports.pdf.document import TEXT_WIDTH, DocumentFrame, build
from exchanges.exports.pdf.typeface import MissingGlyph

FRAME = DocumentFrame(
    title="Minutes & <notes>",
    author="Ljubljana, Αθήνα",
    subject="A document",
    language="en",
    reference="UMN-2026-003 · version 1",
    verify_url="https://planner.example.org/v/UMN-2026-003/0123456789abcdef",
    acknowledgement="Co-funded by the European Union.",
)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf), strict=True)


def texts(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in read(pdf).pages]


def test_metadata_says_what_the_document_is() -> None:
    reader = read(build(FRAME, [paragraph("Text")]))

    assert reader.metadata is not None
    assert reader.metadata.title == "Minutes & <notes>"
    assert reader.metadata.author == "Ljubljana, Αθήνα"
    assert reader.metadata.subject == "A document"
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712


def test_each_page_bears_reference_number_address_and_acknowledgement() -> None:
    pages = texts(build(FRAME, [paragraph("word " * 4000)]))

    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"UMN-2026-003 · version 1 · Page {number} of {len(pages)}" in page
        assert FRAME.verify_url in page
        assert FRAME.acknowledgement in page
        assert ("Minutes & <notes>" in page) == (number > 1)


def test_a_long_acknowledgement_pushes_the_text_up() -> None:
    long = "Co-funded by the Asylum, Migration and Integration Fund. " * 30

    assert (
        " ".join(long.split())
        in texts(build(replace(FRAME, acknowledgement=long), [paragraph("Text")]))[0]
    )


def test_text_is_shown_as_it_is_written() -> None:
    source = '<img src="file:///etc/passwd"> & </para> <b>bold</b> &amp; {x} %s'

    shown = texts(build(FRAME, [paragraph(source), table([source], [[source]], [TEXT_WIDTH])]))

    assert shown[0].count(source) == 3


def test_direction_overrides_change_nothing_around_them() -> None:
    shown = texts(build(FRAME, [paragraph("Maria \u202edrazziL of Liège")]))

    assert "Maria drazziL of Liège" in shown[0]


def test_a_missing_glyph_is_refused_wherever_it_stands() -> None:
    for field in ("title", "author", "subject", "reference", "acknowledgement", "watermark"):
        with pytest.raises(MissingGlyph):
            build(replace(FRAME, **{field: "中"}), [paragraph("Text")])


def test_rows_higher_than_a_page_are_split() -> None:
    long = "A name without end " * 600
    widths = [TEXT_WIDTH / 2] * 2

    for block in (
        table(["Name", "City"], [["Sofia", long]], widths),
        facts([("Name", long)], widths),
        box("Head", [(TableCell("Name", "label"), TableCell(long))], widths),
    ):
        shown = " ".join(texts(build(FRAME, [block])))
        assert shown.count("without") == 600


def test_a_word_longer_than_a_line_is_broken() -> None:
    shown = texts(build(FRAME, [paragraph("x" * 5000)]))

    assert sum(page.count("x") for page in shown) >= 5000


def test_the_watermark_is_on_each_page() -> None:
    pages = texts(build(replace(FRAME, watermark="Draft"), [paragraph("word " * 3000)]))

    assert len(pages) > 1
    assert all("Draft" in page for page in pages)
