"""allauth's forms for a code, which ask `use_code` instead of comparing the code itself."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    BaseConfirmCodeForm,
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    ConfirmPasswordResetCodeForm,
)

from exchanges import clock
from exchanges.operations.people.codes import use_code


class KeptCodeForm(BaseConfirmCodeForm):  # type: ignore[misc]
    """`expected_code` is the name of the code; it is empty for an address without account."""

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        if not use_code(typed, name=self.expected_code or "", at=clock.now()):
            raise get_adapter().validation_error("incorrect_code")
        return typed


class LoginCodeForm(ConfirmLoginCodeForm, KeptCodeForm):  # type: ignore[misc]
    pass


class PasswordCodeForm(ConfirmPasswordResetCodeForm, KeptCodeForm):  # type: ignore[misc]
    pass


class AddressCodeForm(ConfirmEmailVerificationCodeForm, KeptCodeForm):  # type: ignore[misc]
    """allauth's own check, that the address is still free, comes after ours."""
