import segno
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from exchanges.exports.pdf.ink import INK

SIZE = 25 * mm  # decoded on skewed 150 dpi scans; 19 mm was not


def _runs(text: str) -> tuple[int, list[tuple[int, int, int]]]:
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
    return len(rows), runs


def define_qr(canvas: Canvas, name: str, text: str) -> None:
    """Keep `text` as a QR code of SIZE under `name`: drawn once, placed on each page.

    All modules are one path, so that no hairlines show between them. Who places it leaves four
    modules of white around it.
    """
    side, runs = _runs(text)
    module = SIZE / side
    canvas.beginForm(name, 0, 0, SIZE, SIZE)
    path = canvas.beginPath()
    for row, column, length in runs:
        path.rect(column * module, SIZE - (row + 1) * module, length * module, module)
    canvas.setFillColor(INK)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.endForm()
