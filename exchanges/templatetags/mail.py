"""How the text of a mail becomes HTML."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def paragraphs(text: str) -> SafeString:
    """Return one `<p>` for each paragraph, with its lines; blank lines lie between them."""
    found = (each.strip() for each in re.split(r"\n\s*\n", conditional_escape(text)))
    lines = (each.replace("\n", "<br>\n") for each in found if each)
    return mark_safe("".join(f"<p>{each}</p>\n" for each in lines))
