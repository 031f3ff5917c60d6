from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class PersonLanguageMiddleware(LocaleMiddleware):
    """The person's saved language, else the one chosen in this browser, else the browser's."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        language = getattr(request.user, "language", "")
        if language in dict(settings.LANGUAGES):
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()
