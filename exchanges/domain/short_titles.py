"""The short title of a programme begins references, and so addresses, file names and QR codes."""

import re

PATTERN = r"^[A-Z0-9]+(-[A-Z0-9]+)*$"
LONGEST = 20


def is_short_title(text: str) -> bool:
    """Only A-Z, 0-9 and single hyphens between them."""
    return len(text) <= LONGEST and re.fullmatch(PATTERN, text, re.ASCII) is not None
