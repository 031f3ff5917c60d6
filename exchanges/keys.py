"""The keys that links, codes and sealed texts are made with."""

from django.conf import settings


def secret_keys() -> list[str]:
    """Return the key that new things are made with, then the older ones that still open things."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
