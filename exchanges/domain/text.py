"""Text as people search for it."""

import unicodedata

from exchanges.domain.visible_text import without_invisible

_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc\u02b9\u00b4`"), "'")


def fold(text: str) -> str:
    """`text` without case, accents, surplus spaces and characters that nobody sees.

    What two people read as the same name has the same fold: it serves to search, and to find a
    name that is there already. Hyphens and apostrophes count as one kind each.
    """
    compatible = unicodedata.normalize("NFKD", without_invisible(text))
    decomposed = unicodedata.normalize("NFKD", compatible.casefold().translate(_APOSTROPHES))
    bare = without_invisible("".join(c for c in decomposed if not unicodedata.combining(c)))
    one_hyphen = "".join("-" if unicodedata.category(c) == "Pd" else c for c in bare)
    return " ".join(one_hyphen.split())
