"""The letters about agreements; `exchanges.mail.registry` imports this when it loads."""

from agreements.mail import letters

__all__ = ["letters"]
