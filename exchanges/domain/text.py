"""What a line of text may contain, and when two names are the same."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")

# C0 and C1 controls except tab and newline, embeddings, overrides and isolates of text direction, lone surrogates.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def safe_text(text: str) -> str:
    """Without control characters, direction overrides and lone surrogates; every line ends in a bare newline."""
    if text.isprintable():
        return text
    return _UNSAFE.sub("", _LINE_ENDS.sub("\n", text))


def folded_name(name: str) -> str:
    """A key that is equal for two spellings of one name: case, accents' encoding and spaces do not count."""
    composed = unicodedata.normalize("NFC", name)
    return " ".join(unicodedata.normalize("NFC", composed.casefold()).split())


def fold(text: str) -> str:
    """Case, accents and repeated white space removed: the form in which texts are searched.

    SQLite folds only ASCII by itself, and names come in three scripts.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(plain.split())


def forbidden_characters(text: str, *, allow_lines: bool) -> tuple[str, ...]:
    """Control characters and overrides of the text direction in `text`, each once, in order."""
    allowed = "\n\r\t" if allow_lines else ""
    found = (match.group() for match in _FORBIDDEN.finditer(text) if match.group() not in allowed)
    return tuple(dict.fromkeys(found))


_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
