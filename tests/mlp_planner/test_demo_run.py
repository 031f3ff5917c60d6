import os
import signal
import socket
import subprocess
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


STUBBORN = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (time.sleep(0.5), sys.exit(0)))
print("there", flush=True)
signal.pause()
"""
DEMO = """
import signal, subprocess, sys
from exchanges.management.ending import ending
from mlp_planner.management.commands.demo_run import running
end = ending()
with running(*[[sys.executable, "-c", sys.argv[1]]] * 2) as processes:
    print(*(process.pid for process in processes), flush=True)
    end.wait(30)
"""


@pytest.mark.parametrize("signals", [1, 2, 5])
def test_demo_ends_all_its_parts_however_often_it_is_told_to(signals: int) -> None:
    """As `make` and a terminal send it: once more while the parts are still ending."""
    command = [sys.executable, "-c", DEMO, STUBBORN]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        lines = [demo.stdout.readline() for _ in range(3)]
        pids = [int(pid) for line in lines if line.strip() != "there" for pid in line.split()]
        assert len(pids) == 2
        for _ in range(signals):
            demo.send_signal(signal.SIGTERM)
            time.sleep(0.05)
        assert demo.wait(10) == 0
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
