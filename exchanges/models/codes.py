from __future__ import annotations

from django.db import models


class IssuedCode(models.Model):
    """A code that was sent by mail: its hash, and how often somebody tried it.

    The row is deleted when the code is used.
    """

    name = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="issued_code_expires")]

    def __str__(self) -> str:
        return f"{self.name[:8]}, {self.tries}"
