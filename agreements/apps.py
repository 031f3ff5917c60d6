from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = _("Agreements")

    def ready(self) -> None:
        from agreements import receivers  # noqa: F401  (connects them)
        from agreements.models import WRITE_ONCE
        from agreements.queries.record_words import SENTENCES
        from exchanges.models.record_triggers import guard
        from exchanges.queries.record_words import add_sentences

        guard(*WRITE_ONCE)
        add_sentences("agreement", SENTENCES)
