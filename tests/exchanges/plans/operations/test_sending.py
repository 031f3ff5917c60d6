from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchanges.enums import Message, VisitState
from exchanges.mail.registry import Obsolete
from exchanges.mail.rendering import render
from exchanges.models import (
    Event,
    LearningNeed,
    Membership,
    OutboxMessage,
    ProgrammePlan,
    SentRow,
    StudyVisit,
)
from exchanges.operations.proposals import invitations, proposals
from exchanges.plans.domain.snapshot import from_json, visits_of
from exchanges.plans.mail import preview_suggestion
from exchanges.plans.operations import asking, sending
from exchanges.plans.queries.previews import preview_of_rows
from exchanges.plans.queries.sent import sent_visits
from exchanges.plans.words.sent import Fate, sent_as
from exchanges.queries.people.roles import roles_of
from exchanges.queries.proposals.steps import steps_missing
from exchanges.queries.record import history
from exchanges.queries.visits.actions import visit_actions
from exchanges.words.proposals import ProposalStep
from tests.factories import AT
from tests.factories.plans import Network, make_network, make_solved_plan, solve_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return make_network()


@pytest.fixture
def plan(network: Network) -> ProgrammePlan:
    return make_solved_plan(network)


def send(network: Network, plan: ProgrammePlan, *rows: int) -> list[StudyVisit]:
    sent = sending.send_rows(plan=plan, rows=rows, by=network.office, at=AT)
    return [each.visit for each in sent if each.visit]


def planned(plan: ProgrammePlan, row: int = 0):
    return visits_of((plan.result or {})["visits"])[row]


def cities_in(visit: StudyVisit) -> list[str]:
    return [row.city.slug for row in visit.visit_cities.all()]


def test_sent_row_is_a_draft_with_all_that_is_known(network: Network, plan: ProgrammePlan) -> None:
    [visit] = send(network, plan, 0)
    row = planned(plan)
    assert visit.state == VisitState.DRAFT
    assert visit.host_city == network.cities[row.host]
    assert cities_in(visit) == list(row.guests)
    assert visit.proposer is not None
    assert visit.proposer.name == f"City of {network.cities[row.guests[0]]}"
    assert visit.proposed_by is None
    assert 1 <= visit.date_options.count() <= 3
    assert visit.topics.exists()
    assert (visit.group_size, visit.languages) == (9, ["en"])
    asked = {each.organisation.name for each in visit.invitations.filter(is_proposer=False)}
    everyone = {f"{kind} of {network.cities[slug]}" for slug in (row.host, *row.guests)
                for kind in ("City", "Union")}  # fmt: skip
    assert asked == everyone - {visit.proposer.name}
    assert steps_missing(visit, AT) == (ProposalStep.DETAILS,)
    assert history(visit)[0].words == "Suggested this visit out of plan 1"


def test_only_the_proposers_contacts_are_told_and_it_waits_for_them(
    network: Network, plan: ProgrammePlan
) -> None:
    [visit] = send(network, plan, 0)
    message = OutboxMessage.objects.get()
    assert message.kind == Message.VISIT_SUGGESTED
    proposer = network.contacts[planned(plan).guests[0]]
    assert message.recipient == proposer
    [action] = visit_actions(roles_of(proposer), AT)
    assert action.title == f"Look at the visit to {visit.host_city} that is suggested to you"
    proposals.save_dates(visit=visit, ranges=[], by=proposer, at=AT, revision=None)
    assert [each.title for each in visit_actions(roles_of(proposer), AT)] == [
        "Finish your proposal"
    ]


@pytest.mark.parametrize("language", ["en", "fr", "it", "el", "sl", "bg"])
def test_mail_says_who_suggests_what_and_that_nobody_else_was_asked(
    network: Network, plan: ProgrammePlan, language: str
) -> None:
    proposer = network.contacts[planned(plan).guests[0]]
    proposer.language = language
    proposer.save()
    [visit] = send(network, plan, 0)
    mail = render(OutboxMessage.objects.get(), at=AT)
    assert mail.to == [proposer.email]
    assert str(visit.host_city) in mail.subject
    assert f"/proposals/{visit.reference}/" in mail.body
    if language == "en":
        assert "Nobody else has been asked yet" in mail.body


def test_mail_is_not_sent_any_more_once_the_draft_is_gone_or_proposed(
    network: Network, plan: ProgrammePlan
) -> None:
    [visit] = send(network, plan, 0)
    proposer = network.contacts[planned(plan).guests[0]]
    message = OutboxMessage.objects.get()
    StudyVisit.objects.filter(pk=visit.pk).update(state=VisitState.PROPOSED)
    with pytest.raises(Obsolete):
        render(message, at=AT)
    StudyVisit.objects.filter(pk=visit.pk).update(state=VisitState.DRAFT)
    proposals.discard(visit=visit, by=proposer, at=AT)
    with pytest.raises(Obsolete):
        render(message, at=AT)


def test_preview_is_the_mail_that_is_sent(network: Network, plan: ProgrammePlan) -> None:
    [preview] = preview_of_rows(plan, [0], AT)
    assert preview.suggestion is not None
    assert preview.proposer is not None
    person = preview.recipients[0].user
    shown = preview_suggestion(preview.suggestion, preview.proposer.organisation, person).theirs
    send(network, plan, 0)
    sent = render(OutboxMessage.objects.get(), at=AT)
    assert shown.subject == sent.subject
    assert shown.text.splitlines()[:8] == str(sent.body).splitlines()[:8]


def test_row_cannot_be_sent_twice(network: Network, plan: ProgrammePlan) -> None:
    [visit] = send(network, plan, 0)
    with pytest.raises(sending.RowsNotSendable, match=f"draft {visit.reference}"):
        send(network, plan, 0, 1)
    assert StudyVisit.objects.count() == SentRow.objects.count() == 1
    assert len(send(network, plan, 1)) == 1


def test_row_whose_draft_was_discarded_can_be_sent_once_more(
    network: Network, plan: ProgrammePlan
) -> None:
    [visit] = send(network, plan, 0)
    proposals.discard(visit=visit, by=network.contacts[planned(plan).guests[0]], at=AT)
    found = sent_as(planned(plan), sent_visits(plan))
    assert found is not None
    assert found.fate == Fate.DISCARDED
    send(network, plan, 0)
    assert SentRow.objects.count() == 1


@pytest.mark.parametrize("rows", [(), (-1,), (99, 10**12)])
def test_rows_that_are_none_are_refused(
    network: Network, plan: ProgrammePlan, rows: tuple[int, ...]
) -> None:
    with pytest.raises(sending.NothingChosen):
        send(network, plan, *rows)


def test_first_guest_with_a_contact_proposes(network: Network, plan: ProgrammePlan) -> None:
    first, second, *_rest = planned(plan).guests
    Membership.objects.filter(organisation__name=f"City of {network.cities[first]}").delete()
    [preview] = preview_of_rows(plan, [0], AT)
    assert preview.proposer is not None
    assert preview.proposer.organisation.name == f"Union of {network.cities[first]}"
    Membership.objects.filter(organisation__city=network.cities[first]).delete()
    [preview] = preview_of_rows(plan, [0], AT)
    assert preview.proposer is not None
    assert preview.proposer.organisation.city == network.cities[second]
    assert preview.obstacles == (
        f"No organisation in {network.cities[first]} has a contact person. Add one first.",
    )


def test_row_says_why_it_cannot_be_sent(network: Network, plan: ProgrammePlan) -> None:
    [late] = preview_of_rows(plan, [0], AT + timedelta(days=5000))
    assert "no free week in common" in late.obstacles[0]
    network.programme.partners.filter(
        organisation__city=network.cities[planned(plan).host]
    ).delete()
    [gone] = preview_of_rows(plan, [0], AT)
    assert gone.obstacles == ("A city of this visit has left the programme.",)
    with pytest.raises(sending.RowsNotSendable, match="left the programme"):
        send(network, plan, 0)


def test_city_without_needs_gets_a_draft_without_topics(
    network: Network, plan: ProgrammePlan
) -> None:
    LearningNeed.objects.all().delete()
    [visit] = send(network, plan, 0)
    assert visit.title == f"Study visit to {visit.host_city}"
    assert visit.purpose == ""


def cancel(visit: StudyVisit) -> None:
    StudyVisit.objects.filter(pk=visit.pk).update(state=VisitState.CANCELLED)


def accept(visit: StudyVisit, network: Network) -> None:
    """The proposer sends, and the host city's authority says yes."""
    proposer = network.contacts[cities_in(visit)[0]]
    proposals.save_details(
        visit=visit, by=proposer, at=AT, revision=None, group_size=5, languages=["en"],
        answer_by=(AT + timedelta(days=14)).date(),
    )  # fmt: skip
    proposals.propose(visit=visit, by=proposer, at=AT)
    assert visit.host_city is not None
    invitation = visit.invitations.get(organisation__name=f"City of {visit.host_city}")
    options = {option.pk: "yes" for option in visit.date_options.all()}
    host = network.contacts[visit.host_city.slug]
    invitations.accept(invitation=invitation, by=host, at=AT, answers=options)  # type: ignore[arg-type]


def test_repair_keeps_what_was_accepted_and_drops_what_was_cancelled(
    network: Network, plan: ProgrammePlan
) -> None:
    first, second = send(network, plan, 0, 1)
    accept(second, network)
    with pytest.raises(asking.NothingToRepair):
        asking.repair(plan=plan, by=network.office, at=AT)
    cancel(first)

    repaired = solve_now(asking.repair(plan=plan, by=network.office, at=AT))

    visits = visits_of((repaired.result or {})["visits"])
    pairs = {pair for visit in visits for pair in visit.pairs}
    assert not pairs & set(planned(plan, 0).pairs)
    assert any(
        (each.host, each.window) == (planned(plan, 1).host, planned(plan, 1).window)
        and set(each.guests) >= set(planned(plan, 1).guests)
        for each in visits
    )
    assert set(planned(plan, 2).pairs) <= pairs
    assert sent_as(planned(plan, 1), sent_visits(repaired)) is not None


def test_repair_leaves_agreed_visits_outside_and_counts_them(
    network: Network, plan: ProgrammePlan
) -> None:
    first, second = send(network, plan, 0, 1)
    cancel(first)
    option = second.date_options.first()
    assert option is not None
    StudyVisit.objects.filter(pk=second.pk).update(
        state=VisitState.AGREED, start_date=option.start_date, end_date=option.end_date
    )
    request = from_json(asking.repair(plan=plan, by=network.office, at=AT).request)
    assert request.exchanges == 2
    assert request.locked == ()
    assert [each.host for each in request.previous] == [planned(plan, 2).host]
    assert set(planned(plan, 0).pairs) | set(planned(plan, 1).pairs) <= request.forbidden


def test_sending_is_recorded_with_the_plan(network: Network, plan: ProgrammePlan) -> None:
    send(network, plan, 0)
    event = Event.objects.get(verb="suggest")
    assert event.data == {"plan": plan.pk, "number": 1, "row": 0}


def test_preview_asks_as_often_for_three_rows_as_for_one(
    network: Network, plan: ProgrammePlan, django_assert_num_queries
) -> None:
    preview_of_rows(plan, [0], AT)  # what the plan itself remembers is read once
    with CaptureQueriesContext(connection) as one:
        preview_of_rows(plan, [0], AT)
    with django_assert_num_queries(len(one)):
        assert len(preview_of_rows(plan, [0, 1, 2], AT)) == 3
