"""Mails: the letters of every kind, how they are rendered, and their delivery."""

from exchanges.mail.letters import people, proposals, visits

__all__ = ["people", "proposals", "visits"]
