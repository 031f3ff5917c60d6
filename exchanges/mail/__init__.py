"""Mails: the letters of every kind, how they are rendered, and their delivery."""

from exchanges.mail.letters import network, people, proposals, record, visits

__all__ = ["network", "people", "proposals", "record", "visits"]
from exchanges.mail.letters import people, proposals, roles, visits

__all__ = ["people", "proposals", "roles", "visits"]
