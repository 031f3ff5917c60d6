from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django_structlog.middlewares import RequestMiddleware


class RequestLogMiddleware(RequestMiddleware):
    """Gives each request an id and logs its end, without the query string."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"


def reporting_endpoint(
    respond: Callable[[HttpRequest], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Name the address to which `report-to` of the Content-Security-Policy leads."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response["Reporting-Endpoints"] = f'csp="{settings.CSP_REPORTS}"'
        return response

    return middleware


def private_pages(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """No cache keeps what a signed-in person sees, nor does the browser.

    The next person at a shared computer would read it by going back. Files that a calendar
    asks for again and again say themselves how they are kept.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware
