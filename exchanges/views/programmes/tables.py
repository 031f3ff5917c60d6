"""Tables of a programme, to take away. Auditors read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from exchanges.exports.tables import table_of
from exchanges.views.active import signed_in
from exchanges.views.downloads import table_response
from exchanges.views.programmes.loading import readable_programme


@require_safe
def programme_table(request: HttpRequest, slug: str, name: str, kind: str) -> HttpResponse:
    programme = readable_programme(signed_in(request), slug)
    table = table_of(programme, name)
    if table is None:
        raise Http404
    return table_response(table, kind, f"{name}-{programme.slug}")
