from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from exchanges.enums import MembershipRole, RoleChangeState, SignatoryState
from exchanges.labels import choices
from exchanges.models.fields import EnumField


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person without password signs in by code or passkey."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create the operator of the installation, who gets no right in any programme by that."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=7, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("operator"), default=False)
    is_sample = models.BooleanField(_("sample"), default=False)
    joined_at = models.DateTimeField(_("joined at"), auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's role in an organisation, and where it comes from.

    `root` is the person whom the operator appointed and from whom the chain of invitations
    starts; None where that is not known. `given_by` None is the operator or the platform.
    `recovered_at` is when a recovery brought in this person, or the one who invited.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        "exchanges.Organisation", models.CASCADE, related_name="memberships"
    )
    role = EnumField(_("role"), max_length=20, choices=choices(MembershipRole))
    function = models.CharField(_("function"), max_length=150, blank=True)
    since = models.DateTimeField(_("since"), null=True, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    root = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    recovered_at = models.DateTimeField(_("came in by a recovery at"), null=True, blank=True)
    is_appointed = models.BooleanField(_("appointed by the operator"), default=False)
    proposal = models.ForeignKey(
        "SignatoryProposal", models.PROTECT, null=True, blank=True, related_name="memberships"
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], name="membership_role_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation} ({self.get_role_display()})"


class SignatoryProposal(models.Model):
    """A person whom a contact proposes to sign for the organisation, under a name and function.

    Agreements print this name and function. `confirmed_by` None is the operator. A role that was
    given before roles were proposed has neither `proposed_at` nor `confirmed_at`.
    """

    organisation = models.ForeignKey(
        "exchanges.Organisation", models.CASCADE, related_name="signatory_proposals"
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=150)
    function = models.CharField(_("function"), max_length=150)
    state = EnumField(
        _("state"),
        max_length=20,
        choices=choices(SignatoryState),
        default=SignatoryState.PROPOSED,
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(_("proposed at"), null=True, blank=True)
    objected_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    objected_at = models.DateTimeField(_("objected at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposal of a signatory")
        verbose_name_plural = _("proposals of signatories")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=models.Q(state__in=[SignatoryState.PROPOSED, SignatoryState.OBJECTED]),
                name="signatory_proposal_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}"


class RoleChange(models.Model):
    """Roles that a person got or lost in an organisation, kept so that they can be undone.

    `given` holds roles. `taken` holds the memberships that ended, each with its columns, so that
    they come back as they were. `made_by` None is the operator.
    """

    organisation = models.ForeignKey(
        "exchanges.Organisation", models.CASCADE, related_name="role_changes"
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    given = models.JSONField(default=list)
    taken = models.JSONField(default=list)
    state = EnumField(
        _("state"), max_length=20, choices=choices(RoleChangeState), default=RoleChangeState.MADE
    )
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("made at"))
    objected_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    objected_at = models.DateTimeField(_("objected at"), null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("change of roles")
        verbose_name_plural = _("changes of roles")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=models.Q(state=RoleChangeState.ASKED),
                name="role_change_asked_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"


class AccountInvitation(models.Model):
    """An e-mail address asked to open an account; its link is made by `exchanges.links`.

    With a `partnership` the link accepts that in the same step. `root` is that of whoever invited
    first, as it was then.
    """

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    organisation = models.ForeignKey(
        "exchanges.Organisation", models.CASCADE, related_name="account_invitations"
    )
    role = EnumField(_("role"), max_length=20, choices=choices(MembershipRole))
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("invited at"))
    root = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField(_("expires at"))
    generation = models.PositiveIntegerField(default=0)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    partnership = models.ForeignKey(
        "exchanges.PartnershipInvitation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="account_invitations",
    )
    recovery = models.ForeignKey(
        "exchanges.Recovery",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="account_invitations",
    )
    recovered_at = models.DateTimeField(_("of who came in by a recovery at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("account invitation")
        verbose_name_plural = _("account invitations")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "organisation",
                "role",
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="account_invitation_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"
