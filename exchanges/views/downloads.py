"""A table to take away, as the kind of file that the address names."""

from __future__ import annotations

from django.http import HttpResponse

from exchanges import clock
from exchanges.exports.spreadsheet import Table, file_of

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_response(table: Table, kind: str, name: str) -> HttpResponse:
    """`kind` is a key of CONTENT_TYPES, and the ending of the file."""
    content = file_of(table, kind, at=clock.now())
    response = HttpResponse(content, content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
