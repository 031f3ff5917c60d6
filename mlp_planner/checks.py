"""What a site in production needs and no default can give: `check --deploy` fails without it.

gunicorn writes the same into the log when it starts.
"""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

NO_PROXY = Error(
    "TRUSTED_PROXY_COUNT is 0, so no proxy is expected before the program.",
    hint="Put a buffering proxy before it (docs/deploy.md) and set TRUSTED_PROXY_COUNT to 1.",
    id="mlp_planner.E001",
)
NO_MAIL = Error(
    "EMAIL_URL is not set, so every mail is written to a file and reaches nobody.",
    hint="Set EMAIL_URL, for instance smtp+tls://user:password@mail.example.org:587.",
    id="mlp_planner.E002",
)


def production_is_complete(**kwargs: Any) -> list[CheckMessage]:
    """Return what is missing in production; the embedded default needs neither."""
    if settings.EMBEDDED:
        return []
    found: list[CheckMessage] = []
    if settings.TRUSTED_PROXY_COUNT < 1:
        found.append(NO_PROXY)
    if settings.EMAIL_BACKEND == settings.MAIL_FOLDER:
        found.append(NO_MAIL)
    return found
