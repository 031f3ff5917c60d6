"""What apps and wings show on the pages of a visit."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from exchanges.models import StudyVisit
from exchanges.registry import Registry


@dataclass(frozen=True, slots=True)
class VisitPanel:
    """A part of a tab, loaded from an address of its own; without JavaScript `link` leads there.

    The view of `url_name` takes the visit's reference, and answers htmx with the part alone.
    """

    tab: str
    url_name: str
    title: str | Promise
    link: str | Promise


@dataclass(frozen=True, slots=True)
class PanelPlace:
    name: str
    panel: VisitPanel
    url: str


visit_panels: Registry[VisitPanel] = Registry("panels of a visit's pages")


def panels_in(tab: str, visit: StudyVisit) -> list[PanelPlace]:
    return [
        PanelPlace(name, panel, reverse(panel.url_name, args=[visit.reference]))
        for name, panel in visit_panels.items()
        if panel.tab == tab
    ]
