"""Answers for whoever watches the process: `/healthz` (it lives) and `/readyz` (it can serve).

A middleware before all others: a probe by IP address, without TLS or session, is answered too.
"""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed


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
    return f"migrations missing: {len(behind)}" if behind else ""
