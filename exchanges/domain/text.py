"""Text as people search for it."""

import unicodedata


def fold(text: str) -> str:
    """`text` without case, accents and surplus spaces, to compare with what someone typed."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.split())
