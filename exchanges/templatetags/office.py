from __future__ import annotations

from django import template

from exchanges.views.programmes.menu import matching_tabs

register = template.Library()
register.simple_tag(matching_tabs)
