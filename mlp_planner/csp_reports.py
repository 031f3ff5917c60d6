"""Browsers report what the Content-Security-Policy forbade. It is counted, and not kept.

A report names pages and addresses of a person's browser, so only two words of ours are taken from
it: which directive, and what kind of thing was blocked. Each goes into the log with its number of
the day.
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from exchanges import clock

TYPES = ("application/csp-report", "application/reports+json")
LONGEST_BODY = 16_384
MOST_REPORTS = 20
MOST_A_MINUTE = 60
DAY, MINUTE = 24 * 3600, 60
KEYWORDS = ("inline", "eval", "wasm-eval", "data", "blob")
DIRECTIVES = frozenset(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]) | {
    f"{kind}-src{part}"
    for kind in ("script", "style", "img", "font", "connect", "media", "frame", "worker", "child")
    for part in ("", "-elem", "-attr")
}
log = structlog.get_logger(__name__)


@login_not_required
@csrf_exempt  # browsers send reports by themselves
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Answer 204 whether or not it is understood; 413 and 429 for too much."""
    if request.content_type not in TYPES:
        return HttpResponse(status=415)
    body = request.read(LONGEST_BODY + 1)
    if len(body) > LONGEST_BODY:
        return HttpResponse(status=413)
    now = clock.now()
    if counted(f"csp-minute:{now:%Y-%m-%dT%H:%M}", MINUTE) > MOST_A_MINUTE:
        return HttpResponse(status=429, headers={"Retry-After": str(MINUTE)})
    for directive, blocked in violations(body):
        count = counted(f"csp:{now:%Y-%m-%d}:{directive}:{blocked}", DAY)
        log.warning("csp_violation", directive=directive, blocked=blocked, count_of_day=count)
    return HttpResponse(status=204)


def violations(body: bytes) -> Iterator[tuple[str, str]]:
    """Yield directive and kind of what was blocked, in words of ours, for both forms of reports."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return
    for each in (found if isinstance(found, list) else [found])[:MOST_REPORTS]:
        if not isinstance(each, dict):
            continue
        facts = each.get("csp-report") or each.get("body")
        if isinstance(facts, dict):
            named = facts.get("effective-directive") or facts.get("effectiveDirective")
            address = facts.get("blocked-uri") or facts.get("blockedURL")
            yield (str(named) if named in DIRECTIVES else "other"), kind_of(address)


def kind_of(address: Any) -> str:
    """Return inline, eval, data …, `own` for an address of this site, else `other`."""
    if address in KEYWORDS:
        return str(address)
    try:
        host = urlsplit(str(address)).netloc
    except ValueError:
        return "other"
    return "own" if host and host == urlsplit(settings.BASE_URL).netloc else "other"


def counted(key: str, seconds: int) -> int:
    """Return how often it happened, with this time."""
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out in between
        return 1
