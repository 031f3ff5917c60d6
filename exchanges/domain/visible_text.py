"""Characters that nobody sees. With them, two names look the same and are not.

ICU knows which these are: all that Unicode calls "default ignorable" (the zero-width space, the
soft hyphen, the Hangul fillers, variation selectors, tags …) and the format characters. We add
what has no picture either: private use, unassigned, and the empty Braille pattern.
"""

import unicodedata

import icu

_INVISIBLE = icu.UnicodeSet(
    "[[:Default_Ignorable_Code_Point:][:Cf:][:Co:][:Cn:]\\u2800\\U0001D159]"
)
_NON_JOINER, _JOINER = "\u200c", "\u200d"
_VIRAMA = 9  # the combining class of the sign that joins two consonants


def without_invisible(text: str) -> str:
    """Return `text` without characters that nobody sees, joiners included."""
    return text if text.isascii() else "".join(c for c in text if not _INVISIBLE.contains(c))


def invisible_in(text: str) -> tuple[str, ...]:
    """Return what nobody sees in `text`, each once, in order; not joiners that a script needs."""
    kept = _needed_joiners(text)
    found = (c for at, c in enumerate(text) if at not in kept and _INVISIBLE.contains(c))
    return tuple(dict.fromkeys(found))


def visible_name(text: str) -> str:
    """Return a name as it is kept: NFC, single spaces, and only what a reader sees.

    Joiners stay where a script needs them: in Persian between letters, in Indic scripts after the
    sign that joins consonants (UAX 31, 2.3).
    """
    kept = _needed_joiners(text)
    seen = (c for at, c in enumerate(text) if at in kept or not _INVISIBLE.contains(c))
    return " ".join(unicodedata.normalize("NFC", "".join(seen)).split())


def has_letter_or_digit(text: str) -> bool:
    """Return whether a reader sees anything to read: dots, spaces and accents alone are not."""
    return any(unicodedata.category(c)[0] in "LN" for c in without_invisible(text))


def _needed_joiners(text: str) -> frozenset[int]:
    """Return where in `text` a script needs the joiner that stands there."""
    return frozenset(
        at
        for at in range(1, len(text))
        if (text[at] in (_NON_JOINER, _JOINER) and unicodedata.combining(text[at - 1]) == _VIRAMA)
        or (text[at] == _NON_JOINER and _joins(text[at - 1 : at]) and _joins(text[at + 1 : at + 2]))
    )


def _joins(letter: str) -> bool:
    return bool(letter) and unicodedata.bidirectional(letter) == "AL" and letter.isalpha()
