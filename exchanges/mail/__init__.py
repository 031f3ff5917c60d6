"""Mails: the letters of every kind, how they are rendered, and their delivery."""

from exchanges.mail.letters import (
    authority,
    network,
    people,
    proposals,
    record,
    roles,
    visits,
)

__all__ = ["authority", "network", "people", "proposals", "record", "roles", "visits"]
