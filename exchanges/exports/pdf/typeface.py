import unicodedata
from pathlib import Path

from django.utils.translation import gettext as _
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "NotoSans-Regular"
BOLD = "NotoSans-Bold"
FOLDER = Path(__file__).parent / "fonts"


class MissingGlyph(ValueError):
    """The typeface has no picture for a character; `character` holds it."""

    def __init__(self, character: str) -> None:
        self.character = character
        super().__init__(character)

    def __str__(self) -> str:
        name = unicodedata.name(self.character, "") or _("character without a name")
        return _("A document cannot show “%(character)s” (U+%(code)s, %(name)s).") % {
            "character": self.character,
            "code": f"{ord(self.character):04X}",
            "name": name,
        }


def _register() -> frozenset[str]:
    """Register both weights and return the characters that both can show."""
    shown: list[set[int]] = []
    for weight in (REGULAR, BOLD):
        font = TTFont(weight, FOLDER / f"{weight}.ttf")
        pdfmetrics.registerFont(font)
        shown.append(set(font.face.charToGlyph))
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD
    )
    rl_config.canvas_basefontname = REGULAR
    rl_config.useA85 = 0  # binary streams: smaller and quicker
    return frozenset(map(chr, set.intersection(*shown)))


GLYPHS = _register()


def require_glyphs(text: str) -> str:
    """`text` in NFC. Raises MissingGlyph for the first character that cannot be shown."""
    composed = unicodedata.normalize("NFC", text)
    for character in composed:
        if character not in GLYPHS and character != "\n":
            raise MissingGlyph(character)
    return composed
