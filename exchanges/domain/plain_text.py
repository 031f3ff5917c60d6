"""Text as it is printed and signed: what a reader sees is all that it holds."""

import re
import unicodedata

_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = {"Cc", "Cf", "Cs"}
_LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "}


def plain(text: str) -> str:
    """Return `text` in NFC with newlines, and without control, direction or zero-width characters.

    Without them no part of a text can hide, or change the order of what stands beside it.
    """
    for found, instead in _LINE_ENDS.items():
        text = text.replace(found, instead)
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in _INVISIBLE)
    return unicodedata.normalize("NFC", "".join(kept))


def forbidden_characters(text: str, *, allow_lines: bool) -> tuple[str, ...]:
    """Control characters and overrides of the text direction in `text`, each once, in order."""
    allowed = "\n\r\t" if allow_lines else ""
    found = (match.group() for match in _FORBIDDEN.finditer(text) if match.group() not in allowed)
    return tuple(dict.fromkeys(found))
