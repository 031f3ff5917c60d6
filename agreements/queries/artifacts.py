"""The PDF that is kept of a signed agreement."""

from __future__ import annotations

from agreements.enums import ArtifactKind
from agreements.models import Version


def signed_pdf(version: Version) -> bytes | None:
    """Byte for byte as it was kept; None before all have signed."""
    artifact = version.artifacts.filter(kind=ArtifactKind.SIGNED_PDF).first()
    return bytes(artifact.content) if artifact else None
