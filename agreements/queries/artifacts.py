"""The PDF that is kept of a signed agreement."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agreements.enums import ArtifactKind
from agreements.models import Artifact, Version

_PAGE = re.compile(rb"/Type\s*/Page\b")


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """What tells a true copy: SHA-256 of the file, in 64 hexadecimal digits, and its pages."""

    sha256: str
    pages: int


def signed_pdf(version: Version) -> bytes | None:
    """Byte for byte as it was kept; None before all have signed."""
    artifact = _artifact(version)
    return bytes(artifact.content) if artifact else None


def marks_of_signed_pdf(version: Version) -> SignedPdf | None:
    artifact = _artifact(version)
    return SignedPdf(artifact.sha256, _count_pages(bytes(artifact.content))) if artifact else None


def _artifact(version: Version) -> Artifact | None:
    return version.artifacts.filter(kind=ArtifactKind.SIGNED_PDF).first()


def _count_pages(content: bytes) -> int:
    """Our own files have each page as an object of its own, which is not compressed."""
    return len(_PAGE.findall(content))
