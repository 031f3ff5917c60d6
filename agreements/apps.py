from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = _("Agreements")

    def ready(self) -> None:
        from agreements.models import WRITE_ONCE
        from agreements.receivers import advance_agreements
        from agreements.words.record import SENTENCES
        from exchanges.models.record_triggers import guard
        from exchanges.signals import day_passed
        from exchanges.words.record import add_sentences

        guard(*WRITE_ONCE)
        add_sentences("agreement", SENTENCES)
        day_passed.connect(advance_agreements, dispatch_uid="agreements.advance")
