"""What leads on from the office's home: pages of the core, of apps and of wings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from exchanges.models import Programme
from exchanges.registry import Registry


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page of the office.

    `is_of_programme`: its address takes the programme's slug. `is_matching`: it is also a tab of
    the pages about matching. `count` is shown beside it.
    """

    label: str | Promise
    url_name: str
    is_of_programme: bool = True
    is_matching: bool = False
    is_for_office_only: bool = False
    count: Callable[[Programme], int] | None = None

    def url(self, programme: Programme) -> str:
        return reverse(self.url_name, args=[programme.slug] if self.is_of_programme else [])


@dataclass(frozen=True, slots=True)
class OfficePanel:
    """A part of the office's home. Its template reads what `values` returns, as `values`."""

    template: str
    values: Callable[[Programme], Any]


@dataclass(frozen=True, slots=True)
class MenuLine:
    label: str
    url: str
    count: int | None


office_menu: Registry[MenuEntry] = Registry("menu of the office")
office_panels: Registry[OfficePanel] = Registry("panels on the office's home")


def menu_of(programme: Programme, *, is_office: bool) -> list[MenuLine]:
    """Return the pages that the office, or an auditor, can go to."""
    return [
        MenuLine(
            str(entry.label),
            entry.url(programme),
            entry.count(programme) if entry.count else None,
        )
        for entry in office_menu
        if is_office or not entry.is_for_office_only
    ]


def matching_tabs(programme: Programme) -> list[MenuLine]:
    return [
        MenuLine(str(entry.label), entry.url(programme), None)
        for entry in office_menu
        if entry.is_matching
    ]


def panels_of(programme: Programme) -> list[tuple[str, Any]]:
    """Return the template of each panel with its values."""
    return [(panel.template, panel.values(programme)) for panel in office_panels]
