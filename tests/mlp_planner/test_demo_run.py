import os
import socket
import sys
import time
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from mlp_planner.management.commands.demo_run import running


def test_demo_runs_only_where_it_is_asked_for() -> None:
    with pytest.raises(CommandError, match="Set DEMO=1"):
        call_command("demo_run")


def test_demo_names_a_port_that_is_in_use(settings: Any) -> None:
    settings.DEMO = True
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is in use.*PORT={port + 1}"):
            call_command("demo_run", port=port)


def test_demo_ends_all_its_parts() -> None:
    sleeper = [sys.executable, "-c", "import threading; threading.Event().wait(60)"]
    started = time.monotonic()
    with running(sleeper, sleeper) as processes:
        assert [process.poll() for process in processes] == [None, None]
    assert time.monotonic() - started < 5
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process.pid, 0)
