"""What keeps a request from having any plan, in sentences that say what to change."""

from __future__ import annotations

from django.utils.translation import gettext as _

from exchanges.domain.plan.request import PlanRequest


def obstacles_of(request: PlanRequest) -> list[str]:
    """Empty when a plan is possible."""
    if len(request.cities) < 2:
        return [_("Choose at least two cities: one hosts, the other travels.")]
    if not request.windows:
        return [_("The programme has no week left that could be planned. Move its last day.")]
    return []
