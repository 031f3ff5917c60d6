"""What a password may be; nobody needs one."""

import pytest
from django.conf import global_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from mlp_planner import settings


@pytest.mark.parametrize("password", ["h7$kLq2", "password", "password123", "qwertyuiop"])
def test_a_short_or_common_password_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    ["correct horse battery staple", "ohnegrossbuchstaben", "ΜΟΝΟΚΕΦΑΛΑΙΑ", "z" * 30 + "q" * 90],
)
def test_length_counts_and_no_mixture_is_asked_for(password: str) -> None:
    validate_password(password)


def test_a_password_is_kept_as_it_is_and_by_a_slow_hash() -> None:
    assert not hasattr(settings, "PASSWORD_HASHERS")
    assert global_settings.PASSWORD_HASHERS[0].endswith(".PBKDF2PasswordHasher")
    hasher = PBKDF2PasswordHasher()
    assert hasher.iterations >= 600_000
    kept = hasher.encode(" Liège Liège ", hasher.salt(), iterations=2)
    assert hasher.verify(" Liège Liège ", kept)
    assert not hasher.verify("Liège Liège", kept)
    assert not hasher.verify(" liège liège ", kept)
