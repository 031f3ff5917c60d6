"""Mails: the letters of every kind, how they are rendered, and their delivery."""

from exchanges.mail.letters import accounts, invitations, visits

__all__ = ["accounts", "invitations", "visits"]
