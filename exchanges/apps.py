from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _


class ExchangesConfig(AppConfig):
    name = "exchanges"
    verbose_name = _("Exchanges")

    def ready(self) -> None:
        from exchanges import places
        from exchanges.addresses import ReferenceConverter, TableConverter
        from exchanges.checks import (
            heads_leave_the_database,
            heads_lie_elsewhere,
            record_is_guarded,
        )
        from exchanges.models.record_triggers import install_record_triggers
        from exchanges.views.people import account_changes, sign_in_log

        post_migrate.connect(install_record_triggers, sender=self)
        register(record_is_guarded, Tags.database)
        register(heads_leave_the_database, Tags.files)
        register(heads_lie_elsewhere, Tags.security, deploy=True)
        register_converter(ReferenceConverter, "reference")
        register_converter(TableConverter, "table")
        places.fill()
        account_changes.connect()
        sign_in_log.connect()
