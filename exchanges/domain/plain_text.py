"""Text as it is printed and signed: what a reader sees is all that it holds."""

import unicodedata

_INVISIBLE = {"Cc", "Cf", "Cs"}
_LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "}


def plain(text: str) -> str:
    """`text` in NFC, lines ended by newlines, no control, direction or zero-width characters.

    Without them no part of a text can hide, or change the order of what stands beside it.
    """
    for found, instead in _LINE_ENDS.items():
        text = text.replace(found, instead)
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in _INVISIBLE)
    return unicodedata.normalize("NFC", "".join(kept))
