from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from exchanges.models import StudyVisit

register = template.Library()


@register.simple_tag
def visit_cities(visit: StudyVisit) -> SafeString:
    """Say who visits whom: "Sofia, Athens → Liège". Reads prefetched cities."""
    hosts = [str(city) for city in (visit.host_city, *visit.co_host_cities()) if city]
    guests = [str(city) for city in visit.guest_cities()]
    to = ", ".join(hosts) or "…"
    if not guests:
        return format_html("<span>{}</span>", to)
    return format_html(
        '<span>{} <span class="visually-hidden">{}</span>'
        '<span aria-hidden="true">→</span> {}</span>',
        ", ".join(guests),
        _("visit"),
        to,
    )
