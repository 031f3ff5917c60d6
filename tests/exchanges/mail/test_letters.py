from datetime import date, time, timedelta
from email import message_from_bytes
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import translation
from icalendar import Calendar

from exchanges.enums import (
    AskedState,
    InvitationState,
    Message,
    MessageState,
    SessionKind,
    VisitState,
)
from exchanges.exports.calendar.visit import days_ics
from exchanges.links import PURPOSE_ACCOUNT, PURPOSE_INVITATION, proves, read_token
from exchanges.mail.preview import preview_invitation
from exchanges.mail.registry import Obsolete, registered_kinds
from exchanges.mail.rendering import render
from exchanges.models import (
    AccountInvitation,
    CityClaim,
    Membership,
    OutboxMessage,
    Practice,
    StudyVisit,
)
from exchanges.operations import agenda
from exchanges.operations.mail.delivery import LEASE
from exchanges.operations.mail.outbox import tell, tell_address
from exchanges.operations.proposals import invitations
from exchanges.operations.visits import delegates, visits
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
from tests.factories.programmes import make_question
from tests.factories.visits import FIRST_DAYS, SECOND_DAYS, accept_all
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
    assert content == days_ics(
        visit, url=f"{django_settings.BASE_URL}/visits/{visit.reference}/agenda/"
    )
    calendar = Calendar.from_ical(content)
    assert calendar.walk("VEVENT")[0].decoded("DTSTART") == FIRST_DAYS.start


def test_changed_agenda_says_what_changed_and_how_it_is_now(scene):
    visit = make_confirmed_visit(scene)
    first, gone, moved_on = (
        make_agenda_item(scene, visit, title=title, start=time(hour), end=time(hour, 45))
        for title, hour in (("Welcome", 9), ("Lunch", 12), ("Migration Information Point", 14))
    )
    OutboxMessage.objects.all().delete()
    later = AT + timedelta(hours=1)
    agenda.cancel_item(item=gone, by=scene.host, at=later)
    data = agenda.SessionData(
        day=moved_on.day,
        start=time(15),
        end=time(16),
        kind=SessionKind.MEETING,
        title=moved_on.title,
        venue="Town hall",
    )
    agenda.edit_item(item=moved_on, data=data, by=scene.host, at=later)
    make_agenda_item(scene, visit, title="Dinner", start=time(19), end=time(21), at=later)
    when = formats.day(first.day)
    message = OutboxMessage.objects.get(kind=Message.AGENDA_CHANGED, recipient=scene.host)
    mail = render(message, at=later)
    for text in (mail.body, html_of(mail)):
        assert "The agenda of the study visit to Ljubljana has changed." in text
        assert f"Cancelled: {when}, 12:00–12:45 Lunch" in text
        assert f"Changed: {when}, 15:00–16:00 Migration Information Point, Town hall" in text
        assert f"New: {when}, 19:00–21:00 Dinner" in text
        assert f"{when}, 09:00–09:45 Welcome" not in text
        assert text.count("09:00–09:45 Welcome") == 1
        assert text.count("Lunch") == 1


@pytest.mark.parametrize(
    "kind", [Message.VISIT_CONFIRMED, Message.AGENDA_CHANGED, Message.VISIT_CANCELLED]
)
def test_no_mail_carries_more_than_one_event(scene, kind):
    """Thunderbird reads only the first UID of a part."""
    visit = make_confirmed_visit(scene)
    make_agenda_item(scene, visit)
    message = message_for(scene.host, kind, visit=visit.pk)
    if kind == Message.VISIT_CANCELLED:
        visits.cancel(visit=visit, by=scene.office, at=AT, reason="A strike")
    (attached,) = calendars_in(render(message, at=AT))
    events = Calendar.from_ical(attached.get_payload(decode=True)).walk("VEVENT")
    assert [str(event["uid"]) for event in events] == [str(visit.uid)]


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
    person = scene.office if step == "confirm" else scene.host
    message = message_for(person, Message.VISIT_REMINDER, visit=visit.pk, step=step)
    late = AT + timedelta(days=365)
    assert "One-stop shops" in render(message, at=late).subject
    if step == "confirm":
        visits.confirm(visit=visit, by=scene.office, at=AT)
    else:
        visits.complete(visit=visit, by=scene.host, at=late)
    with pytest.raises(Obsolete):
        render(message, at=late)


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
    preview = preview_invitation(asked(visit, scene.host_union), scene.union)
    assert preview.own is None
    shown = preview.theirs
    assert shown.subject == "Invitation to a study visit: One-stop shops"
    assert "NSDS" in shown.text
    assert "http" not in shown.text
    assert "It is made when the mail is sent." in shown.text
    assert "It is made when the mail is sent." in shown.html


def test_preview_shows_the_senders_language_too(scene):
    scene.union.language = "sl"
    preview = preview_invitation(asked(make_draft(scene), scene.host_union), scene.union)
    assert preview.own.subject == "Invitation to a study visit: One-stop shops"
    assert preview.language == "sl"
    assert preview.theirs.subject.startswith("Vabilo na študijski obisk")


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


def named(visit, organisation, **fields):
    defaults = {"name": "Ana Kovač", "function": "Adviser", "email": "ana@example.org"}
    delegates.add(
        visit=visit,
        organisation=organisation,
        by=fields.pop("by"),
        at=fields.pop("at", AT),
        **{**defaults, "languages": ["sl", "en"], **fields},
    )
    return visit.delegates.latest("pk")


def mail_to_delegate(at=AT):
    return render(OutboxMessage.objects.filter(kind=Message.DELEGATE).latest("pk"), at=at)


def test_a_delegate_hears_place_days_and_agenda_and_needs_no_account(scene):
    visit = make_confirmed_visit(scene)
    make_agenda_item(scene, visit, venue="Town hall", address="Mestni trg 1")
    named(visit, scene.host_union, by=scene.union, languages=["en"])
    message = OutboxMessage.objects.get(kind=Message.DELEGATE)
    assert (message.address, message.recipient, message.about.keys()) == (
        "ana@example.org", None, {"delegate", "news"},
    )  # fmt: skip
    mail = render(message, at=AT)
    assert mail.subject.startswith("You take part: One-stop shops")
    for text in (mail.body, html_of(mail)):
        assert "Dear Ana Kovač," in text
        assert "NSDS has named you to take part in the study visit to Ljubljana" in text
        assert "09:30–11:00 Welcome, Town hall, Mestni trg 1" in text
        assert f"Union, {scene.union.email}" in text
        assert "http" not in text.replace("http-equiv", "")
    (attached,) = calendars_in(mail)
    assert b"URL:" not in attached.get_payload(decode=True)


def test_a_delegate_is_written_to_in_a_language_of_their_own(scene):
    visit = make_confirmed_visit(scene)
    named(visit, scene.host_union, by=scene.union, languages=["ar", "sl"])
    assert mail_to_delegate().body.startswith("Pozdravljeni, Ana Kovač")


def test_who_was_named_before_hears_of_the_confirmation(scene):
    visit = make_agreed_visit(scene)
    named(visit, scene.host_union, by=scene.union)
    assert not OutboxMessage.objects.filter(kind=Message.DELEGATE).exists()
    visits.confirm(visit=visit, by=scene.office, at=AT)
    assert OutboxMessage.objects.get(kind=Message.DELEGATE).about["news"] == "confirmed"


def test_a_delegate_hears_of_changes_and_of_the_end(scene):
    visit = make_confirmed_visit(scene)
    named(visit, scene.host_union, by=scene.union, languages=["en"])
    OutboxMessage.objects.update(state=MessageState.SENT, sent_at=AT)
    make_agenda_item(scene, visit)
    mail = mail_to_delegate()
    assert mail.subject.startswith("The agenda has changed")
    assert "New: " in mail.body
    OutboxMessage.objects.update(state=MessageState.SENT, sent_at=AT)
    visits.cancel(visit=visit, by=scene.office, at=AT, reason="A strike")
    mail = mail_to_delegate()
    assert mail.subject.startswith("Cancelled: One-stop shops")
    assert "A strike" in mail.body
    assert "Welcome" not in mail.body


def test_only_the_newest_waits_for_a_delegate(scene):
    visit = make_confirmed_visit(scene)
    named(visit, scene.host_union, by=scene.union)
    make_agenda_item(scene, visit)
    visits.cancel(visit=visit, by=scene.office, at=AT, reason="A strike")
    assert OutboxMessage.objects.get(kind=Message.DELEGATE).about["news"] == "cancelled"


def test_the_agenda_comes_with_the_first_mail_that_still_waits(scene):
    visit = make_confirmed_visit(scene)
    named(visit, scene.host_union, by=scene.union, languages=["en"])
    make_agenda_item(scene, visit)
    mail = mail_to_delegate()
    assert mail.subject.startswith("You take part")
    assert "Welcome" in mail.body


def test_queries_do_not_grow_with_the_delegates(scene):
    visit = make_confirmed_visit(scene)

    def count(names):
        for name in names:
            named(visit, scene.host_union, by=scene.union, email=f"{name}@example.org")
        OutboxMessage.objects.update(state=MessageState.SENT, sent_at=AT)
        counts = []
        for title in ("first", "second"):
            with CaptureQueriesContext(connection) as queries:
                make_agenda_item(scene, visit, title=f"{title} {names}")
            counts.append(len(queries))
        return counts

    assert count("a") == count("bcdefgh")
    assert OutboxMessage.objects.filter(kind=Message.DELEGATE, state="queued").count() == 8


def test_who_is_taken_off_the_list_gets_nothing_more(scene):
    visit = make_confirmed_visit(scene)
    delegate = named(visit, scene.host_union, by=scene.union)
    message = OutboxMessage.objects.get(kind=Message.DELEGATE)
    delegates.remove(delegate=delegate, by=scene.union, at=AT)
    with pytest.raises(Obsolete):
        render(message, at=AT)


def test_another_address_gets_the_mail_and_the_first_gets_none(scene):
    visit = make_confirmed_visit(scene)
    delegate = named(visit, scene.host_union, by=scene.union)
    first = OutboxMessage.objects.get(kind=Message.DELEGATE)
    OutboxMessage.objects.filter(pk=first.pk).update(lease=uuid4(), leased_until=AT + LEASE)
    delegates.edit(
        delegate=delegate,
        by=scene.union,
        at=AT,
        **{**delegates.delegate_values(delegate), "email": "maja@example.org"},
    )
    assert mail_to_delegate().to == ["maja@example.org"]
    with pytest.raises(Obsolete):
        render(first, at=AT)


def test_the_office_hears_of_the_confirmation(scene):
    visit = make_agreed_visit(scene)
    visits.confirm(visit=visit, by=scene.office, at=AT)
    message = OutboxMessage.objects.get(kind=Message.VISIT_CONFIRMED, recipient=scene.office)
    assert "You need not do anything now." in render(message, at=AT).body


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        (Message.VISIT_AGREED, make_agreed_visit),
        (Message.VISIT_CONFIRMED, make_confirmed_visit),
        (Message.AGENDA_CHANGED, make_confirmed_visit),
        (Message.VISIT_COMPLETED, make_completed_visit),
        (Message.INVITATION_ANSWERED, make_proposed_visit),
    ],
)
def test_who_has_left_the_organisation_gets_nothing(scene, kind, make):
    visit = make(scene)
    about = {"invitation": asked(visit, scene.host_union).pk} if "answered" in kind else {}
    message = message_for(scene.owner, kind, visit=visit.pk, **about)
    render(message, at=AT)
    Membership.objects.filter(user=scene.owner).delete()
    with pytest.raises(Obsolete):
        render(message, at=AT)


def test_nobody_is_asked_to_pick_a_date_that_cannot_be_picked_any_more(scene):
    visit = make_proposed_visit(scene)
    accept_all(scene, visit)
    message = OutboxMessage.objects.get(kind=Message.VISIT_READY)
    render(message, at=AT)
    invitations.decline(
        invitation=asked(visit, scene.host_union), by=scene.union, at=AT, reason="No room"
    )
    with pytest.raises(Obsolete):
        render(message, at=AT)


def test_ready_declined_and_ready_again_is_told_again(scene):
    visit = make_proposed_visit(scene)
    accept_all(scene, visit)
    ready = OutboxMessage.objects.filter(kind=Message.VISIT_READY, recipient=scene.owner)
    ready.update(state=MessageState.SENT, sent_at=AT)
    union = asked(visit, scene.host_union)
    invitations.decline(invitation=union, by=scene.union, at=AT, reason="No room")
    accept_all(scene, visit)
    assert ready.filter(state=MessageState.QUEUED).count() == 1


def test_late_reminder_says_so_and_until_when_the_link_works(scene):
    visit = make_proposed_visit(scene)
    about = {"visit": visit.pk, "invitation": asked(visit, scene.host_union).pk}
    message = message_for(scene.union, Message.INVITATION_REMINDER, **about)
    due = formats.day(visit.answer_by)
    assert render(message, at=AT).subject == f"Please answer by {due}: One-stop shops"
    late = render(message, at=AT + timedelta(days=(visit.answer_by - AT.date()).days + 2))
    assert late.subject == f"Your answer was due on {due}: One-stop shops"
    assert f"Please answer by {due}" not in late.body
    assert "The link below works until City of Pordenone picks the date." in late.body


def test_subject_keeps_words_whole(scene):
    visit = make_proposed_visit(scene)
    title = "Ar\u00adbeit \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    StudyVisit.objects.filter(pk=visit.pk).update(title=title)
    about = {"visit": visit.pk, "invitation": asked(visit, scene.host_union).pk}
    mail = mail_for(scene.union, Message.INVITATION, **about)
    assert mail.subject.endswith("Arbeit \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")


@pytest.mark.parametrize("kind", [Message.PARTNERSHIP_INVITATION, Message.PARTNERSHIP_REMINDER])
def test_who_has_left_is_not_asked_for_the_partnership(scene, kind):
    asked = make_question(scene.programme, scene.guest_authority)
    message = message_for(scene.owner, kind, partnership=asked.pk)
    assert "Read and answer" in render(message, at=AT).body
    Membership.objects.filter(user=scene.owner).delete()
    with pytest.raises(Obsolete):
        render(message, at=AT)


def test_who_has_left_the_office_hears_of_no_answer(scene):
    asked = make_question(scene.programme, scene.guest_authority, state=AskedState.ACCEPTED)
    message = message_for(scene.office, Message.PARTNERSHIP_ANSWERED, partnership=asked.pk)
    render(message, at=AT)
    Membership.objects.filter(user=scene.office).delete()
    with pytest.raises(Obsolete):
        render(message, at=AT)


@pytest.mark.parametrize(
    ("kind", "who"), [(Message.CITY_CLAIM, "host"), (Message.CITY_CLAIM_ANSWERED, "owner")]
)
def test_who_has_left_hears_of_no_claim_to_a_city(scene, kind, who):
    claim = CityClaim.objects.create(
        organisation=scene.guest_authority, city=scene.host_city, asked_at=AT
    )
    person = getattr(scene, who)
    message = message_for(person, kind, city_claim=claim.pk)
    render(message, at=AT)
    Membership.objects.filter(organisation=scene.host_union).delete()
    Membership.objects.filter(user=person).delete()
    with pytest.raises(Obsolete):
        render(message, at=AT)
