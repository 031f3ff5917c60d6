"""Pieces of the look that need more than a template."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from exchanges.words import formats
from exchanges.words.visits import LOOKS

register = template.Library()

SPRITE = "vendor/lucide-1.62.0/icons.svg"
STATES: Mapping[str, tuple[str, str]] = {
    **LOOKS,
    "open": ("act", "mail-open"),
    "accepted": ("ok", "check"),
    "lapsed": ("plain", "clock"),
    "approved": ("ok", "check-check"),
    "out_for_signature": ("blue", "signature"),
    "active": ("ok", "badge-check"),
    "upcoming": ("blue", "calendar-clock"),
    "notice_given": ("warn", "octagon-x"),
    "expiring": ("warn", "hourglass"),
    "expired": ("plain", "calendar-x"),
    "renewed": ("ok", "refresh-cw"),
    "terminated": ("stop", "octagon-x"),
    "void": ("plain", "ban"),
    "queued": ("plain", "clock"),
    "sent": ("ok", "check"),
    "failed": ("stop", "triangle-alert"),
    "obsolete": ("plain", "archive"),
}
KINDS: Mapping[str, str] = {
    "plenary": "users",
    "meeting": "landmark",
    "site_visit": "map-pin",
    "workshop": "messages-square",
    "travel": "train-front",
    "meal": "utensils",
}


class UnknownIcon(ValueError):
    pass


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file, also while static files are not collected.

    For pages that say what is wrong: they must not fail for the same reason.
    """
    try:
        return static(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """A decorative icon of the sprite. Raises UnknownIcon when it is not in there."""
    if name not in icon_names():
        raise UnknownIcon(name)
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        f"icon {classes}".strip(),
        static(SPRITE),
        name,
    )


@cache
def icon_names() -> frozenset[str]:
    sprite = (settings.BASE_DIR / "static" / SPRITE).read_text()
    return frozenset(re.findall(r'<symbol id="([^"]+)"', sprite))


@register.simple_tag
def state_pill(state: str, label: str) -> SafeString:
    """Return a state as a word and an icon, for visits, invitations, agreements and messages."""
    colour, picture = STATES[str(state)]
    return pill(label, colour, picture)


@register.simple_tag
def pill(label: str, colour: str = "plain", picture: str = "") -> SafeString:
    shown = icon(picture) if picture else ""
    return format_html('<span class="state {}">{}{}</span>', colour, shown, label)


@register.simple_tag
def session_kind(kind: str, label: str) -> SafeString:
    return format_html('<span class="kind">{}{}</span>', icon(KINDS[str(kind)]), label)


@register.simple_tag
def organisation_name(organisation: formats.NamedOrganisation) -> SafeString:
    return formats.organisation_name_html(organisation)


@register.filter
def native_name(fallback: str, code: str) -> str:
    return formats.native_language_name(code) or fallback


@register.filter
def first_id(field: BoundField) -> str:
    """Return where a link from the error summary puts the focus; empty for a hidden field.

    That is the field, the first of its choices, or its group where no choice is left.
    """
    if field.is_hidden:
        return ""
    group = field.auto_id
    return field.id_for_label or next((part.id_for_label for part in field.subwidgets), group)


@register.inclusion_tag("partials/nav_link.html", takes_context=True)
def nav_link(
    context: template.Context,
    href: str,
    label: str,
    badge: int | None = None,
    exact: bool = False,
    item_class: str = "",
) -> dict[str, Any]:
    path = context["request"].path if "request" in context else ""
    current = bool(href) and (path == href if exact else path.startswith(href))
    return {
        "href": href,
        "label": label,
        "badge": badge,
        "current": current,
        "item_class": item_class,
    }


@register.inclusion_tag("partials/stack_bar.html")
def stack_bar(parts: list[tuple[str, int]], total: int = 1000) -> dict[str, Any]:
    """Points one after the other on a bar of `total`; `parts` are (label, points)."""
    shown, start = [], 0
    for index, (label, points) in enumerate(parts, start=1):
        shown.append(
            {
                "class": f"part-{index}",
                "label": label,
                "points": points,
                "x": f"{100 * start / total:.2f}%",
                "width": f"{100 * points / total:.2f}%",
            }
        )
        start += points
    return {"parts": shown, "sum": start, "total": total}
