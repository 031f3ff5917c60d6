from __future__ import annotations

import unicodedata
from itertools import count

from django.db import models
from django.utils.text import slugify

LONGEST = 40
PARTS_OF_ADDRESSES = {"add"}


def free_slug(model: type[models.Model], text: str, otherwise: str) -> str:
    """A slug of `text` that no row has yet; `otherwise` when no Latin letter is in it."""
    stem = slugify(unicodedata.normalize("NFKD", text))[:LONGEST].strip("-") or otherwise
    taken = set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    taken |= PARTS_OF_ADDRESSES
    if stem not in taken:
        return stem
    return next(slug for number in count(2) if (slug := f"{stem}-{number}") not in taken)
