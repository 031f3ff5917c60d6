import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from exchanges.management.ending import ending

HOST = "127.0.0.1"
CONFIG = "python:mlp_planner.gunicorn_conf"
SECONDS_TO_START = 30
SECONDS_TO_END = 10


class Command(BaseCommand):
    help = "Runs the demo: the site and the worker, until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Set DEMO=1: this command runs the demo only.")
        require_free(port)
        end = ending()
        site = [sys.executable, "-m", "gunicorn", "--config", CONFIG, "--bind", f"{HOST}:{port}"]
        worker = [*settings.MANAGE, "worker"]
        with running(site, worker) as processes:
            wait_until_ready(port, processes, end)
            if end.is_set():
                return
            self.stdout.write(f"\n  MLP Planner: http://localhost:{port}\n  Ctrl-C ends it.\n\n")
            self.stdout.flush()
            while not end.wait(0.2) and all(process.poll() is None for process in processes):
                pass
        if end.is_set():
            return
        raise CommandError("A part of the demo ended by itself; its message stands above.")


def require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise CommandError(
                f"Port {port} is in use. Choose another one: make demo PORT={port + 1}"
            ) from None


@contextmanager
def running(*commands: list[str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Start the commands, away from the terminal's Ctrl-C, and end them all on leaving.

    A signal only sets `ending`: an exception between a start and its note, or a second one during
    the clean-up, would leave processes behind.
    """
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            processes.append(subprocess.Popen(command, start_new_session=True))
        yield processes
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_until_ready(port: int, processes: list[subprocess.Popen[bytes]], end: Event) -> None:
    """Return also when the demo is told to end before it is ready. Raises CommandError."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and all(process.poll() is None for process in processes):
        if end.is_set():
            return
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/readyz", timeout=2):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    raise CommandError("The demo did not start; the reason stands above.")
