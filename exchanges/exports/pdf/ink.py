"""The colours of the pages, on paper: text has at least 4.5:1 on white."""

from reportlab.lib.colors import HexColor

INK = HexColor("#1b2333")
QUIET = HexColor("#545b68")
PRIMARY = HexColor("#1f4e79")
AGREED = HexColor("#2a6b3f")
RULE = HexColor("#c9c6bd")
TINT = HexColor("#f4f2ec")
WATERMARK = HexColor("#ece9e1")
