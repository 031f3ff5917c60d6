"""Answers for whoever watches the process: `/healthz` (it lives) and `/readyz` (it can serve).

A middleware before all others: a probe by IP address, without TLS or session, is answered too.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

MEGABYTE = 1024 * 1024


class ProbeMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.probes = {"/healthz": lambda: "", "/readyz": reason_not_ready}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = self.probes.get(request.path)
        if probe is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        reason = probe()
        response = HttpResponse(
            reason or "ok", status=503 if reason else 200, content_type="text/plain"
        )
        response["Cache-Control"] = "no-store"
        return response


def reason_not_ready() -> str:
    """Why requests cannot be served now; empty when they can."""
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "database unreachable"
    if behind:
        return f"migrations missing: {len(behind)}"
    return reason_no_room(settings.DATA_DIR, settings.LEAST_FREE_MB)


def reason_no_room(folder: Path, least_mb: int) -> str:
    """Why files and mails cannot be written; empty when they can."""
    try:
        free_mb = shutil.disk_usage(folder).free // MEGABYTE
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(4096))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError:
        return "data folder cannot be written"
    return f"disk nearly full: {free_mb} MB free" if free_mb < least_mb else ""
