"""Programs of the system that a test needs. What is missing is named; with CI=true it fails."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

from django.conf import settings


def nginx() -> Path:
    """Return nginx as it is installed, or as .ci/packages unpacks it."""
    places = (
        shutil.which("nginx"),
        "/usr/sbin/nginx",
        settings.BASE_DIR / ".venv/nginx/usr/sbin/nginx",
    )
    for place in places:
        if place and Path(place).exists():
            return Path(place)
    missing("nginx is missing: run .ci/packages, or install nginx")


def missing(words: str) -> NoReturn:
    import pytest

    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(words)
    pytest.skip(words)
