"""What happens with a row of a list of organisations that an office wants to ask."""

from enum import StrEnum


class RowOutcome(StrEnum):
    """`ALONE`: nobody there can answer yet. `INVITED`: the row's address is the first contact."""

    NEW = "new"
    NEW_ALONE = "new_alone"
    KNOWN = "known"
    KNOWN_INVITED = "known_invited"
    KNOWN_ALONE = "known_alone"
    PARTNER = "partner"
    ASKED = "asked"
