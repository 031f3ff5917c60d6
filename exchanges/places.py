"""What the core itself puts at the places that it offers to apps and wings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from exchanges.exports.programmes import partners_table
from exchanges.exports.tables import programme_tables
from exchanges.management.heads import keep_head
from exchanges.management.jobs import hourly, jobs
from exchanges.management.verifying import RecordVerifier
from exchanges.models import Programme
from exchanges.operations.mail.delivery import erase_expired
from exchanges.operations.people.codes import forget_expired_codes
from exchanges.operations.people.sign_ins import forget_old_sign_ins
from exchanges.operations.record_runs import ask_run_of_day
from exchanges.operations.reminders import remind, reminders
from exchanges.operations.visits import reminders as of_visits
from exchanges.queries.actions import action_sources
from exchanges.queries.network.questions import question_actions
from exchanges.queries.proposals.steps import proposal_steps
from exchanges.queries.record_checks import programmes_are_recorded, record_checks
from exchanges.queries.visits.actions import visit_actions
from exchanges.views.programmes.menu import MenuEntry, office_menu
from exchanges.views.proposals.steps import CORE_STEPS

REMINDERS = (
    of_visits.invitations_to_answer,
    of_visits.dates_to_pick,
    of_visits.visits_to_confirm,
    of_visits.delegates_to_name,
    of_visits.visits_to_complete,
)


def fill() -> None:
    """Fill all places; called once, when the app is ready."""
    action_sources.add("visits", visit_actions, order=10)
    action_sources.add("questions", question_actions, order=20)
    for number, (name, step) in enumerate(CORE_STEPS.items(), start=1):
        proposal_steps.add(name, step, order=10 * number)
    for number, reminder in enumerate(REMINDERS, start=1):
        reminders.add(reminder.__name__, reminder, order=10 * number)
    hourly.add("expired-codes", erase_expired, order=10)
    hourly.add("used-up-codes", forget_expired_codes, order=12)
    hourly.add("old-sign-ins", forget_old_sign_ins, order=16)
    hourly.add("reminders", remind, order=20)
    hourly.add("head-of-the-record", keep_head, order=90)
    hourly.add("verification-of-the-record", ask_run_of_day, order=100)
    jobs.add("verification-of-the-record", RecordVerifier, order=90)
    record_checks.add("programmes", programmes_are_recorded, order=10)
    programme_tables.add("partners", partners_table, order=10)
    fill_office_menu()


def fill_office_menu() -> None:
    """Steps of ten leave room for what apps and wings put between."""

    def partners(programme: Programme) -> int:
        return programme.partners.count()

    entries = {
        20: MenuEntry(_("Partners and budgets"), "exchanges:programme-partners", count=partners),
        30: MenuEntry(_("Auditors"), "exchanges:auditor-list"),
        50: MenuEntry(_("What counts"), "exchanges:weights-edit", is_matching=True),
        70: MenuEntry(_("Credits"), "exchanges:credit-list", is_matching=True),
        80: MenuEntry(_("Network events"), "exchanges:event-list"),
        90: MenuEntry(_("Outbox"), "exchanges:outbox", is_of_programme=False),
        100: MenuEntry(_("Verify the record"), "exchanges:record-check", is_of_programme=False),
    }
    shared = {
        40: MenuEntry(_("Home office"), "exchanges:programme-home-office", is_for_office_only=True),
        110: MenuEntry(
            _("Cities"), "exchanges:city-list", is_of_programme=False, is_for_office_only=True
        ),
        120: MenuEntry(
            _("Topics"), "exchanges:topic-list", is_of_programme=False, is_for_office_only=True
        ),
        130: MenuEntry(
            _("Start a programme"),
            "exchanges:programme-add",
            is_of_programme=False,
            is_for_office_only=True,
        ),
    }
    for order, entry in (entries | shared).items():
        office_menu.add(entry.url_name, entry, order=order)
