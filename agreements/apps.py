from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = _("Agreements")

    def ready(self) -> None:
        from agreements.models import WRITE_ONCE
        from agreements.operations.lifetime import remind
        from agreements.queries.actions import agreement_actions
        from agreements.queries.parties import people_of_other_parties
        from agreements.queries.programmes import counts_days
        from agreements.queries.proof import agreements_are_as_recorded
        from agreements.words.faults import FAULTS, NOT_COMPARED
        from agreements.words.record import SENTENCES
        from exchanges.management.jobs import hourly
        from exchanges.models.record_triggers import guard
        from exchanges.queries.actions import action_sources
        from exchanges.queries.people.bound import bound_to
        from exchanges.queries.programmes.zones import binds_time_zone
        from exchanges.queries.record_checks import record_checks
        from exchanges.views.programmes.menu import MenuEntry, office_menu
        from exchanges.views.visits.panels import VisitPanel, visit_panels
        from exchanges.words.faults import add_fault_sentences
        from exchanges.words.record import add_sentences

        guard(*WRITE_ONCE)
        add_sentences("agreement", SENTENCES)
        add_fault_sentences(FAULTS, NOT_COMPARED)
        record_checks.add("agreements", agreements_are_as_recorded, order=20)
        action_sources.add("agreements", agreement_actions, order=20)
        bound_to.add("agreements", people_of_other_parties, order=10)
        hourly.add("agreements", remind, order=30)
        binds_time_zone.add("agreements", counts_days, order=10)
        register = "agreements:agreement-list"
        entry = MenuEntry(_("Register of agreements"), register, is_of_programme=False)
        office_menu.add("agreements", entry, order=10)
        panel = VisitPanel(
            tab="documents",
            url_name="agreements:visit-panel",
            title=_("Agreements"),
            link=_("Agreements of this visit"),
        )
        visit_panels.add("agreements", panel, order=10)
