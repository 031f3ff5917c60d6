"""The tables. Importing a model from here keeps its file free to move."""

from agreements.models.agreements import Agreement, Party
from agreements.models.versions import (
    WRITE_ONCE,
    Approval,
    Artifact,
    Signature,
    Version,
)

__all__ = [
    "WRITE_ONCE",
    "Agreement",
    "Approval",
    "Artifact",
    "Party",
    "Signature",
    "Version",
]
