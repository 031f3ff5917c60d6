"""Text as it is printed and signed: what a reader sees is all that it holds."""

import re
import unicodedata

from exchanges.domain.visible_text import without_invisible

_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = {"Cc", "Cf", "Cs"}
_LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "}


_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BULLET = re.compile("^[ \t]*[\u00b7\u2022\u2023\u2043\u25aa\u25cf\u25e6\uf0a7\uf0b7][ \t]*", re.M)


def cleaned(text: str, *, lines: bool, tabs: bool = False) -> str:
    """Return typed or pasted text as it is kept, before it is asked what cannot be shown.

    Word ends lines in its own ways, puts tabs after bullets, and takes bullets from the private use
    area: a block keeps its lines and gets "- ", a line has spaces instead. Tabs stay where they
    divide cells.
    """
    text = _BREAKS.sub("\n", text)
    text = text if tabs else _BULLET.sub("- " if lines else "", text).replace("\t", " ")
    text = text if lines else text.replace("\n", " ")
    return unicodedata.normalize("NFC", text) if has_something(text) else ""


def has_something(text: str) -> bool:
    """Say whether a reader sees anything: what nobody sees counts as empty."""
    return bool(without_invisible(text).strip())


def plain(text: str) -> str:
    """Return `text` in NFC with newlines, and without control, direction or zero-width characters.

    Without them no part of a text can hide, or change the order of what stands beside it.
    """
    for found, instead in _LINE_ENDS.items():
        text = text.replace(found, instead)
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in _INVISIBLE)
    return unicodedata.normalize("NFC", "".join(kept))


def forbidden_characters(
    text: str, *, allow_lines: bool, allow_tabs: bool = False
) -> tuple[str, ...]:
    """Control characters and overrides of the text direction in `text`, each once, in order."""
    allowed = ("\n" if allow_lines else "") + ("\t" if allow_tabs else "")
    found = (match.group() for match in _FORBIDDEN.finditer(text) if match.group() not in allowed)
    return tuple(dict.fromkeys(found))
