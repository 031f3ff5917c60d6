"""The embedded default in a folder of its own; on PostgreSQL when TEST_DATABASE_URL is set."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="mlp-planner-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
for _name in ("DATABASE_URL", "EMAIL_URL", "CACHE_URL", "SECRET_KEY", "ALLOWED_HOSTS"):
    os.environ.pop(_name, None)
for _name in (
    "BASE_URL",
    "DEBUG",
    "DEMO",
    "PORT",
    "SECRET_KEY_FALLBACKS",
    "TRUSTED_PROXY_COUNT",
    "SESSION_IDLE_HOURS",
    "SESSION_MAX_DAYS",
):
    os.environ.pop(_name, None)
os.environ["DATA_DIR"] = _folder

from mlp_planner.settings import *  # noqa: E402, F403
from mlp_planner.settings import DATA_DIR, DATABASES, TEMPLATES, env  # noqa: E402

if env.str("TEST_DATABASE_URL", default=""):
    DATABASES["default"] = env.db_url("TEST_DATABASE_URL")
else:
    # A file, because threads that share a database in memory get "table is locked".
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# `make coverage` counts the lines of templates, which keep them in debugging only.
TEMPLATES[0]["OPTIONS"]["debug"] = "COVERAGE_RUN" in os.environ
# Else each client of a test reads through all static files before it asks for its first page.
WHITENOISE_AUTOREFRESH = True
