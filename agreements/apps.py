from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = _("Agreements")

    def ready(self) -> None:
        from agreements.models import WRITE_ONCE
        from exchanges.models.record_triggers import guard

        guard(*WRITE_ONCE)
