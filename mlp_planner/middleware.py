from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django_structlog.middlewares import RequestMiddleware


class RequestLogMiddleware(RequestMiddleware):
    """Gives each request an id and logs its end, without the query string."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"


def private_pages(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """What a person sees who is signed in is kept by no cache that others share."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return middleware
