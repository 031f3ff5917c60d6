from datetime import date, timedelta
from email import message_from_bytes
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.urls import resolve
from django.utils import translation
from icalendar import Calendar

from exchanges.enums import InvitationState, Message, MessageState, VisitState
from exchanges.exports.calendar.visit import visit_ics
from exchanges.links import PURPOSE_ACCOUNT, PURPOSE_INVITATION, proves, read_token
from exchanges.mail.preview import preview_invitation
from exchanges.mail.registry import Obsolete, registered_kinds
from exchanges.mail.rendering import render
from exchanges.models import AccountInvitation, Membership, OutboxMessage, Practice
from exchanges.operations.mail.outbox import tell, tell_address
from exchanges.operations.proposals import invitations
from exchanges.operations.visits import visits
from exchanges.words import formats
from tests.factories import (
    AT,
    make_agenda_item,
    make_agreed_visit,
    make_completed_visit,
    make_confirmed_visit,
    make_draft,
    make_proposed_visit,
)
from tests.factories.messages import make_message
from tests.factories.visits import FIRST_DAYS, SECOND_DAYS
from tests.moment import USUAL, moved

pytestmark = pytest.mark.django_db


def message_for(person, kind, **about):
    tell([person], kind, at=AT, **about)
    return OutboxMessage.objects.filter(recipient=person, kind=kind).latest("pk")


def mail_for(person, kind, **about):
    return render(message_for(person, kind, **about), at=AT)


def html_of(mail):
    return mail.alternatives[0][0]


def calendars_in(mail):
    parsed = message_from_bytes(mail.message().as_bytes(linesep="\r\n"))
    return [part for part in parsed.walk() if part.get_content_type() == "text/calendar"]


def asked(visit, organisation):
    return visit.invitations.get(organisation=organisation)


def test_every_kind_has_a_letter():
    ours = {kind.value for kind in Message if not kind.startswith("agreement_")}
    assert ours <= registered_kinds()


def test_invitation_says_what_why_when_who_and_by_when(scene):
    practice = Practice.objects.create(slug="desk", title="Desk for newcomers")
    practice.organisations.add(scene.host_union)
    practice.topics.add(scene.topic)
    visit = make_proposed_visit(scene, message="We look forward.")
    invitation = asked(visit, scene.host_union)

    mail = mail_for(scene.union, Message.INVITATION, visit=visit.pk, invitation=invitation.pk)

    assert mail.subject == "Invitation to a study visit: One-stop shops"
    assert mail.to == [scene.union.email]
    first, second = (formats.day_range(days.start, days.end) for days in (FIRST_DAYS, SECOND_DAYS))
    for words in (
        "Dear Union,",
        "City of Pordenone asks NSDS to host a study visit in Ljubljana.",
        "You are asked as UnionMigrantNet member in Ljubljana, the city that would host.",
        "Purpose: See it.",
        "What you could show: Desk for newcomers.",
        f"Dates: {first}; {second}",
        "Also asked: City of Ljubljana",
        f"Answer by: {formats.day(moved(date(2026, 12, 12)))}",
        "We look forward.",
    ):
        assert words in mail.body
    links = [word for word in mail.body.split() if word.startswith("http")]
    assert len(links) == 1
    token = read_token(links[0].removeprefix(f"{django_settings.BASE_URL}/i/").removesuffix("/"))
    assert (token.subject, token.person) == (invitation.pk, scene.union.pk)
    assert proves(token, PURPOSE_INVITATION, generation=invitation.generation)
    assert f'href="{links[0]}"' in html_of(mail)


@pytest.mark.parametrize("kind", [Message.INVITATION, Message.INVITATION_REMINDER])
def test_invitation_answered_meanwhile_is_obsolete(scene, kind):
    visit = make_proposed_visit(scene)
    invitation = asked(visit, scene.host_union)
    message = message_for(scene.union, kind, visit=visit.pk, invitation=invitation.pk)
    render(message, at=AT)
    answers = {option.pk: "yes" for option in visit.date_options.all()}
    invitations.accept(invitation=invitation, by=scene.union, at=AT, answers=answers)
    with pytest.raises(Obsolete):
        render(message, at=AT)


def test_invitation_of_someone_who_left_is_obsolete(scene):
    visit = make_proposed_visit(scene)
    invitation = asked(visit, scene.host_union)
    message = message_for(scene.union, Message.INVITATION, invitation=invitation.pk)
    Membership.objects.filter(user=scene.union).delete()
    with pytest.raises(Obsolete):
        render(message, at=AT)


def test_no_letter_goes_to_a_closed_account(scene):
    message = message_for(
        scene.office, Message.VISIT_CONFIRMED, visit=make_confirmed_visit(scene).pk
    )
    scene.office.is_active = False
    scene.office.save()
    with pytest.raises(Obsolete):
        render(OutboxMessage.objects.get(pk=message.pk), at=AT)


def test_invitation_of_a_withdrawn_visit_is_obsolete(scene):
    visit = make_proposed_visit(scene)
    message = message_for(
        scene.union, Message.INVITATION, invitation=asked(visit, scene.host_union).pk
    )
    visits.withdraw(visit=visit, by=scene.owner, at=AT, reason="No time")
    with pytest.raises(Obsolete):
        render(message, at=AT)


def test_every_message_that_the_story_queues_can_be_rendered(scene):
    """From proposal to completion; each is rendered at once, as a quick worker does."""
    rendered = set()

    def render_new():
        for message in OutboxMessage.objects.filter(state=MessageState.QUEUED):
            mail = render(message, at=AT)
            assert mail.subject
            assert "None" not in mail.body
            rendered.add(message.kind)
            message.delete()

    visit = make_proposed_visit(scene)
    render_new()
    options = list(visit.date_options.all())
    answers = {option.pk: "yes" for option in options}
    for organisation, person in (
        (scene.host_authority, scene.host),
        (scene.host_union, scene.union),
    ):
        invitation = asked(visit, organisation)
        invitations.accept(invitation=invitation, by=person, at=AT, answers=answers)
        render_new()
    visits.pick_date(visit=visit, option=options[0], by=scene.owner, at=AT)
    render_new()
    visits.return_to_proposer(visit=visit, by=scene.office, at=AT, reason="Another week?")
    render_new()
    visits.pick_date(visit=visit, option=options[1], by=scene.owner, at=AT)
    visits.confirm(visit=visit, by=scene.office, at=AT)
    OutboxMessage.objects.filter(kind=Message.VISIT_AGREED).delete()
    render_new()
    visits.complete(visit=visit, by=scene.host, at=AT + timedelta(days=365))
    render_new()

    assert rendered >= {
        "invitation", "invitation_answered", "visit_ready", "visit_agreed", "visit_returned",
        "visit_confirmed", "visit_completed",
    }  # fmt: skip


def test_confirmation_brings_the_calendar(scene):
    visit = make_confirmed_visit(scene)
    mail = mail_for(scene.host, Message.VISIT_CONFIRMED, visit=visit.pk)
    (attached,) = calendars_in(mail)
    assert attached.get_filename() == "visit.ics"
    content = attached.get_payload(decode=True)
    assert content == visit_ics(
        visit, url=f"{django_settings.BASE_URL}/visits/{visit.reference}/agenda/"
    )
    calendar = Calendar.from_ical(content)
    assert calendar.walk("VEVENT")[0].decoded("DTSTART") == FIRST_DAYS.start


def test_changed_agenda_brings_the_calendar_with_its_sessions(scene):
    visit = make_confirmed_visit(scene)
    make_agenda_item(scene, visit, title="Migration Information Point")
    mail = mail_for(scene.host, Message.AGENDA_CHANGED, visit=visit.pk)
    assert mail.subject.startswith("The agenda has changed: ")
    for text in (mail.body, html_of(mail)):
        assert "The agenda of the study visit to Ljubljana has changed." in text
    (attached,) = calendars_in(mail)
    assert b"SUMMARY:Migration Information Point" in attached.get_payload(decode=True)


def test_cancellation_brings_the_reason_and_a_cancelled_calendar(scene):
    visit = make_confirmed_visit(scene)
    message = message_for(scene.host, Message.VISIT_CANCELLED, visit=visit.pk)
    with pytest.raises(Obsolete):
        render(message, at=AT)
    visits.cancel(visit=visit, by=scene.office, at=AT, reason="A strike of the railways")
    mail = render(message, at=AT)
    assert "A strike of the railways" in mail.body
    assert b"STATUS:CANCELLED" in calendars_in(mail)[0].get_payload(decode=True)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (Message.VISIT_DECLINED, VisitState.DECLINED),
        (Message.VISIT_WITHDRAWN, VisitState.WITHDRAWN),
    ],
)
def test_letter_about_an_end_is_sent_only_while_true(scene, kind, state):
    visit = make_proposed_visit(scene)
    message = message_for(scene.owner, kind, visit=visit.pk)
    with pytest.raises(Obsolete):
        render(message, at=AT)
    type(visit).objects.filter(pk=visit.pk).update(state=state)
    assert "One-stop shops" in render(message, at=AT).subject


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (Message.INVITATION_WITHDRAWN, InvitationState.WITHDRAWN),
        (Message.INVITATION_LAPSED, InvitationState.LAPSED),
    ],
)
def test_letter_about_an_invitation_that_ended_finds_it_by_visit_and_person(scene, kind, state):
    visit = make_proposed_visit(scene)
    visit.invitations.filter(organisation=scene.host_union).update(state=state)
    mail = mail_for(scene.union, kind, visit=visit.pk)
    assert "NSDS" in mail.body
    assert "/i/" not in mail.body


def test_reminder_to_name_delegates_is_obsolete_once_they_are_named(scene):
    visit = make_confirmed_visit(scene)
    about = {"visit": visit.pk, "step": "delegates", "organisation": scene.host_union.pk}
    message = message_for(scene.union, Message.VISIT_REMINDER, **about)
    mail = render(message, at=AT)
    assert mail.subject == "Please name your delegates: One-stop shops"
    assert "NSDS has not yet named" in mail.body
    visit.delegates.create(
        organisation=scene.host_union, name="Ana", email="ana@example.org", added_at=AT
    )
    with pytest.raises(Obsolete):
        render(message, at=AT)


@pytest.mark.parametrize(
    ("step", "make"), [("confirm", make_agreed_visit), ("complete", make_confirmed_visit)]
)
def test_reminder_of_a_step_that_was_taken_is_obsolete(scene, step, make):
    visit = make(scene)
    message = message_for(scene.office, Message.VISIT_REMINDER, visit=visit.pk, step=step)
    assert "One-stop shops" in render(message, at=AT).subject
    if step == "confirm":
        visits.confirm(visit=visit, by=scene.office, at=AT)
    else:
        visits.complete(visit=visit, by=scene.host, at=AT + timedelta(days=365))
    with pytest.raises(Obsolete):
        render(message, at=AT)


def test_names_can_inject_neither_header_nor_markup(scene):
    visit = make_proposed_visit(scene)
    title = "Shops\r\nBcc: all@example.org\n<script>alert(1)</script> \u202eevil"
    type(visit).objects.filter(pk=visit.pk).update(title=title)
    mail = mail_for(scene.union, Message.INVITATION, invitation=asked(visit, scene.host_union).pk)
    parsed = mail.message()
    assert parsed["Bcc"] is None
    assert "\n" not in mail.subject
    assert "\u202e" not in mail.subject
    assert "<script>" not in html_of(mail)
    assert "<script>" in mail.body  # plain text is not escaped


@pytest.mark.moment(USUAL)
def test_language_of_the_message_goes_before_the_person_s(scene):
    scene.union.language = "it"
    scene.union.save()
    visit = make_proposed_visit(scene)
    invitation = asked(visit, scene.host_union)
    with translation.override("bg"):
        mail = mail_for(scene.union, Message.INVITATION, invitation=invitation.pk)
    assert "9–11 marzo 2027" in mail.body
    assert '<html lang="it">' in html_of(mail)
    message = OutboxMessage.objects.latest("pk")
    message.language = "sl"
    assert (
        "marec 2027" in render(message, at=USUAL).body
        or "marca 2027" in render(message, at=USUAL).body
    )


def test_account_invitation_proves_itself(scene):
    invitation = AccountInvitation.objects.create(
        email="new@example.org", organisation=scene.host_union, role="contact",
        invited_by=scene.union, invited_at=AT, expires_at=AT + timedelta(days=14), generation=3,
    )  # fmt: skip
    message = tell_address(
        invitation.email, Message.ACCOUNT_INVITATION, at=AT, account_invitation=invitation.pk
    )
    mail = render(message, at=AT)
    assert mail.to == ["new@example.org"]
    (link,) = [word for word in mail.body.split() if word.startswith("http")]
    token = read_token(link.removeprefix(f"{django_settings.BASE_URL}/j/").removesuffix("/"))
    assert token.subject == invitation.pk
    assert proves(token, PURPOSE_ACCOUNT, generation=3)
    AccountInvitation.objects.update(revoked_at=AT)
    with pytest.raises(Obsolete):
        render(message, at=AT)


def test_account_mail_holds_the_sealed_text_only_once_rendered():
    message = make_message("a@example.org", at=AT, text="Your code: 123-456 & <b>")
    assert b"123-456" not in bytes(message.secret)
    mail = render(message, at=AT)
    assert mail.body.startswith("Your code: 123-456 & <b>")
    assert "123-456 &amp; &lt;b&gt;" in html_of(mail)


def test_preview_reads_as_the_mail_but_for_the_link(scene):
    visit = make_draft(scene)
    shown = preview_invitation(asked(visit, scene.host_union), scene.union)
    assert shown.subject == "Invitation to a study visit: One-stop shops"
    assert "NSDS" in shown.text
    assert "http" not in shown.text
    assert "It is made when the mail is sent." in shown.text
    assert "It is made when the mail is sent." in shown.html


def test_plain_text_has_no_gaps(scene):
    visit = make_completed_visit(scene)
    mail = mail_for(scene.host, Message.VISIT_COMPLETED, visit=visit.pk)
    assert "\n\n\n" not in mail.body
    assert mail.body.startswith("Dear Host,\n\n")


def test_html_has_a_paragraph_for_each_of_the_text(scene):
    visit = make_completed_visit(scene)
    mail = mail_for(scene.host, Message.VISIT_COMPLETED, visit=visit.pk)
    _hello, thanks, rest, *_facts = mail.body.split("\n\n")
    assert f"<p>{thanks}</p>\n<p>{rest}</p>\n" in html_of(mail)


def test_links_to_pages_lead_there(scene):
    visit = make_confirmed_visit(scene)
    mail = mail_for(scene.host, Message.VISIT_CONFIRMED, visit=visit.pk)
    (link,) = [word for word in mail.body.split() if word.startswith("http")]
    assert resolve(urlsplit(link).path).url_name == "visit-detail"
