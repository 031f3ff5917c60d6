"""The file outside the database that holds the head of each day."""

from __future__ import annotations

import fcntl
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

from exchanges.domain.record_heads import HeadLine, read_line
from exchanges.operations.record_heads import note_head

TAIL = 4096


def keep_head(*, at: datetime) -> None:
    """Note the head of the day, and append it to the file that the settings name."""
    head = note_head(at=at)
    if head is not None and settings.RECORD_HEADS_FILE:
        append_line(settings.RECORD_HEADS_FILE, HeadLine(head.day, head.count, head.hash))


def append_line(path: Path, line: HeadLine) -> bool:
    """Append a head in one write that reaches the disk; False when the day is there already.

    The file is only ever opened to append, so it may be on a disk that allows no more than that.
    """
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        tail = _tail(descriptor)
        last = max(
            (read.day for text in tail.split("\n") if (read := read_line(text))), default=None
        )
        if last is not None and last >= line.day:
            return False
        torn = "\n" if tail and not tail.endswith("\n") else ""
        os.write(descriptor, f"{torn}{line}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        _sync_folder(path.parent)
    return True


def _tail(descriptor: int) -> str:
    size = os.fstat(descriptor).st_size
    return os.pread(descriptor, TAIL, max(0, size - TAIL)).decode(errors="replace")


def _sync_folder(folder: Path) -> None:
    """A new file is on the disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
