from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """The wing of the programme's plans. It has no tables of its own."""

    name = "exchanges.plans"
    label = "plans"
    verbose_name = _("Plans")

    def ready(self) -> None:
        from exchanges.management.jobs import jobs
        from exchanges.plans.management.solving import SolverProcess
        from exchanges.plans.queries.pages import plans_waiting
        from exchanges.views.programmes.menu import (
            MenuEntry,
            OfficePanel,
            office_menu,
            office_panels,
        )

        jobs.add("plans", SolverProcess, order=10)
        panel = OfficePanel("exchanges/plans/office_panel.html", plans_waiting)
        office_panels.add("plans", panel, order=10)
        plans = MenuEntry(_("Plans"), "plans:plan-list", is_matching=True)
        office_menu.add("plans", plans, order=40)
        pairs = MenuEntry(_("Fixed and forbidden pairs"), "plans:pair-list", is_matching=True)
        office_menu.add("pairs", pairs, order=60)
