"""Mails: the letters of every kind, how they are rendered, and their delivery."""

from exchanges.mail.letters import accounts, invitations, suggestions, visits

__all__ = ["accounts", "invitations", "suggestions", "visits"]
