"""Dates, money and names as people read them: for pages, mail and PDFs.

Every function follows the active language; `locale` overrides it.
"""

from typing import Literal, Protocol

type_DayStyle = Literal["long", "short", "plain"]
DAY_SKELETONS: dict[type_DayStyle, str] = {
    "long": "yMMMMEEEEd",
    "short": "yMMMEd",
    "plain": "yMMMMd",
}
# CLDR of Babel gives English month-day order for these skeletons under "en"; readers here are European.
ENGLISH = "en_GB"
NO_BREAK = "\N{NO-BREAK SPACE}"


class Named(Protocol):
    """An organisation, as far as its name goes."""

    name: object
    native_name: str
    native_language: str
