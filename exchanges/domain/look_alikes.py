"""Names that look like others, by the rules of Unicode (UTS 39), which ICU knows."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import icu

from exchanges.domain.text import fold
from exchanges.domain.visible_text import without_invisible

_SKELETONS = icu.SpoofChecker()
_SCRIPTS = icu.SpoofChecker()
_SCRIPTS.setChecks(icu.USpoofChecks.RESTRICTION_LEVEL)
_SCRIPTS.setRestrictionLevel(icu.URestrictionLevel.HIGHLY_RESTRICTIVE)


@lru_cache(maxsize=65_536)
def skeletons(name: str) -> frozenset[str]:
    """Return how `name` looks, without case and accents; two names are alike if they share one.

    There are two, because capitals resemble other letters than small ones do: the skeleton of the
    name as it is written, and that of its folded form.
    """
    return frozenset({fold(_skeleton(without_invisible(name))), _skeleton(fold(name))})


def look_alike(one: str, other: str) -> bool:
    return bool(skeletons(one) & skeletons(other))


def known_look_alikes(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known names that look like `name` and are others, in the order of `known`."""
    folded = fold(name)
    return tuple(each for each in known if look_alike(name, each) and fold(each) != folded)


def words_of_mixed_scripts(name: str) -> tuple[str, ...]:
    """Return the words of `name` that mix letters as no language does: Latin and Cyrillic, say.

    A name may have words in several scripts, also with a hyphen or a stroke between them.
    """
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", without_invisible(name)))
    return tuple(word for word in words if _SCRIPTS.check(word))


def _skeleton(text: str) -> str:
    skeleton: str = _SKELETONS.getSkeleton(0, text)
    return skeleton
