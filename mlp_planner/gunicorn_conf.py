"""How gunicorn serves the program. WEB_CONCURRENCY sets the number of processes.

A thread belongs to a request from its first byte to its last, so slow senders must not come this
far: a buffering proxy stands before it (docs/deploy.md). The limits here are the second fence.
"""

import os
from typing import Any

from mlp_planner.settings import LOGGING

wsgi_app = "mlp_planner.wsgi"
worker_class = "gthread"
threads = 8
worker_connections = 200  # at most as many of one process are open at once
backlog = 512
timeout = 60
graceful_timeout = 30
keepalive = 20  # longer than the proxy keeps a connection to us that it does not use
max_requests = 5000  # then a process is replaced, so that no leak grows for ever
max_requests_jitter = 500
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
logconfig_dict = LOGGING
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Say in the log what production misses; requests are still served."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlp_planner.settings")
    from mlp_planner.checks import production_is_complete

    for fault in production_is_complete():
        server.log.error("%s: %s %s", fault.id, fault.msg, fault.hint)
