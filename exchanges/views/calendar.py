"""The calendar file of a visit."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from exchanges.exports.calendar.ical import CONTENT_TYPE
from exchanges.exports.calendar.visit import has_calendar, visit_ics, visit_ics_etag
from exchanges.views.visits.loading import load_to_read


@require_safe
def visit_ics_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer with the calendar file, or 304 without building it for a program that has it."""
    visit = load_to_read(request, reference)
    if not has_calendar(visit):
        raise Http404
    tag, changed_at = visit_ics_etag(visit)
    timestamp = int(changed_at.timestamp())
    fresh = get_conditional_response(request, etag=tag, last_modified=timestamp)
    response = fresh or HttpResponse(content_type=CONTENT_TYPE)
    if fresh is None:
        url = settings.BASE_URL + reverse("exchanges:visit-agenda", args=[visit.reference])
        response.content = visit_ics(visit, url=url)
        filename = f"{visit.reference}.ics"
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["ETag"] = tag
    response["Last-Modified"] = http_date(timestamp)
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    return response
