from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.enums import SignInMethod
from exchanges.labels import choices
from exchanges.models.fields import EnumField
from exchanges.models.people import User


class SignIn(models.Model):
    """Somebody signed in, or tried to; kept for 90 days.

    `user` is empty when the address has no account. The address itself is never written.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="sign_ins")
    at = models.DateTimeField(_("at"))
    succeeded = models.BooleanField(_("succeeded"))
    method = EnumField(_("method"), max_length=20, choices=choices(SignInMethod))
    network = models.CharField(_("network"), max_length=50, blank=True)

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-at"], name="sign_in_of_user"),
            models.Index(fields=["at"], name="sign_in_at"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id or '-'} {self.method} {self.at:%Y-%m-%d %H:%M}"
