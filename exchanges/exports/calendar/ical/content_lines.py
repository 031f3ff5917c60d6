"""The lines of a calendar file (RFC 5545, section 3.1): safe text, escapes, folding."""

import re
from collections.abc import Iterable
from urllib.parse import quote

LIMIT = 75

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")

# C0 and C1 controls but tab and newline; embeddings, overrides and isolates of direction;
# lone surrogates, which UTF-8 cannot hold.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_URI_SAFE = "!#$%&'()*+,/:;=?@[]~"
_PLAIN_URI = re.compile(r"[\w!#$%&'()*+,/:;=?@~.-]*", re.ASCII)


def safe_text(text: str) -> str:
    """Remove control characters, direction overrides and surrogates; lines end in a newline."""
    if text.isprintable():
        return text
    return _UNSAFE.sub("", _LINE_ENDS.sub("\n", text))


def escaped(text: str) -> str:
    text = safe_text(text).replace("\\", "\\\\").replace(";", "\\;")
    return text.replace(",", "\\,").replace("\n", "\\n")


def quoted(text: str) -> str:
    """Return the value of a parameter, where a double quote cannot be written at all."""
    text = safe_text(text).replace('"', "'").replace("\n", " ").replace("\t", " ")
    return f'"{text}"'


def uri(address: str) -> str:
    if _PLAIN_URI.fullmatch(address):
        return address
    return quote(safe_text(address).replace("\n", ""), safe=_URI_SAFE)


def encoded(lines: Iterable[str]) -> bytes:
    """Return the lines in UTF-8, ended by CRLF, folded at 75 octets."""
    document = "\r\n".join([*lines, ""]).encode()
    return b"\r\n".join(
        [line if len(line) <= LIMIT else _folded(line) for line in document.split(b"\r\n")]
    )


def _folded(line: bytes) -> bytes:
    """In pieces, none of which begins inside a character."""
    pieces = []
    start, room = 0, LIMIT
    while len(line) - start > room:
        end = start + room
        while line[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(line[start:end])
        start, room = end, LIMIT - 1
    pieces.append(line[start:])
    return b"\r\n ".join(pieces)
