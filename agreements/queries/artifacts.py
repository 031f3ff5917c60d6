"""The PDF that is kept of a signed agreement."""

from __future__ import annotations

from hashlib import sha256

from agreements.enums import ArtifactKind
from agreements.models import Artifact, Version


class ArtifactDamaged(Exception):
    """The bytes that are kept are not those that were written."""

    def __init__(self, artifact: Artifact) -> None:
        super().__init__(f"artifact {artifact.pk} of version {artifact.version_id}")
        self.artifact = artifact


def signed_pdf(version: Version) -> bytes | None:
    """Byte for byte as it was kept; None before all have signed. Raises ArtifactDamaged."""
    artifact = version.artifacts.filter(kind=ArtifactKind.SIGNED_PDF).first()
    if artifact is None:
        return None
    content = bytes(artifact.content)
    if sha256(content).hexdigest() != artifact.sha256:
        raise ArtifactDamaged(artifact)
    return content
