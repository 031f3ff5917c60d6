import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from agreements.domain.clauses import NOTICE
from agreements.domain.terms import Clause, PartyTerms, Terms, terms_hash
from agreements.exports.pdf import AgreementDocument, SignatureLine, agreement_pdf
from exchanges.exports.pdf.typeface import MissingGlyph
from tests.agreements.sample_terms import PARTIES, TERMS

SIGNATURE = SignatureLine(
    party=3,
    person_name="Ελένη Παπαδοπούλου",
    function="President",
    statement="I have read these terms and sign them for my organisation.",
    signed_at=datetime(2026, 11, 22, 1, 30, 5, tzinfo=timezone(timedelta(hours=2))),
    method="click",
)
ACKNOWLEDGEMENT = "Co-funded by the Asylum, Migration and Integration Fund."
IN_ANOTHER_PROCESS = """
import hashlib, django
django.setup()
from tests.agreements.exports.test_agreement_pdf import SIGNATURE, document_of
from agreements.exports.pdf import agreement_pdf
print(hashlib.sha256(agreement_pdf(document_of(signatures=(SIGNATURE,)))).hexdigest())
"""


def document_of(
    terms: Terms = TERMS,
    signatures: tuple[SignatureLine, ...] = (),
) -> AgreementDocument:
    sha256 = terms_hash(terms)
    return AgreementDocument(
        terms=terms,
        sha256=sha256,
        version=2,
        verify_url=f"https://planner.example.org/v/UMN-2026-003-A1/{sha256[:16]}",
        signatures=signatures,
        acknowledgement=ACKNOWLEDGEMENT,
    )


def pages_of(pdf: bytes) -> list[str]:
    reader = PdfReader(BytesIO(pdf), strict=True)
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def text_of(pdf: bytes) -> str:
    return " ".join(pages_of(pdf))


def poppler(tool: str, *arguments: str | Path) -> str:
    """Output of one of the programs of poppler-utils, which CI must have."""
    if shutil.which(tool) is None and not os.environ.get("CI"):
        pytest.skip(f"{tool} of poppler-utils is not installed")
    done = subprocess.run([tool, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "agreement.pdf"
    path.write_bytes(agreement_pdf(document_of(signatures=(SIGNATURE,))))
    return path


def test_all_names_are_there_in_their_own_scripts() -> None:
    text = text_of(agreement_pdf(document_of()))

    for party in PARTIES:
        assert party.name in text
        assert party.native_name in text


def test_pdftotext_reads_all_names_too(saved: Path) -> None:
    text = " ".join(poppler("pdftotext", saved, "-").split())

    for party in PARTIES:
        assert party.name in text
        assert party.native_name in text


def test_all_fonts_are_embedded(saved: Path) -> None:
    lines = poppler("pdffonts", saved).splitlines()[2:]

    assert {line.split()[0].split("+")[-1] for line in lines} == {
        "NotoSans-Regular",
        "NotoSans-Bold",
    }
    assert all(" yes yes yes " in line for line in lines)


def test_the_qr_code_of_each_page_leads_to_the_verification(saved: Path, tmp_path: Path) -> None:
    document = document_of()
    poppler("pdftoppm", "-r", "100", "-gray", "-png", saved, tmp_path / "page")
    pictures = sorted(tmp_path.glob("page*.png"))

    assert len(pictures) == len(PdfReader(saved).pages)
    for picture in pictures:
        with Image.open(picture) as image:
            assert [code.text for code in zxingcpp.read_barcodes(image)] == [document.verify_url]


def test_each_page_bears_reference_version_hash_and_number() -> None:
    document = document_of()
    pages = pages_of(agreement_pdf(document))

    for number, page in enumerate(pages, start=1):
        line = f"UMN-2026-003-A1 · version 2 · {document.sha256[:16]} · Page {number} of "
        assert f"{line}{len(pages)}" in page
        assert ACKNOWLEDGEMENT in page


def test_terms_are_shown_in_full() -> None:
    text = text_of(agreement_pdf(document_of(replace(TERMS, clauses=TERMS.clauses[3:5]))))

    assert "1 January 2027 to 31 December 2030" in text
    assert "Notice 3 months" in text
    assert "Languages English and Slovenian" in text
    assert "Authentic language English" in text
    assert "Local authority" in text
    assert "1. Responsibilities 1.1 Each party acts within its own powers" in text
    assert "2. Contact points 2.1 Each party names a contact point" in text


def test_a_signed_party_has_its_signature_and_the_others_empty_boxes() -> None:
    document = document_of(signatures=(SIGNATURE,))
    text = text_of(agreement_pdf(document))

    assert (
        "Labour Centre of Athens Εργατοϋπαλληλικό Κέντρο Αθήνας "
        "Signature Signed by click on the platform Signed by Ελένη Παπαδοπούλου "
        "Function President Time 21 November 2026, 23:30:05 UTC "
        f"Statement {SIGNATURE.statement} SHA-256 signed {document.sha256}"
    ) in text
    assert text.count("Not yet signed") == len(PARTIES) - 1
    assert "this is not a qualified electronic signature" in text


def test_two_signatories_of_a_party_are_both_shown() -> None:
    other = replace(SIGNATURE, person_name="Maria Rossi", method="paper")
    text = text_of(agreement_pdf(document_of(signatures=(SIGNATURE, other))))

    assert SIGNATURE.person_name in text
    assert "Signed on paper, the scan is kept Signed by Maria Rossi" in text


def all_signed() -> tuple[SignatureLine, ...]:
    return tuple(replace(SIGNATURE, party=place) for place in range(len(PARTIES)))


@pytest.mark.parametrize(
    ("signatures", "mark"),
    [
        ((), "Draft, not signed"),
        ((SIGNATURE,), "Not signed by all parties"),
        ((SIGNATURE,) * len(PARTIES), "Not signed by all parties"),
        (all_signed(), ""),
    ],
)
def test_each_page_says_that_not_all_have_signed(
    signatures: tuple[SignatureLine, ...], mark: str
) -> None:
    pages = pages_of(agreement_pdf(document_of(signatures=signatures)))

    marks = ("Draft, not signed", "Not signed by all parties")
    for page in pages:
        assert [each for each in marks if each in page] == ([mark] if mark else [])
    assert (NOTICE in pages[0]) == (not signatures)


def test_bytes_are_the_same_twice_and_in_other_processes() -> None:
    document = document_of(signatures=(SIGNATURE,))
    pdf = agreement_pdf(document)
    hashes = {
        subprocess.run(
            [sys.executable, "-c", IN_ANOTHER_PROCESS],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }

    assert agreement_pdf(document) == pdf
    assert hashes == {hashlib.sha256(pdf).hexdigest()}


def test_a_missing_glyph_is_refused_by_name() -> None:
    clause = Clause("topics", "Topics", "Work and 中")

    with pytest.raises(MissingGlyph, match=r"“中” \(U\+4E2D, CJK UNIFIED IDEOGRAPH-4E2D\)"):
        agreement_pdf(document_of(replace(TERMS, clauses=(clause,))))


def test_markup_is_text() -> None:
    source = '<img src="file:///etc/passwd"> <b>&amp;</b> </para>'
    party = replace(PARTIES[0], name="A & B <script>")
    signature = replace(SIGNATURE, party=0, person_name="<i>Maria</i>")
    terms = replace(
        TERMS, title="<Rights> & work", parties=(party,), clauses=(Clause("a", "<u>", source),)
    )

    text = text_of(agreement_pdf(document_of(terms, (signature,))))

    for expected in ("<Rights> & work", "A & B <script>", "<u>", source, "<i>Maria</i>"):
        assert expected in text
    assert "root:" not in text


def test_forty_parties_and_long_names_are_split_over_pages() -> None:
    parties = tuple(
        PartyTerms(
            f"party-{number}",
            f"Party{number} " + "of the very long name " * 9,
            f"Δήμος{number}",
            "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
            "GB",
            "umn_member",
        )
        for number in range(1, 41)
    )

    pages = pages_of(agreement_pdf(document_of(replace(TERMS, parties=parties))))

    text = " ".join(pages)
    assert all(text.count(f"Δήμος{number} ") == 2 for number in range(1, 41))
    assert text.count("Name in its own language") > 1
    assert len(pages) > 10


@pytest.mark.parametrize("text", ["word " * 20_000, "w" * 100_000, "- word\n" * 14_000])
def test_a_hundred_thousand_characters_fill_pages(text: str) -> None:
    terms = replace(TERMS, clauses=(Clause("long", "Long", text),))

    assert len(pages_of(agreement_pdf(document_of(terms)))) > 20


def test_the_document_is_made_in_its_authentic_language() -> None:
    terms = replace(TERMS, languages=("fr",), authentic_language="fr")
    reader = PdfReader(BytesIO(agreement_pdf(document_of(terms))))

    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert "1 janvier 2027" in " ".join(reader.pages[0].extract_text().split())


def test_a_hash_of_other_terms_is_refused() -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        replace(document_of(), terms=replace(TERMS, notice_months=4))


def test_a_signature_of_a_stranger_is_refused() -> None:
    with pytest.raises(ValueError, match="signed, and the terms have no such party"):
        document_of(signatures=(replace(SIGNATURE, party=len(PARTIES)),))


def test_two_parties_of_one_name_have_each_their_own_box() -> None:
    twins = (
        replace(PARTIES[0], name="Labour Centre", native_name="", city="Athens", country="GR"),
        replace(PARTIES[1], name="Labour Centre", native_name="", city="Nicosia", country="CY"),
    )
    terms = replace(TERMS, parties=twins)

    page = pages_of(agreement_pdf(document_of(terms, (replace(SIGNATURE, party=1),))))[-1]

    athens, _, nicosia = page.partition("Labour Centre (Nicosia)")
    assert "Labour Centre (Athens)" in athens
    assert ("Not yet signed" in athens, "Not yet signed" in nicosia) == (True, False)
    assert (athens.count(SIGNATURE.person_name), nicosia.count(SIGNATURE.person_name)) == (0, 1)


def test_a_signature_without_time_zone_is_refused() -> None:
    naive = SIGNATURE.signed_at.replace(tzinfo=None)

    with pytest.raises(ValueError, match="no time zone"):
        document_of(signatures=(replace(SIGNATURE, signed_at=naive),))
