"""A proxy that the settings do not know of is pointed out, not put up with.

Behind one, all people have its address, so they share each limit of attempts: one stranger who
tries passwords would lock out everybody.
"""

from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

FORWARDED = (
    "Forwarded",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Port",
    "X-Forwarded-Proto",
    "X-Forwarded-Server",
    "X-Real-IP",
)
WORDS = (
    "A proxy passed this request on, and the program does not know of one. Its operator has to set "
    "TRUSTED_PROXY_COUNT to the number of proxies before it, or take the proxy away.\n"
)
log = structlog.get_logger(__name__)


def refuse_unknown_proxy(
    respond: Callable[[HttpRequest], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Answer 400 to a request that was forwarded when TRUSTED_PROXY_COUNT is 0.

    The demo is left out: it is tried behind the port forwarding of editors.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.TRUSTED_PROXY_COUNT or settings.DEMO:
            return respond(request)
        found = [name for name in FORWARDED if name in request.headers]
        if not found:
            return respond(request)
        log.error("forwarded_by_unknown_proxy", headers=found, setting="TRUSTED_PROXY_COUNT")
        return HttpResponse(WORDS, status=400, content_type="text/plain; charset=utf-8")

    return middleware
