from datetime import date, timedelta

import pytest

from exchanges.domain.dates import DateRange
from exchanges.domain.visit_states import MoveNotPossible
from exchanges.enums import InvitationState, Message, Side, VisitState
from exchanges.models import Event, Membership, OutboxMessage, StudyVisit
from exchanges.operations.editing import EditedMeanwhile
from exchanges.operations.proposals import proposals
from exchanges.operations.proposals.date_ranges import DatesRefused
from exchanges.operations.proposals.sending import NobodyReachable
from exchanges.permissions import NotAllowed
from exchanges.words.proposals import ProposalStep
from tests.factories import AT, make_city, make_contact, make_draft, make_organisation
from tests.moment import moved

pytestmark = pytest.mark.django_db


def start(scene, side=Side.GUEST, **more):
    return proposals.start(
        programme=scene.programme,
        organisation=scene.guest_authority,
        city=scene.guest_city,
        side=side,
        by=scene.owner,
        at=AT,
        **more,
    )


def days(first: date, length: int = 3) -> DateRange:
    return DateRange(first, first + timedelta(days=length - 1))


def test_nothing_is_started_in_a_programme_that_has_ended(scene):
    scene.programme.end_date = AT.date() - timedelta(days=1)
    scene.programme.save()
    with pytest.raises(proposals.ProgrammeHasEnded, match="has ended"):
        start(scene)
    scene.programme.end_date = AT.date()
    scene.programme.save()
    assert start(scene).state == VisitState.DRAFT


def test_start_counts_the_own_organisation_as_accepted(scene):
    visit = start(scene)
    own = visit.invitations.get()
    assert (own.organisation, own.state, own.side, own.is_proposer) == (
        scene.guest_authority, InvitationState.ACCEPTED, Side.GUEST, True,
    )  # fmt: skip
    assert (visit.state, visit.host_city) == (VisitState.DRAFT, None)
    assert visit.reference == f"UMN-{AT.year}-001"


def test_start_fills_in_what_the_page_was_opened_from(scene):
    visit = start(scene, topics=[scene.topic], host=scene.host_city)
    assert (list(visit.topics.all()), visit.host_city) == ([scene.topic], scene.host_city)


def test_start_never_makes_the_own_city_its_host(scene):
    assert start(scene, host=scene.guest_city).host_city is None
    assert start(scene, side=Side.HOST, host=scene.host_city).host_city == scene.guest_city


def test_start_fills_in_guests_and_the_days_to_offer(scene):
    athens = scene.partner.memberships.get().organisation.city
    ranges = [days(moved(date(2027, 3, 9))), days(moved(date(2027, 3, 2)))]
    visit = start(scene, host=scene.host_city, guests=[athens, scene.guest_city], ranges=ranges)
    assert visit.guest_cities() == [scene.guest_city, athens]
    assert [each.start_date for each in visit.date_options.all()] == [
        moved(date(2027, 3, 2)), moved(date(2027, 3, 9)),
    ]  # fmt: skip
    hosting = start(scene, side=Side.HOST, guests=[athens, scene.guest_city])
    assert (hosting.host_city, hosting.guest_cities()) == (scene.guest_city, [athens])


def test_start_refuses_days_that_nobody_can_travel_on(scene):
    with pytest.raises(DatesRefused):
        start(scene, ranges=[days(date(2020, 3, 2))])
    assert not StudyVisit.objects.exists()


def test_start_hands_back_only_what_began_in_the_same_way(scene):
    athens = scene.partner.memberships.get().organisation.city
    ranges = [days(moved(date(2027, 3, 2)))]
    first = start(scene, guests=[athens], ranges=ranges)
    assert start(scene, guests=[athens], ranges=ranges) == first
    others = [start(scene), start(scene, guests=[athens]), start(scene, ranges=ranges)]
    assert len({first.pk, *(each.pk for each in others)}) == 4


@pytest.mark.parametrize("who", ["colleague", "stranger", "office", "host"])
def test_start_is_for_contacts_of_the_organisation(scene, who):
    with pytest.raises(NotAllowed):
        proposals.start(
            programme=scene.programme,
            organisation=scene.guest_authority,
            city=scene.guest_city,
            side=Side.GUEST,
            by=getattr(scene, who),
            at=AT,
        )


def test_own_city_cannot_visit_itself(scene):
    visit = start(scene)
    with pytest.raises(proposals.OwnCityAsHost):
        proposals.save_cities(
            visit=visit, by=scene.owner, at=AT, revision=None, host=scene.guest_city
        )


def test_own_city_stays_a_guest_and_is_no_co_host(scene):
    visit = proposals.save_cities(
        visit=start(scene), by=scene.owner, at=AT, revision=None,
        host=scene.host_city, co_hosts=[scene.guest_city],
    )  # fmt: skip
    rows = [(row.city, row.role) for row in visit.visit_cities.all()]
    assert rows == [(scene.guest_city, "guest")]


def test_invitations_of_a_city_that_left_go_with_it(scene):
    visit = make_draft(scene)
    athens = scene.partner.memberships.get().organisation.city
    proposals.save_cities(visit=visit, by=scene.owner, at=AT, revision=None, host=athens)
    assert [each.organisation for each in visit.invitations.all()] == [scene.guest_authority]


@pytest.mark.parametrize(
    "ranges",
    [
        [days(moved(date(2027, 3, 1)), length=31)],
        [days(moved(date(2026, 11, 21)))],
        [days(moved(date(2026, 8, 30)))],
        [days(moved(date(2029, 8, 31)))],
        [days(date(2027, 3, number)) for number in range(1, 10)],
    ],
    ids=["31 days", "past", "before programme", "after programme", "nine options"],
)
def test_days_that_nobody_can_travel_on_are_refused(scene, ranges):
    with pytest.raises(DatesRefused):
        proposals.save_dates(
            visit=start(scene), by=scene.owner, at=AT, revision=None, ranges=ranges
        )


def test_thirty_days_and_today_are_possible(scene):
    ranges = [days(AT.date(), length=30), days(AT.date(), length=1)]
    visit = proposals.save_dates(
        visit=start(scene), by=scene.owner, at=AT, revision=None, ranges=[*ranges, ranges[0]]
    )
    assert [(o.start_date, o.end_date) for o in visit.date_options.all()] == [
        (ranges[1].start, ranges[1].end),
        (ranges[0].start, ranges[0].end),
    ]


def test_second_of_two_tabs_is_told(scene):
    visit = start(scene)
    learn = {"visit": visit, "by": scene.owner, "at": AT, "purpose": "", "topics": []}
    proposals.save_learning(revision=visit.revision, title="First", **learn)
    with pytest.raises(EditedMeanwhile) as refusal:
        proposals.save_learning(revision=visit.revision, title="Second", **learn)
    visit.refresh_from_db()
    assert (visit.title, refusal.value.current) == ("First", visit.revision)


def test_only_candidates_are_invited(scene):
    visit = make_draft(scene)
    elsewhere = make_organisation("Elsewhere again", city=make_city("graz", country="AT"))
    proposals.save_invited(
        visit=visit, by=scene.owner, at=AT, revision=None,
        organisations=[elsewhere, scene.host_union, scene.guest_authority],
    )  # fmt: skip
    asked = visit.invitations.filter(is_proposer=False)
    assert [each.organisation for each in asked] == [scene.host_union]


def test_propose_names_the_steps_that_lack(scene):
    with pytest.raises(proposals.ProposalIncomplete) as refusal:
        proposals.propose(visit=start(scene), by=scene.owner, at=AT)
    assert refusal.value.steps == tuple(ProposalStep)


def test_propose_needs_an_answer_by_that_is_ahead(scene):
    visit = make_draft(scene, answer_by=AT.date())
    with pytest.raises(proposals.ProposalIncomplete) as refusal:
        proposals.propose(visit=visit, by=scene.owner, at=AT + timedelta(days=1))
    assert refusal.value.steps == (ProposalStep.DETAILS,)


def test_propose_refuses_days_that_have_passed_since(scene):
    visit = make_draft(scene, answer_by=moved(date(2027, 12, 31)))
    with pytest.raises(DatesRefused):
        proposals.propose(visit=visit, by=scene.owner, at=AT + timedelta(days=150))


def test_propose_refuses_an_organisation_without_contact(scene):
    visit = make_draft(scene)
    Membership.objects.filter(user=scene.union).delete()
    with pytest.raises(NobodyReachable):
        proposals.propose(visit=visit, by=scene.owner, at=AT)
    visit.refresh_from_db()
    assert visit.state == VisitState.DRAFT
    assert not OutboxMessage.objects.exists()


def test_propose_writes_one_mail_a_contact_person(scene):
    second = make_contact(scene.host_union)
    proposals.propose(visit=make_draft(scene), by=scene.owner, at=AT)
    sent = OutboxMessage.objects.filter(kind=Message.INVITATION)
    assert {row.recipient for row in sent} == {scene.host, scene.union, second}
    assert sent.count() == 3


def test_propose_twice_sends_once(scene):
    visit = make_draft(scene)
    proposals.propose(visit=visit, by=scene.owner, at=AT)
    with pytest.raises(MoveNotPossible):
        proposals.propose(visit=visit, by=scene.owner, at=AT)
    assert OutboxMessage.objects.count() == 2


def test_discard_leaves_only_the_record(scene):
    visit = make_draft(scene)
    proposals.discard(visit=visit, by=scene.owner, at=AT)
    assert not StudyVisit.objects.exists()
    assert Event.objects.filter(verb="discard", data__reference=visit.reference).count() == 1


def test_proposed_visit_cannot_be_discarded_or_edited(scene):
    visit = proposals.propose(visit=make_draft(scene), by=scene.owner, at=AT)
    with pytest.raises(MoveNotPossible):
        proposals.discard(visit=visit, by=scene.owner, at=AT)
    with pytest.raises(MoveNotPossible):
        proposals.save_dates(visit=visit, by=scene.owner, at=AT, revision=None, ranges=[])
