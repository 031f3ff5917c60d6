"""What others refuse or leave unanswered is put to the operator, and decided by one command."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from exchanges.enums import AskedState, Message, RecoveryState
from exchanges.models import (
    AccountInvitation,
    CityClaim,
    Dispute,
    Event,
    Organisation,
    Recovery,
    User,
)
from exchanges.operations.network import city_claims
from exchanges.operations.network.disputes import decide
from tests.factories import AT, make_contact, make_member, make_organisation, make_user
from tests.factories.authority import Authority, make_authority
from tests.matrix.chains.test_recoveries import (
    AFTER,
    hand_over,
    home_office_of,
    invite,
    other_office,
    start,
)
from tests.matrix.chains.test_signatories import heard, post
from tests.moment import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority() -> Authority:
    make_user("operator@example.org", is_staff=True, is_superuser=True)
    return make_authority()


def operator() -> User:
    return User.objects.get(is_superuser=True)


def ask(organisation: Organisation, by: User, ground: str) -> Any:
    return post(by, "dispute-open", organisation.slug, ground=ground, text="They never answer.")


def command(*arguments: Any) -> str:
    out = StringIO()
    call_command("decide_dispute", *map(str, arguments), stdout=out)
    return out.getvalue()


def newcomer(authority: Authority) -> tuple[Organisation, User, User]:
    """An organisation that would act for Milan, its contact, and Milan's."""
    row = make_organisation("Newcomers", city=authority.organisation.city, active_in=[])
    authority.organisation.active_in.add(row.city)
    city_claims.act_for_cities(row, [row.city], by=None, at=AT)
    return row, make_contact(row), make_contact(authority.organisation)


def test_silent_city_is_put_to_the_operator_who_hears_both(
    authority: Authority, clock: Clock
) -> None:
    row, asking, silent = newcomer(authority)
    ground = f"city-{row.city.slug}"
    assert "Select a valid choice" in ask(row, asking, ground).content.decode()
    clock.move_to(AFTER)
    ask(row, asking, ground)
    dispute = Dispute.objects.get()
    assert heard(silent, Message.DISPUTE_OPENED)
    assert heard(operator(), Message.DISPUTE_OPENED)
    post(silent, "dispute", dispute.pk, text="We do not know them.")
    assert "They never answer." in command(dispute.pk)
    assert "We do not know them." in command(dispute.pk)
    command(dispute.pk, "yes", "They are the city's own agency.")
    assert row.city in row.active_in.all()
    assert CityClaim.objects.get().state == AskedState.ACCEPTED
    assert heard(silent, Message.DISPUTE_DECIDED)
    assert heard(asking, Message.DISPUTE_DECIDED)
    event = Event.objects.latest("number")
    assert (event.verb, event.actor) == ("dispute_decided", "platform")


def test_what_is_refused_changes_nothing(authority: Authority, clock: Clock) -> None:
    row, asking, _silent = newcomer(authority)
    clock.move_to(AFTER)
    ask(row, asking, f"city-{row.city.slug}")
    command(Dispute.objects.get().pk, "no", "They are from another city.")
    assert row.city not in row.active_in.all()
    page = post(asking, "dispute", Dispute.objects.get().pk, text="Once more")
    assert "The operator decided this already" in page.content.decode()


def test_stopped_recovery_is_ordered_and_nobody_stops_it_again(
    authority: Authority, clock: Clock
) -> None:
    stays = make_contact(authority.organisation)
    assert "recovery" not in grounds(authority, authority.first)
    start(authority, authority.first)
    post(stays, "recovery-stop", Recovery.objects.get().pk)
    ask(authority.organisation, authority.first, "recovery")
    command(Dispute.objects.get().pk, "yes", "The city says that this person left years ago.")
    row = Recovery.objects.get()
    assert (row.state, row.is_ordered) == (RecoveryState.RUNNING, True)
    post(stays, "recovery-stop", row.pk)
    row.refresh_from_db()
    assert row.state == RecoveryState.RUNNING
    invite(authority, authority.first, "new@example.org")
    assert AccountInvitation.objects.get().recovery == row


def test_refused_handover_is_granted(authority: Authority) -> None:
    contact = make_contact(authority.organisation)
    office, _taker = other_office()
    row = hand_over(authority, office)
    post(contact, "handover", row.pk, answer="no", reason="We stay.")
    ask(authority.organisation, authority.first, "handover")
    command(Dispute.objects.get().pk, "yes", "The old programme has ended.")
    assert home_office_of(authority) == office


def test_two_that_bear_one_name_rightly_may_both(authority: Authority) -> None:
    other = make_organisation("Other", city=authority.organisation.city)
    contact = make_contact(other)
    ask(other, contact, "name")
    number = Dispute.objects.get().pk
    with pytest.raises(CommandError, match="Say which name"):
        command(number, "yes", "Both are registered.")
    command(number, "yes", "Both are registered.", "--name", authority.organisation.name)
    other.refresh_from_db()
    assert other.name == authority.organisation.name


def grounds(authority: Authority, by: User) -> list[str]:
    page = post(by, "dispute-open", authority.organisation.slug)
    return [key for key, _words in page.context["form"].fields["ground"].choices]


def test_strangers_neither_open_nor_read(authority: Authority) -> None:
    stranger = make_contact(make_organisation("Elsewhere"))
    member = make_member(authority.organisation)
    assert ask(authority.organisation, stranger, "name").status_code == 404
    ask(authority.organisation, member, "name")
    dispute = Dispute.objects.get()
    assert post(stranger, "dispute", dispute.pk, text="Hello").status_code == 404
    assert dispute.statements.count() == 1


def test_one_question_of_a_kind_is_open(authority: Authority) -> None:
    member = make_member(authority.organisation)
    for _twice in range(2):
        page = ask(authority.organisation, member, "name")
    assert "asked about this already" in page.content.decode()
    assert Dispute.objects.count() == 1


def test_command_lists_and_refuses_what_is_not_there(authority: Authority) -> None:
    ask(authority.organisation, authority.first, "name")
    number = Dispute.objects.get().pk
    assert command() == f"{number}: {authority.organisation.slug}, name\n"
    with pytest.raises(CommandError, match="No question with this number"):
        command(number + 1, "no", "x")
    with pytest.raises(CommandError, match="Say why"):
        command(number, "no")
    command(number, "no", "The name is theirs.")
    assert command() == ""


def test_decided_once(authority: Authority) -> None:
    ask(authority.organisation, authority.first, "name")
    dispute = Dispute.objects.get()
    about: dict[str, Any] = {"is_granted": False, "decision": "No", "name": "", "at": AT}
    decide(dispute=dispute, **about)
    with pytest.raises(Exception, match="decided this already"):
        decide(dispute=dispute, **about | {"at": AT + timedelta(days=1)})


def test_what_was_taken_back_meanwhile_is_not_granted(authority: Authority) -> None:
    contact = make_contact(authority.organisation)
    office, _taker = other_office()
    row = hand_over(authority, office)
    post(contact, "handover", row.pk, answer="no", reason="We stay.")
    ask(authority.organisation, authority.first, "handover")
    again = hand_over(authority, office)
    post(authority.first, "handover-withdraw", again.pk)
    with pytest.raises(CommandError, match="taken back meanwhile"):
        command(Dispute.objects.get().pk, "yes", "So be it.")
    assert home_office_of(authority) == authority.office
