"""What the proposer does with a visit that is proposed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from exchanges.domain.dates import DateRange
from exchanges.enums import Answer, InvitationState, VisitState
from exchanges.models import DateOption, Invitation, StudyVisit, VisitCity
from exchanges.operations.proposals import asking, invitations
from exchanges.operations.visits import visits
from exchanges.queries.proposals.answers import answers_of, with_answers
from tests.factories import (
    AT,
    Scene,
    make_contact,
    make_organisation,
    make_partner,
    make_proposed_visit,
)
from tests.moment import moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(scene: Scene) -> StudyVisit:
    return make_proposed_visit(scene)


@pytest.fixture
def owner(client: Client, scene: Scene) -> Client:
    client.force_login(scene.owner)
    return client


def text(response: Any) -> str:
    return " ".join(str(response.content.decode()).split())


def union_of(visit: StudyVisit, scene: Scene) -> Invitation:
    return visit.invitations.get(organisation=scene.host_union)


def addresses(visit: StudyVisit, scene: Scene) -> dict[str, str]:
    start, invitation = f"/visits/{visit.reference}/", union_of(visit, scene).pk
    option = visit.date_options.all()[0].pk
    return {
        "visit-pick-date": f"{start}dates/{option}/pick/",
        "visit-withdraw": f"{start}withdraw/",
        "invitation-add": f"{start}invitations/add/",
        "invitation-withdraw": f"{start}invitations/{invitation}/withdraw/",
        "invitation-send-again": f"{start}invitations/{invitation}/send-again/",
        "invitation-revoke": f"{start}invitations/{invitation}/revoke/",
    }


NAMES = [
    "visit-pick-date",
    "visit-withdraw",
    "invitation-add",
    "invitation-withdraw",
    "invitation-send-again",
    "invitation-revoke",
]
POST_ONLY = {"invitation-send-again", "invitation-revoke"}


def accept_all(scene: Scene, visit: StudyVisit, second: Answer = Answer.YES) -> None:
    first_option, second_option = visit.date_options.all()
    for invitation in visit.invitations.filter(is_proposer=False):
        answers = {first_option.pk: Answer.YES, second_option.pk: second}
        invitations.accept(invitation=invitation, by=invitation, at=AT, answers=answers)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("who", "status"),
    [("colleague", 403), ("union", 403), ("office", 403), ("stranger", 404), ("partner", 404)],
)
def test_only_contacts_of_the_proposer_may(
    client: Client, scene: Scene, visit: StudyVisit, name: str, who: str, status: int
) -> None:
    client.force_login(getattr(scene, who))
    address = addresses(visit, scene)[name]
    assert client.post(address, {"reason": "No"}).status_code == status
    if name not in POST_ONLY:
        assert client.get(address).status_code == status
    visit.refresh_from_db()
    assert visit.state == VisitState.PROPOSED


@pytest.mark.parametrize("name", NAMES)
def test_anonymous_is_asked_to_sign_in(
    client: Client, scene: Scene, visit: StudyVisit, name: str
) -> None:
    answer = client.post(addresses(visit, scene)[name])
    assert "/accounts/login/" in answer["Location"]


@pytest.mark.parametrize("name", NAMES)
def test_get_changes_nothing(owner: Client, scene: Scene, visit: StudyVisit, name: str) -> None:
    answer = owner.get(addresses(visit, scene)[name])
    assert answer.status_code == (405 if name in POST_ONLY else 200)
    invitation = union_of(visit, scene)
    assert (invitation.state, invitation.generation) == (InvitationState.OPEN, 0)


@pytest.mark.parametrize("name", NAMES)
def test_all_of_them_say_that_the_visit_has_moved_on(
    owner: Client, scene: Scene, visit: StudyVisit, name: str
) -> None:
    visits.withdraw(visit=visit, by=scene.owner, at=AT, reason="No time")
    answer = owner.post(addresses(visit, scene)[name], {"reason": "x"}, follow=True)
    assert answer.redirect_chain == [(f"/visits/{visit.reference}/", 302)]
    assert "This step is not possible any more" in text(answer)


# the date


def test_visit_page_says_what_is_missing(owner: Client, scene: Scene, visit: StudyVisit) -> None:
    body = text(owner.get(f"/visits/{visit.reference}/"))
    assert "A local authority on the host side has to accept." in body
    assert "A UnionMigrantNet member on the host side has to accept." in body
    assert "/pick/" not in body


def test_visit_page_offers_only_dates_that_can_be_picked(
    owner: Client, scene: Scene, visit: StudyVisit
) -> None:
    accept_all(scene, visit, second=Answer.NO)
    first, second = visit.date_options.all()
    body = text(owner.get(f"/visits/{visit.reference}/"))
    assert f"/dates/{first.pk}/pick/" in body
    assert f"/dates/{second.pk}/pick/" not in body
    page = owner.get(f"/visits/{visit.reference}/dates/{second.pk}/pick/")
    assert "This date cannot be picked yet." in text(page)
    refused = owner.post(f"/visits/{visit.reference}/dates/{second.pk}/pick/", follow=True)
    assert "said no to these days" in text(refused)
    visit.refresh_from_db()
    assert visit.state == VisitState.PROPOSED


def test_pick_says_who_lapses_and_picks(owner: Client, scene: Scene, visit: StudyVisit) -> None:
    accept_all(scene, visit)
    second = make_organisation("Second union", city=scene.host_city)
    make_partner(scene.programme, second, role="umn_member")
    make_contact(second)
    asking.add(visit=visit, organisation=second, by=scene.owner, at=AT)
    address = addresses(visit, scene)["visit-pick-date"]
    assert "Second union has not answered: its invitation lapses" in text(owner.get(address))
    owner.post(address)
    visit.refresh_from_db()
    assert visit.state == VisitState.AGREED
    assert "This step is not possible any more" in text(owner.post(address, follow=True))


def test_date_of_another_visit_is_not_found(owner: Client, scene: Scene, visit: StudyVisit) -> None:
    other = make_proposed_visit(scene).date_options.all()[0]
    assert owner.post(f"/visits/{visit.reference}/dates/{other.pk}/pick/").status_code == 404


def test_colleague_sees_answers_but_no_buttons(
    client: Client, scene: Scene, visit: StudyVisit
) -> None:
    accept_all(scene, visit)
    client.force_login(scene.colleague)
    body = text(client.get(f"/visits/{visit.reference}/"))
    assert "If need be" in body or "Yes" in body
    assert "/pick/" not in body
    assert "Send again" not in body


def test_answers_are_hosts_first_with_sentences_for_each_guest_city(
    scene: Scene, visit: StudyVisit
) -> None:
    athens = scene.partner.memberships.get().organisation.city
    VisitCity.objects.create(visit=visit, city=athens, role="guest", position=9)
    shown = with_answers(StudyVisit.objects.filter(pk=visit.pk)).get()
    answers = answers_of(shown, scene.owner, AT)
    assert [row.invitation.side for row in answers.rows] == ["host", "host", "guest"]
    assert answers.missing[-1] == "An organisation of Athens has to accept."
    assert [answer for _, answer in answers.rows[-1].answers] == [Answer.YES, Answer.YES]


# answers that are missing


def offer_other_days(scene: Scene, visit: StudyVisit) -> DateOption:
    """All accept; the union says no to all days and offers others."""
    accept_all(scene, visit)
    union = union_of(visit, scene)
    answers = dict.fromkeys(visit.date_options.values_list("pk", flat=True), Answer.NO)
    days = DateRange(moved(date(2027, 5, 4)), moved(date(2027, 5, 6)))
    invitations.accept(invitation=union, by=union, at=AT, answers=answers, offered=[days])
    return visit.date_options.get(start_date=days.start)


def test_page_names_who_owes_an_answer_and_asks_them(
    owner: Client, scene: Scene, visit: StudyVisit
) -> None:
    offer_other_days(scene, visit)
    start = f"/visits/{visit.reference}/"
    body = text(owner.get(start))
    assert "No answer yet: City of Ljubljana" in body
    assert "All who accepted have answered" not in body
    asked = owner.post(f"{start}dates/ask/", follow=True)
    assert "Asked again by mail: City of Ljubljana" in text(asked)


def test_proposer_answers_and_then_picks_with_a_reason(
    owner: Client, scene: Scene, visit: StudyVisit
) -> None:
    option = offer_other_days(scene, visit)
    start = f"/visits/{visit.reference}/dates/"
    page = owner.get(f"{start}answer/")
    own = visit.invitations.get(is_proposer=True)
    data = {f"option-{each.pk}": "yes" for each in visit.date_options.all()}
    assert f"option-{option.pk}" in text(page)
    assert "There is a problem" in text(owner.post(f"{start}answer/", {"revision": own.revision}))
    data["revision"] = str(own.revision)
    assert "Your answer is saved." in text(owner.post(f"{start}answer/", data, follow=True))
    pick = f"{start}{option.pk}/pick/"
    body = text(owner.get(pick))
    assert "City of Ljubljana accepted and has not answered this date." in body
    assert "City of Pordenone accepted and has not" not in body
    assert "There is a problem" in text(owner.post(pick, {"reason": " "}))
    assert owner.post(pick, {"reason": "The hall is booked"}).status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.start_date) == (VisitState.AGREED, option.start_date)


def test_past_dates_are_named_and_not_offered(
    owner: Client, scene: Scene, visit: StudyVisit, clock: Any
) -> None:
    accept_all(scene, visit)
    last = visit.date_options.all()[1].start_date
    clock.move_to(datetime.combine(last + timedelta(days=1), time(12), UTC))
    owner.force_login(scene.owner)
    body = text(owner.get(f"/visits/{visit.reference}/"))
    assert "All dates are past. Ask for other dates." in body
    assert "/pick/" not in body


# invitations


def test_add_asks_another_partner(owner: Client, scene: Scene, visit: StudyVisit) -> None:
    address = addresses(visit, scene)["invitation-add"]
    assert "All are invited" in text(owner.get(address))
    second = make_organisation("Second union", city=scene.host_city)
    make_partner(scene.programme, second, role="umn_member")
    assert "has no contact person yet" in text(owner.get(address))
    refused = owner.post(address, {"organisation": second.pk})
    assert "Second union has no contact person yet." in text(refused)
    make_contact(second)
    assert owner.post(address, {"organisation": second.pk}).status_code == 302
    assert visit.invitations.get(organisation=second).state == InvitationState.OPEN


@pytest.mark.parametrize("wanted", ["", "x", "999999", "0"])
def test_add_of_nobody_is_refused(
    owner: Client, scene: Scene, visit: StudyVisit, wanted: str
) -> None:
    answer = owner.post(addresses(visit, scene)["invitation-add"], {"organisation": wanted})
    assert "Choose an organisation." in text(answer)


def test_withdraw_says_who_is_told(owner: Client, scene: Scene, visit: StudyVisit) -> None:
    address = addresses(visit, scene)["invitation-withdraw"]
    assert "Union" in text(owner.get(address))
    body = text(owner.post(address, follow=True))
    assert "The invitation of NSDS is taken back." in body
    assert union_of(visit, scene).state == InvitationState.WITHDRAWN


@pytest.mark.parametrize("name", sorted(POST_ONLY))
def test_send_again_and_revoke(owner: Client, scene: Scene, visit: StudyVisit, name: str) -> None:
    body = text(owner.post(addresses(visit, scene)[name], follow=True))
    assert "stopped working" in body
    assert union_of(visit, scene).generation == 1


def test_proposers_own_part_is_no_invitation(
    owner: Client, scene: Scene, visit: StudyVisit
) -> None:
    own = visit.invitations.get(is_proposer=True).pk
    for act in ("withdraw", "send-again", "revoke"):
        address = f"/visits/{visit.reference}/invitations/{own}/{act}/"
        assert owner.post(address).status_code == 404


def test_withdrawing_the_visit_needs_a_reason(
    owner: Client, scene: Scene, visit: StudyVisit
) -> None:
    address = addresses(visit, scene)["visit-withdraw"]
    for reason in ("", "  ", "a\0b", "x" * 100_000):
        assert "There is a problem" in text(owner.post(address, {"reason": reason}))
    assert owner.post(address, {"reason": "Elections"}).status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.state_reason) == (VisitState.WITHDRAWN, "Elections")
