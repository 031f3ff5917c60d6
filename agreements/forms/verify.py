from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exchanges.forms.fields import LineField

REFERENCE = re.compile(r"[\w-]{4,40}", re.ASCII)
HASH = re.compile(r"[0-9a-f]{16}([0-9a-f]{48})?")


class VerifyForm(forms.Form):
    """Both stand at the foot of every page of an agreement."""

    reference = LineField(
        label=_("Reference"), max_length=60, help_text=_("For instance UMN-2026-A001.")
    )
    sha256 = LineField(
        label=_("Hash"),
        max_length=100,
        help_text=_("The 16 characters beside the version, or all 64 of the signature page."),
    )

    def clean_reference(self) -> str:
        reference = "".join(self.cleaned_data["reference"].split()).upper()
        if not REFERENCE.fullmatch(reference):
            raise ValidationError(_("This is not a reference such as UMN-2026-A001."))
        return reference

    def clean_sha256(self) -> str:
        """Return its first 16 digits, which addresses carry."""
        found = "".join(self.cleaned_data["sha256"].split()).lower()
        if not HASH.fullmatch(found):
            raise ValidationError(
                _("A hash has 16 or 64 characters: digits and the letters a to f.")
            )
        return found[:16]
