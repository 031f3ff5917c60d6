import hashlib
import subprocess
import sys

import pytest
from reportlab.pdfbase import pdfmetrics

from exchanges.exports.pdf.typeface import (
    BOLD,
    FOLDER,
    GLYPHS,
    REGULAR,
    MissingGlyph,
    require_glyphs,
)


@pytest.mark.parametrize(
    "text",
    [
        "Conféd­ération, Œuvre, « Liège », l’été, 10 000 €".replace("\u00ad", ""),
        "čšž ČŠŽ đĐ",
        "Εργατοϋπαλληλικό Κέντρο Αθήνας, ΐ ΰ ᾶ ἀ",
        "Конфедерация на независимите синдикати в България, № 5, ѝ",
        "– — ‘ ’ “ ” „ ‚ … • · ‰ ²",
    ],
)
def test_both_weights_show_the_partners_scripts(text: str) -> None:
    assert require_glyphs(text) == text


def test_a_missing_glyph_is_named_with_code_point_and_unicode_name() -> None:
    with pytest.raises(MissingGlyph) as caught:
        require_glyphs("Sofia 中 Athens")

    assert caught.value.character == "中"
    assert str(caught.value) == (
        "A document cannot show “中” (U+4E2D, CJK UNIFIED IDEOGRAPH-4E2D)."
    )


def test_a_control_character_is_refused_even_without_a_name() -> None:
    with pytest.raises(MissingGlyph, match=r"U\+0007, character without a name"):
        require_glyphs("bell\x07")


def test_glyphs_are_looked_for_after_composition() -> None:
    assert require_glyphs("c\u030c") == "č"


def test_both_weights_have_the_same_characters() -> None:
    faces = [pdfmetrics.getFont(weight).face.charToGlyph for weight in (REGULAR, BOLD)]

    assert faces[0].keys() == faces[1].keys()
    assert len(GLYPHS) > 1500


def test_fonts_are_those_that_their_readme_describes() -> None:
    readme = (FOLDER / "README.md").read_text()

    for weight in (REGULAR, BOLD):
        data = (FOLDER / f"{weight}.ttf").read_bytes()
        assert f"{hashlib.sha256(data).hexdigest()}  {weight}.ttf" in readme
    assert "SIL Open Font License, Version 1.1" in (FOLDER / "OFL.txt").read_text()


def test_the_typeface_is_registered_before_platypus_is_imported() -> None:
    code = (
        "import exchanges.exports.pdf, sys; assert 'reportlab.platypus' not in sys.modules;"
        "from reportlab.platypus.tables import CellStyle; print(CellStyle.fontname)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == REGULAR
