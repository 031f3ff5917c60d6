"""Commands that run until they are told to end."""

from __future__ import annotations

from signal import SIGINT, SIGTERM, signal
from threading import Event, current_thread, main_thread
from types import FrameType


def ending() -> Event:
    """Set by SIGTERM and SIGINT; what is in hand is finished or given back first."""
    end = Event()

    def finish(number: int, frame: FrameType | None) -> None:
        end.set()

    if current_thread() is main_thread():
        for number in (SIGTERM, SIGINT):
            signal(number, finish)
    return end
