from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from exchanges.enums import MembershipRole
from exchanges.forms.choices import set_choices
from exchanges.forms.fields import LineField, NameField, refuse_forbidden_characters
from exchanges.labels import choices
from exchanges.words.formats import native_language_name

ROLES = (MembershipRole.CONTACT, MembershipRole.MEMBER)
ROLE_HINTS = _(
    "A contact proposes visits and answers invitations for the organisation. A member follows "
    "both. To name a signatory, invite the person as a member first and then propose the person."
)


class AddressField(forms.EmailField):
    def validate(self, value: Any) -> None:
        super().validate(value)
        refuse_forbidden_characters(value, allow_lines=False)


class InviteForm(forms.Form):
    email = AddressField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[each for each in choices(MembershipRole) if each[0] in ROLES],
        initial=MembershipRole.CONTACT,
        widget=forms.RadioSelect,
        help_text=ROLE_HINTS,
    )


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=[each for each in choices(MembershipRole) if each[0] == MembershipRole.CONTACT],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "A contact proposes visits and answers invitations for the organisation. "
            "A person who is no contact follows both as a member."
        ),
    )
    function = LineField(
        label=_("Function"),
        max_length=150,
        required=False,
        help_text=_("For instance: head of the department for social affairs."),
    )


class AccountForm(forms.Form):
    """A person's name and language; the same when the account is opened and later."""

    name = NameField(label=_("Your name"), max_length=150)
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("Of these pages and of the mail that you get.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ((code, native_language_name(code) or name) for code, name in settings.LANGUAGES)
        set_choices(self, "language", names)
