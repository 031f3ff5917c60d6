"""What is written once and never changed: triggers in the database refuse it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.domain.terms import Terms, from_json
from agreements.enums import ArtifactKind, SigningMethod
from agreements.labels import choices
from agreements.models.agreements import Agreement, Party
from exchanges.enums import SignInMethod
from exchanges.labels import choices as choices_of_core
from exchanges.models import User
from exchanges.models.fields import EnumField

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

SHA256_LENGTH = 64
WRITE_ONCE = (
    "agreements_version",
    "agreements_approval",
    "agreements_signature",
    "agreements_artifact",
)


class Version(models.Model):
    """The terms at one time: canonical JSON, known by its SHA-256."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    terms = models.TextField(_("terms"))
    sha256 = models.CharField("SHA-256", max_length=SHA256_LENGTH)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    if TYPE_CHECKING:
        approvals: RelatedManager[Approval]
        signatures: RelatedManager[Signature]
        artifacts: RelatedManager[Artifact]

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="version_number_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.reference} {self.number}"

    @property
    def hash16(self) -> str:
        """Return the part of the hash that addresses carry."""
        return self.sha256[:16]

    def read_terms(self) -> Terms:
        return from_json(self.terms)


class Approval(models.Model):
    """A party's yes to exactly these terms."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="approvals")
    party = models.ForeignKey(Party, models.PROTECT, related_name="approvals")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    sha256 = models.CharField("SHA-256", max_length=SHA256_LENGTH)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "party"], name="approval_once")]

    def __str__(self) -> str:
        return f"{self.party}: {self.sha256[:16]}"


class Signature(models.Model):
    """A party's signature under exactly these terms, with the words that the signatory saw."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="signatures")
    party = models.ForeignKey(Party, models.PROTECT, related_name="signatures")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=150)
    function = models.CharField(_("function"), max_length=150)
    statement = models.TextField(_("statement"))
    method = EnumField(_("method"), max_length=10, choices=choices(SigningMethod))
    sha256 = models.CharField("SHA-256", max_length=SHA256_LENGTH)
    signed_at = models.DateTimeField(_("signed at"))
    # How the person proved who it is. Not known of signatures before this was asked.
    email = models.EmailField(_("e-mail"), null=True, blank=True)
    proof = EnumField(  # type: ignore[misc]
        _("proof"), max_length=20, choices=choices_of_core(SignInMethod), null=True, blank=True
    )
    proven_at = models.DateTimeField(_("proven at"), null=True, blank=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["signed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "party"], name="signature_once")]

    def __str__(self) -> str:
        return f"{self.party}: {self.sha256[:16]}"


class Artifact(models.Model):
    """A file that stands for an agreement, kept byte for byte and addressed by its SHA-256."""

    sha256 = models.CharField("SHA-256", max_length=SHA256_LENGTH, unique=True)
    kind = EnumField(_("kind"), max_length=20, choices=choices(ArtifactKind))
    content = models.BinaryField(_("content"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="artifacts")
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("artifact")
        verbose_name_plural = _("artifacts")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "kind"], name="artifact_kind_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:16]}"
