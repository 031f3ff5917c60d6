"""Logs on standard error, without the secrets that links carry.

JSON lines in production, readable text in the embedded default.
"""

import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

SECRET_PATHS = ("/i/", "/j/", "/accounts/confirm-email/", "/accounts/password/reset/key/")
SECRET_PART = re.compile(f"({'|'.join(map(re.escape, SECRET_PATHS))})[^\\s\"'\\\\]+")
TIMES = structlog.processors.TimeStamper(fmt="iso", utc=True)
SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    TIMES,
]


def without_secrets(text: str) -> str:
    """`text` with whatever follows one of SECRET_PATHS replaced."""
    return SECRET_PART.sub(r"\1***", text)


class Masked:
    """A renderer's output without the secrets of links, wherever in the entry they stood."""

    def __init__(self, render: Any) -> None:
        self.render = render

    def __call__(self, logger: WrappedLogger, name: str, entry: EventDict) -> str:
        return without_secrets(self.render(logger, name, entry))


def configure(*, as_json: bool) -> dict[str, Any]:
    """Set up structlog; returns the value of Django's LOGGING."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    render: list[Processor] = (
        [structlog.processors.format_exc_info, Masked(structlog.processors.JSONRenderer())]
        if as_json
        else [Masked(structlog.dev.ConsoleRenderer(colors=False))]
    )
    level = "INFO" if as_json else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "entry": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *render],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "entry"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "gunicorn.error": {"handlers": [], "propagate": True, "level": level},
            "gunicorn.http.wsgi": {"level": "ERROR"},  # warns of each answer to HEAD
            # RequestLogMiddleware reports the same requests, with their id.
            "django.request": {"level": "CRITICAL"},
        },
    }
