"""A mail server for tests: it accepts, refuses, puts off, hangs, or dies in the middle."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any


class Manner(StrEnum):
    ACCEPT = "accept"
    REFUSE = "refuse"
    PUT_OFF = "put off"
    HANG_AT_START = "hang at start"
    HANG_AT_DATA = "hang at data"
    DIE_AT_DATA = "die at data"


class MailServer(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.manner = Manner.ACCEPT
        self.worst_for = ""  # only this address meets the manner, if set
        self.received: list[bytes] = []
        self.connections = 0
        self.at_data = threading.Event()
        self.released = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


class _Conversation(StreamRequestHandler):
    server: MailServer
    recipient = ""

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.server.connections += 1
        if self.server.manner == Manner.HANG_AT_START:
            self.server.released.wait(30)
            return
        self.say("220 test")
        while line := self.rfile.readline().decode().strip():
            if not self.answer(line):
                return

    def answer(self, line: str) -> bool:
        verb = line[:4].upper()
        if verb == "RCPT":
            self.recipient = line.partition("<")[2].partition(">")[0]
            return self.answer_recipient()
        if verb == "DATA":
            return self.answer_data()
        if verb == "QUIT":
            self.say("221 bye")
            return False
        self.say("250 fine")
        return True

    def meets(self, manner: Manner) -> bool:
        concerned = self.server.worst_for in ("", self.recipient)
        return concerned and self.server.manner == manner

    def answer_recipient(self) -> bool:
        if self.meets(Manner.REFUSE):
            self.say("550 no such person")
        elif self.meets(Manner.PUT_OFF):
            self.say("450 come back later")
        else:
            self.say("250 fine")
        return True

    def answer_data(self) -> bool:
        self.say("354 go on")
        self.server.at_data.set()
        if self.meets(Manner.DIE_AT_DATA):
            self.rfile.readline()
            return False
        if self.meets(Manner.HANG_AT_DATA):
            self.server.released.wait(30)
            return False
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.received.append(b"".join(lines))
        self.say("250 taken")
        return True


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.released.set()
            server.shutdown()
            thread.join()
