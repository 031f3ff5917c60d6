"""Answering by link and signed in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from exchanges.domain.dates import DateRange
from exchanges.enums import Answer, InvitationState, VisitState
from exchanges.links import PURPOSE_ACCOUNT, PURPOSE_INVITATION, make_token
from exchanges.models import Event, Invitation, Membership, Practice, StudyVisit, User
from exchanges.operations.proposals import asking, invitations
from exchanges.operations.visits import visits
from exchanges.words import formats
from tests.factories import (
    AT,
    Scene,
    make_contact,
    make_draft,
    make_organisation,
    make_partner,
    make_proposed_visit,
)
from tests.factories.visits import FIRST_DAYS
from tests.moment import Clock, moved, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(scene: Scene) -> StudyVisit:
    return make_proposed_visit(scene)


@pytest.fixture
def invitation(scene: Scene, visit: StudyVisit) -> Invitation:
    return visit.invitations.get(organisation=scene.host_union)


@pytest.fixture
def link(scene: Scene, invitation: Invitation) -> str:
    return link_for(invitation, scene.union)


def link_for(invitation: Invitation, person: User, **parts: Any) -> str:
    values = {
        "subject": invitation.pk, "person": person.pk, "generation": invitation.generation,
    }  # fmt: skip
    purpose = parts.pop("purpose", PURPOSE_INVITATION)
    return f"/i/{make_token(purpose, **{**values, **parts})}/"


def text(response: Any) -> str:
    return " ".join(str(response.content.decode()).split())


def typed(invitation: Invitation, **more: Any) -> dict[str, Any]:
    """An acceptance that says yes to every date."""
    invitation.refresh_from_db()
    options = {f"option-{each.pk}": "yes" for each in invitation.visit.date_options.all()}
    return {"action": "accept", "revision": invitation.revision, "word": "", **options, **more}


def state_of(invitation: Invitation) -> str:
    return Invitation.objects.get(pk=invitation.pk).state


# the page


def test_link_shows_who_asks_what_and_why(client: Client, scene: Scene, link: str) -> None:
    practice = Practice.objects.create(slug="desk", title="Desk for newcomers")
    practice.organisations.add(scene.host_union)
    practice.topics.add(scene.topic)
    body = text(client.get(link))
    for words in (
        "Will you host Pordenone in Ljubljana?",
        "Invitation to NSDS",
        "City of Pordenone",
        "City of Ljubljana",
        "waiting",
        "About 6 people from Pordenone, English",
        "Desk for newcomers",
        formats.day(moved(date(2026, 12, 12))),
        formats.day_range(FIRST_DAYS.start, FIRST_DAYS.end),
    ):
        assert words in body
    assert body.count('type="radio"') == 6


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_a_link_changes_nothing(
    client: Client, invitation: Invitation, link: str, method: str
) -> None:
    events = Event.objects.count()
    answer = getattr(client, method)(link)
    assert answer.status_code == 200
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert (state_of(invitation), Event.objects.count()) == (InvitationState.OPEN, events)


def test_link_speaks_the_persons_language_until_another_is_chosen(
    client: Client, scene: Scene, link: str
) -> None:
    User.objects.filter(pk=scene.union.pk).update(language="sl")
    assert '<html lang="sl">' in text(client.get(link, headers={"Accept-Language": "fr"}))
    client.cookies["django_language"] = "it"
    assert '<html lang="it">' in text(client.get(link))


def test_post_without_csrf_token_is_refused(link: str, invitation: Invitation) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link, typed(invitation)).status_code == 403
    assert state_of(invitation) == InvitationState.OPEN


# links that do not work


@pytest.mark.parametrize(
    "token", ["x", "1-2", "1-2-", "1-2-é", "9" * 400, "1-2-" + "A" * 27, "%00"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_garbage_is_not_found(client: Client, visit: StudyVisit, token: str, method: str) -> None:
    assert getattr(client, method)(f"/i/{token}/").status_code == 404


def test_foreign_links_are_not_found(
    client: Client, scene: Scene, visit: StudyVisit, invitation: Invitation, link: str
) -> None:
    other = visit.invitations.get(organisation=scene.host_authority)
    own = visit.invitations.get(is_proposer=True)
    mac = link.rstrip("/").partition("-")[2].partition("-")[2]
    for address in (
        f"/i/{other.pk}-{scene.union.pk}-{mac}/",
        f"/i/{invitation.pk}-{scene.host.pk}-{mac}/",
        link_for(invitation, scene.union, purpose=PURPOSE_ACCOUNT),
        link_for(invitation, scene.union, subject=999_999),
        link_for(own, scene.owner),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, typed(invitation)).status_code == 404


def test_link_of_a_draft_is_not_found(client: Client, scene: Scene) -> None:
    waiting = make_draft(scene).invitations.get(organisation=scene.host_union)
    assert client.get(link_for(waiting, scene.union)).status_code == 404


def gone(client: Client, link: str, invitation: Invitation) -> str:
    page = client.get(link)
    assert page.status_code == 410
    assert client.post(link, typed(invitation)).status_code == 410
    assert state_of(invitation) == InvitationState.OPEN
    return text(page)


def test_revoked_link_is_gone_and_says_what_to_do(
    client: Client, scene: Scene, invitation: Invitation, link: str
) -> None:
    asking.revoke_links(invitation=invitation, by=scene.owner, at=AT)
    body = gone(client, link, invitation)
    assert "Look for a newer mail" in body
    assert "One-stop shops" not in body


def test_link_sent_before_is_gone_and_the_new_one_works(
    client: Client, scene: Scene, invitation: Invitation, link: str
) -> None:
    again = asking.send_again(invitation=invitation, by=scene.owner, at=AT)
    gone(client, link, invitation)
    assert client.get(link_for(again, scene.union)).status_code == 200


def test_expired_link_is_gone(
    client: Client, invitation: Invitation, link: str, clock: Clock
) -> None:
    assert invitation.link_expires_at is not None
    clock.move_to(invitation.link_expires_at - timedelta(minutes=1))
    assert client.get(link).status_code == 200
    clock.move_to(invitation.link_expires_at + timedelta(minutes=1))
    last = formats.day(invitation.link_expires_at.date(), "long")
    assert f"It was valid until {last}." in gone(client, link, invitation)


def test_link_of_somebody_who_left_is_gone(
    client: Client, scene: Scene, invitation: Invitation, link: str
) -> None:
    Membership.objects.filter(user=scene.union).update(role="member")
    assert "no longer a contact person" in gone(client, link, invitation)


def test_link_of_a_closed_account_is_gone(
    client: Client, scene: Scene, invitation: Invitation, link: str
) -> None:
    User.objects.filter(pk=scene.union.pk).update(is_active=False)
    gone(client, link, invitation)


# too late


def stands(client: Client, link: str, invitation: Invitation) -> str:
    state, events = state_of(invitation), Event.objects.count()
    page = client.get(link)
    assert page.status_code == 200
    assert 'type="radio"' not in text(page)
    for action in ("accept", "decline", "decline_now"):
        late = client.post(link, typed(invitation, action=action, reason="No"))
        assert late.status_code == 409
        assert "This invitation can no longer be answered" in text(late)
    assert (state_of(invitation), Event.objects.count()) == (state, events)
    return text(page)


def agree(scene: Scene, visit: StudyVisit) -> None:
    for organisation in (scene.host_authority, scene.host_union):
        each = visit.invitations.get(organisation=organisation)
        answers = {option.pk: Answer.YES for option in visit.date_options.all()}
        invitations.accept(invitation=each, by=each, at=AT, answers=answers)
    option = visit.date_options.all()[0]
    visits.pick_date(visit=visit, option=option, by=scene.owner, at=AT)


def test_link_after_the_date_was_picked_shows_where_it_stands(
    client: Client, scene: Scene, visit: StudyVisit, invitation: Invitation, link: str
) -> None:
    agree(scene, visit)
    days = formats.day_range(FIRST_DAYS.start, FIRST_DAYS.end)
    assert f"The date is picked: {days}." in stands(client, link, invitation)


def test_lapsed_invitation_says_so(client: Client, scene: Scene, visit: StudyVisit) -> None:
    second = make_organisation("Second union", city=scene.host_city)
    make_partner(scene.programme, second, role="umn_member")
    person = make_contact(second)
    invited = asking.add(visit=visit, organisation=second, by=scene.owner, at=AT)
    agree(scene, visit)
    invited.refresh_from_db()
    assert "Your invitation lapsed" in stands(client, link_for(invited, person), invited)


def test_link_of_a_withdrawn_visit_shows_the_reason(
    client: Client, scene: Scene, visit: StudyVisit, invitation: Invitation, link: str
) -> None:
    visits.withdraw(visit=visit, by=scene.owner, at=AT, reason="Elections came first")
    body = stands(client, link, invitation)
    assert "City of Pordenone withdrew the visit." in body
    assert "Elections came first" in body


def test_link_of_a_withdrawn_invitation_is_gone(
    client: Client, scene: Scene, invitation: Invitation, link: str
) -> None:
    asking.withdraw(invitation=invitation, by=scene.owner, at=AT)
    assert client.get(link).status_code == 410


# answering


def test_acceptance_by_link_is_the_invitations_own_act(
    client: Client, invitation: Invitation, link: str
) -> None:
    answer = client.post(link, typed(invitation, word="Gladly."))
    assert (answer.status_code, answer["Location"]) == (302, link)
    page = text(client.get(link))
    assert "Thank you, you take part" in page
    assert "Change your answer" in page
    event = Event.objects.filter(verb="accept").get()
    assert event.actor == f"invitation:{invitation.pk}"
    changed = text(client.get(f"{link}?change=1"))
    assert changed.count("checked") == 2
    assert "Gladly." in changed


def test_unanswered_date_is_asked_for_and_the_rest_stays(
    client: Client, visit: StudyVisit, invitation: Invitation, link: str
) -> None:
    first, second = visit.date_options.all()
    data = typed(invitation, word="Gladly.")
    data[f"option-{first.pk}"] = "if_need_be"
    del data[f"option-{second.pk}"]
    body = text(client.post(link, data))
    assert "There is a problem" in body
    assert f'href="#option-{second.pk}"' in body
    assert 'value="if_need_be" checked' in body
    assert "Gladly." in body
    assert state_of(invitation) == InvitationState.OPEN


def test_date_that_came_in_meanwhile_is_asked_for(
    client: Client, scene: Scene, visit: StudyVisit, invitation: Invitation, link: str
) -> None:
    stale = typed(invitation, word="Gladly.")
    other = visit.invitations.get(organisation=scene.host_authority)
    invitations.accept(
        invitation=other, by=other, at=AT,
        answers={option.pk: Answer.YES for option in visit.date_options.all()},
        offered=[DateRange(moved(date(2027, 5, 4)), moved(date(2027, 5, 6)))],
    )  # fmt: skip
    body = text(client.post(link, stale))
    assert "There is a problem" in body
    assert "offered by City of Ljubljana" in body
    assert body.count("checked") == 2
    assert "Gladly." in body


def test_unknown_options_and_values(
    client: Client, visit: StudyVisit, invitation: Invitation, link: str
) -> None:
    first = visit.date_options.all()[0]
    wrong = client.post(link, typed(invitation, **{f"option-{first.pk}": "perhaps"}))
    assert "There is a problem" in text(wrong)
    more = {"option-999999": "no", "option-x": "yes"}
    assert client.post(link, typed(invitation, **more)).status_code == 302


def test_other_dates_are_offered_and_others_asked_again(
    client: Client, scene: Scene, visit: StudyVisit, invitation: Invitation, link: str
) -> None:
    other = visit.invitations.get(organisation=scene.host_authority)
    theirs = link_for(other, scene.host)
    client.post(theirs, typed(other))
    client.post(link, typed(invitation, start_0=posted("2027-05-04"), end_0=posted("2027-05-06")))
    assert visit.date_options.count() == 3
    page = text(client.get(theirs))
    assert "Other dates were offered since you accepted." in page
    assert page.count("checked") == 2


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ((posted("2027-05-06"), posted("2027-05-04")), "The last day is before the first day."),
        ((posted("2026-11-01"), posted("2026-11-02")), "The first day is in the past."),
        ((posted("2027-05-01"), posted("2027-05-31")), "A visit lasts at most 30 days."),
        ((posted("2027-05-01"), ""), "Give both days"),
    ],
)
def test_own_dates_are_refused_at_their_row(
    client: Client, invitation: Invitation, link: str, days: tuple[str, str], sentence: str
) -> None:
    body = text(client.post(link, typed(invitation, start_0=days[0], end_0=days[1], word="Kept")))
    assert sentence in body
    assert '<details class="offer" open>' in body
    assert f'value="{days[0]}"' in body
    assert "Kept" in body
    assert state_of(invitation) == InvitationState.OPEN


def test_decline_asks_for_the_reason_in_a_step_of_its_own(
    client: Client, invitation: Invitation, link: str
) -> None:
    step = text(client.post(link, typed(invitation, action="decline", word="Kept")))
    assert "Why can you not take part?" in step
    assert 'value="Kept"' in step
    assert state_of(invitation) == InvitationState.OPEN
    empty = text(client.post(link, typed(invitation, action="decline_now", reason=" ")))
    assert "Say why: those who asked will read it." in empty
    back = text(client.post(link, typed(invitation, action="back", word="Kept")))
    assert back.count("checked") == 2
    assert "Kept" in back
    assert "There is a problem" not in back
    done = client.post(link, typed(invitation, action="decline_now", reason="No time"))
    assert done.status_code == 302
    page = text(client.get(link))
    assert "You declined." in page
    assert "No time" in page
    assert state_of(invitation) == InvitationState.DECLINED


def test_same_answer_sent_twice_is_harmless(
    client: Client, invitation: Invitation, link: str
) -> None:
    data = typed(invitation, start_0=posted("2027-05-04"), end_0=posted("2027-05-06"))
    assert [client.post(link, data).status_code for _ in range(2)] == [302, 302]
    assert Event.objects.filter(verb="accept").count() == 1
    refusal = typed(invitation, action="decline_now", reason="No time")
    assert [client.post(link, refusal).status_code for _ in range(2)] == [302, 302]
    assert Event.objects.filter(verb="decline").count() == 1


def test_second_contact_is_told_and_loses_nothing(
    client: Client, scene: Scene, invitation: Invitation, link: str
) -> None:
    first, second = typed(invitation, word="Mine"), typed(invitation, word="Yours")
    client.post(link, first)
    answer = client.post(link, second)
    body = text(answer)
    assert answer.status_code == 409
    assert "Somebody else saved this while you were typing." in body
    assert "What is saved now" in body
    assert body.count("Mine") == 1
    assert "Yours</textarea>" in body
    assert f'name="revision" value="{invitation.revision + 1}"' in body


def test_second_contact_who_declines_is_told(
    client: Client, invitation: Invitation, link: str
) -> None:
    declining = typed(invitation, action="decline_now", reason="No time")
    client.post(link, typed(invitation))
    answer = client.post(link, declining)
    assert answer.status_code == 409
    assert "No time" in text(answer)
    assert state_of(invitation) == InvitationState.ACCEPTED


@pytest.mark.parametrize("word", ["a\0b", "a\x07b", "a\u202eb", "x" * 100_000])
def test_words_that_cannot_be_kept_are_refused(
    client: Client, invitation: Invitation, link: str, word: str
) -> None:
    assert "There is a problem" in text(client.post(link, typed(invitation, word=word)))
    refusal = typed(invitation, action="decline_now", reason=word)
    assert "There is a problem" in text(client.post(link, refusal))
    assert state_of(invitation) == InvitationState.OPEN


def test_markup_in_words_is_shown_as_text(
    client: Client, invitation: Invitation, link: str
) -> None:
    bad = "<script>alert(1)</script>"
    step = client.post(link, typed(invitation, action="decline", word=bad))
    assert bad not in text(step)
    client.post(link, typed(invitation, word=bad))
    assert bad not in text(client.get(link))
    assert "&lt;script&gt;" in text(client.get(link))


def test_proposed_visit_stays_proposed_by_one_answer(
    client: Client, visit: StudyVisit, invitation: Invitation, link: str
) -> None:
    client.post(link, typed(invitation))
    visit.refresh_from_db()
    assert visit.state == VisitState.PROPOSED


# signed in


def test_inbox_shows_what_waits_first(client: Client, scene: Scene, visit: StudyVisit) -> None:
    answered = make_proposed_visit(scene)
    mine = answered.invitations.get(organisation=scene.host_union)
    invitations.decline(invitation=mine, by=scene.union, at=AT, reason="No time")
    client.force_login(scene.union)
    body = text(client.get("/inbox/"))
    assert body.index(visit.reference) < body.index(answered.reference)
    assert visit.answer_by is not None
    assert f"by {formats.day(visit.answer_by, 'brief')}" in body
    assert "Declined" in body


def test_empty_inbox_says_what_will_be_there(client: Client, scene: Scene) -> None:
    make_draft(scene)
    client.force_login(scene.partner)
    assert "Nothing waits for you" in text(client.get("/inbox/"))


def test_contact_answers_signed_in(client: Client, scene: Scene, invitation: Invitation) -> None:
    client.force_login(scene.union)
    address = f"/inbox/{invitation.pk}/"
    assert client.get(address).status_code == 200
    assert client.post(address, typed(invitation)).status_code == 302
    event = Event.objects.filter(verb="accept").get()
    assert event.actor == f"user:{scene.union.pk}"
    assert "Thank you, you take part" in text(client.get(address))


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 404), ("host", 404), ("office", 404), ("stranger", 404), ("partner", 404)],
)
def test_invitation_is_for_its_organisation(
    client: Client, scene: Scene, invitation: Invitation, who: str, status: int
) -> None:
    client.force_login(getattr(scene, who))
    address = f"/inbox/{invitation.pk}/"
    assert client.get(address).status_code == status
    assert client.post(address, typed(invitation)).status_code == status


def test_member_who_is_no_contact_cannot_answer(
    client: Client, scene: Scene, invitation: Invitation
) -> None:
    Membership.objects.filter(user=scene.union).update(role="member")
    client.force_login(scene.union)
    assert client.get("/inbox/").status_code == 200
    assert client.get(f"/inbox/{invitation.pk}/").status_code == 403
    assert client.post(f"/inbox/{invitation.pk}/", typed(invitation)).status_code == 403


@pytest.mark.parametrize("address", ["/inbox/", "/inbox/1/"])
def test_inbox_asks_the_anonymous_to_sign_in(client: Client, address: str) -> None:
    assert client.get(address).status_code == 302


def test_withdrawn_invitation_is_listed_but_not_opened(
    client: Client, scene: Scene, invitation: Invitation
) -> None:
    asking.withdraw(invitation=invitation, by=scene.owner, at=AT)
    client.force_login(scene.union)
    assert "Withdrawn" in text(client.get("/inbox/"))
    assert client.get(f"/inbox/{invitation.pk}/").status_code == 404


# queries


def test_number_of_queries_does_not_grow(
    client: Client,
    scene: Scene,
    visit: StudyVisit,
    link: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.get(link)
    with django_assert_max_num_queries(100) as few:
        client.get(link)
    for _ in range(3):
        union = make_organisation(city=scene.host_city)
        make_partner(scene.programme, union, role="umn_member")
        make_contact(union)
        more = asking.add(visit=visit, organisation=union, by=scene.owner, at=AT)
        first = moved(date(2027, 6, more.pk % 20 + 1))
        offered = DateRange(first, first + timedelta(days=1))
        answers = {option.pk: Answer.YES for option in visit.date_options.all()}
        invitations.accept(invitation=more, by=more, at=AT, answers=answers, offered=[offered])
    with django_assert_max_num_queries(len(few)):
        client.get(link)


def test_number_of_queries_of_the_inbox_does_not_grow(
    client: Client, scene: Scene, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(scene.union)
    make_proposed_visit(scene)
    client.get("/inbox/")
    with django_assert_max_num_queries(100) as few:
        client.get("/inbox/")
    for _ in range(2):
        make_proposed_visit(scene)
    with django_assert_max_num_queries(len(few)):
        client.get("/inbox/")
