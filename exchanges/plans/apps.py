from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """The wing of the programme's plans. It has no tables of its own."""

    name = "exchanges.plans"
    label = "plans"
    verbose_name = _("Plans")
