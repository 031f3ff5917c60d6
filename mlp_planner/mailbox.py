"""Who writes: one mailbox of RFC 5322, `planner@example.org` or `MLP Planner <planner@…>`."""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address, HeaderRegistry
from typing import Any

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email


@dataclass(frozen=True, slots=True)
class Mailbox:
    name: str
    address: str

    def __str__(self) -> str:
        """Return it as a header has it, the name in quotes where it must be."""
        return str(Address(self.name, addr_spec=self.address))


def read_mailbox(setting: str, text: str) -> Mailbox:
    """Raises ImproperlyConfigured, with the name of the setting, when it is not one address."""
    try:
        mailbox = _only_mailbox(HeaderRegistry()("From", text))
    except (ValueError, IndexError):
        mailbox = None
    if mailbox is None or not _is_address(mailbox.address):
        raise ImproperlyConfigured(
            f"{setting} is not one address: {text!r}. Write planner@example.org or "
            f'"MLP Planner" <planner@example.org>, with quotes when the name has a comma.'
        )
    return mailbox


def _only_mailbox(header: Any) -> Mailbox | None:
    """Raises ValueError unless there is one; a group of addresses is none."""
    if header.defects or any(group.display_name for group in header.groups):
        return None
    (found,) = header.addresses
    return Mailbox(found.display_name, found.addr_spec)


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
