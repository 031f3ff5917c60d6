from functools import lru_cache

import segno
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from exchanges.exports.pdf.ink import INK

SIZE = 25 * mm  # decoded on skewed 150 dpi scans; 19 mm was not


@lru_cache(maxsize=256)
def _runs(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Modules per side, and the dark runs as (row, column, length)."""
    rows = segno.make(text, error="m", micro=False, boost_error=False).matrix
    runs: list[tuple[int, int, int]] = []
    for number, row in enumerate(rows):
        start = 0
        for column in range(1, len(row) + 1):
            if column == len(row) or row[column] != row[start]:
                if row[start]:
                    runs.append((number, start, column - start))
                start = column
    return len(rows), tuple(runs)


def draw_qr(canvas: Canvas, text: str, x: float, y: float, size: float = SIZE) -> None:
    """Draw `text` as a QR code of `size` points with its lower left corner at (x, y).

    All modules are one path, so that no hairlines show between them. The caller keeps four
    modules of white around it.
    """
    side, runs = _runs(text)
    module = size / side
    path = canvas.beginPath()
    for row, column, length in runs:
        path.rect(x + column * module, y + size - (row + 1) * module, length * module, module)
    canvas.setFillColor(INK)
    canvas.drawPath(path, stroke=0, fill=1)
