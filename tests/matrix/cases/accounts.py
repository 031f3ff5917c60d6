"""allauth's own pages: an entrance for those who are out, a person's own account for those in."""

from __future__ import annotations

from typing import Any

from tests.matrix.case import DONE, PUBLIC, SIGNED_IN, Case, button, nothing, opens, page
from tests.matrix.world import World

ENTRANCE = opens(others=DONE, anonymous=200)
NOTHING_BEGUN = opens(others=DONE, anonymous=DONE)
NOTHING_TO_PROVE = opens(others=403)
OTHERS = opens(others=404)


def key_of_somebody_else(world: World) -> dict[str, Any]:
    return {"pk": world.key.pk}


CASES: list[Case] = [
    # The entrance
    *(Case(name, expected=ENTRANCE) for name in (
        "account_login", "account_signup", "account_request_login_code",
    )),
    *(Case(name, expected=PUBLIC) for name in (
        "account_inactive", "account_reset_password", "account_password_reset_completed",
    )),
    # Steps of what this person did not begin
    *(Case(name, expected=NOTHING_BEGUN) for name in (
        "account_email_verification_sent", "account_confirm_login_code",
        "account_confirm_password_reset_code", "account_complete_password_reset",
        "mfa_authenticate", "mfa_login_webauthn",
    )),
    # One's own account
    *page("account_logout", nothing, SIGNED_IN | {"anonymous": DONE}),
    *button("account_logout", nothing, SIGNED_IN | {"anonymous": DONE}, writes=False),
    *(Case(name, expected=SIGNED_IN) for name in (
        "account_email", "account_set_password", "mfa_index", "mfa_list_webauthn",
        "usersessions_list",
    )),
    # The operator has a second factor, which is asked for before it is changed.
    *(Case(name, expected=SIGNED_IN | {"operator": DONE}) for name in (
        "mfa_activate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn",
    )),
    *page("account_change_password", nothing, opens(others=DONE)),  # to the page that sets one
    *page("mfa_reauthenticate", nothing, NOTHING_TO_PROVE | {"operator": 200}),
    *(Case(name, expected=NOTHING_TO_PROVE | {"operator": DONE}) for name in (
        "account_reauthenticate", "mfa_reauthenticate_webauthn",
    )),
    *page("mfa_deactivate_totp", nothing, OTHERS | {"operator": DONE}),
    *(Case(name, expected=OTHERS) for name in (
        "mfa_view_recovery_codes", "mfa_download_recovery_codes",
    )),
    *(Case(name, key_of_somebody_else, expected=OTHERS | {"operator": DONE}) for name in (
        "mfa_remove_webauthn", "mfa_edit_webauthn",
    )),
]  # fmt: skip
