"""Every letter about agreements, as its recipient gets it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agreements.domain.terms import Clause
from agreements.domain.validity import add_months, usual_end
from agreements.enums import AgreementState
from agreements.models import Artifact
from agreements.operations import drafting, endings
from agreements.operations.lifetime import remind
from agreements.queries.parties import current_version
from exchanges.enums import Message
from exchanges.mail.registry import Obsolete
from exchanges.mail.rendering import render
from exchanges.models import Membership, OutboxMessage
from exchanges.words import formats
from tests.factories.agreements import (
    approve,
    bring_to,
    contact,
    parties,
    signatory,
    start_agreement,
)
from tests.moment import AT

pytestmark = pytest.mark.django_db
THE_END = formats.day(usual_end(AT.date()), "long")
AFTER_NOTICE = formats.day(add_months(AT.date(), 6), "long")


def mail_to(person, kind):
    message = OutboxMessage.objects.filter(recipient=person, kind=kind).latest("pk")
    return render(message, at=AT)


def read(mail):
    """Its two bodies, that say the same, as one text."""
    html, mime_type = mail.alternatives[0]
    assert mime_type == "text/html"
    assert "{{" not in mail.body + html
    return f"{mail.subject}\n{mail.body}\n{html}"


def change_terms(agreement):
    terms = replace(current_version(agreement).read_terms(), notice_months=12)
    drafting.edit_terms(
        agreement=agreement, terms=terms, revision=None, by=contact(agreement.drafter), at=AT
    )


def test_proposal_asks_contacts_to_approve(scene, settings):
    agreement = bring_to(start_agreement(scene), AgreementState.PROPOSED)
    mail = mail_to(contact(scene.hosts[0]), Message.AGREEMENT_PROPOSED)
    assert mail.subject == f"Agreement proposed: {agreement.title}"
    assert f"{settings.BASE_URL}/agreements/{agreement.reference}/approve/" in mail.body
    assert scene.hosts[0].name in read(mail)


def test_change_names_whose_approval_fell(scene):
    agreement = bring_to(start_agreement(scene, scene.organisations), AgreementState.PROPOSED)
    approve(parties(agreement)[0])
    change_terms(agreement)
    text = read(mail_to(contact(scene.hosts[1]), Message.AGREEMENT_CHANGED))
    assert f"The approval of {scene.hosts[0].name} does not count for it any more." in text
    assert "version 2 is the current one" in text


def test_recall_says_the_reason(scene):
    agreement = bring_to(start_agreement(scene), AgreementState.OUT_FOR_SIGNATURE)
    endings.recall(agreement=agreement, by=scene.office, at=AT, reason="A comma is missing.")
    text = read(mail_to(contact(scene.hosts[0]), Message.AGREEMENT_CHANGED))
    assert "was recalled from signature" in text
    assert "A comma is missing." in text


def test_approval_of_all_asks_the_drafter_to_send_it_out(scene):
    bring_to(start_agreement(scene), AgreementState.APPROVED)
    text = read(mail_to(contact(scene.drafter), Message.AGREEMENT_APPROVED))
    assert "It can be sent out for signature now." in text


def test_signatory_gets_the_link_to_sign_and_contacts_do_not(scene):
    person = signatory(scene.hosts[0])
    agreement = bring_to(start_agreement(scene), AgreementState.OUT_FOR_SIGNATURE)
    address = f"/agreements/{agreement.reference}/sign/"
    assert address in read(mail_to(person, Message.AGREEMENT_TO_SIGN))
    assert address not in read(mail_to(contact(scene.hosts[0]), Message.AGREEMENT_TO_SIGN))


def test_everybody_hears_that_it_is_in_force_and_runs_out(scene):
    agreement = bring_to(start_agreement(scene), AgreementState.ACTIVE)
    assert THE_END in read(mail_to(scene.office, Message.AGREEMENT_ACTIVE))
    bring_to_end = AT + timedelta(days=1050)
    remind(at=bring_to_end)
    text = read(mail_to(contact(scene.hosts[0]), Message.AGREEMENT_EXPIRING))
    assert f"{agreement.reference} between" in text
    assert f"runs out on {THE_END}" in text


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (AgreementState.DECLINED, "has ended: Declined"),
        (AgreementState.NOTICE_GIVEN, f"It ends on {AFTER_NOTICE}"),
        (AgreementState.VOID, "has ended: Void"),
    ],
)
def test_end_is_told_with_its_reason(scene, state, says):
    agreement = bring_to(start_agreement(scene), state)
    text = read(mail_to(contact(scene.guests[0]), Message.AGREEMENT_ENDED))
    assert says in text
    assert agreement.state_reason in text


@pytest.mark.parametrize("state", [AgreementState.EXPIRED, AgreementState.TERMINATED])
def test_that_time_has_ended_it_is_told_with_the_day(scene, state):
    agreement = bring_to(start_agreement(scene), state)
    OutboxMessage.objects.all().delete()
    days = (agreement.valid_until - AT.date()).days
    remind(at=AT + timedelta(days=days + 1))
    text = read(mail_to(contact(scene.guests[0]), Message.AGREEMENT_ENDED))
    assert f"ended on {formats.day(agreement.valid_until, 'long')}" in text


def test_what_applies_later_is_not_said_to_be_in_force(scene):
    agreement = bring_to(start_agreement(scene), AgreementState.UPCOMING)
    mail = mail_to(scene.office, Message.AGREEMENT_ACTIVE)
    assert mail.subject == f"Agreement signed: {agreement.title}"
    assert f"applies from {formats.day(agreement.valid_from, 'long')} until" in read(mail)
    assert "in force" not in read(mail)


def test_notice_before_the_first_day_is_told(scene):
    agreement = bring_to(start_agreement(scene), AgreementState.UPCOMING)
    party = parties(agreement)[0]
    endings.terminate(party=party, by=contact(party.organisation), at=AT, reason="Reorganised.")
    assert "Notice was given" in read(mail_to(contact(scene.guests[0]), Message.AGREEMENT_ENDED))


def test_letter_about_a_state_that_is_over_is_obsolete(scene):
    agreement = bring_to(start_agreement(scene), AgreementState.PROPOSED)
    endings.withdraw(agreement=agreement, by=contact(scene.drafter), at=AT, reason="Later.")
    with pytest.raises(Obsolete):
        mail_to(contact(scene.hosts[0]), Message.AGREEMENT_PROPOSED)


def test_title_breaks_no_header(scene):
    agreement = start_agreement(scene)
    agreement.title = "A title\r\nBcc: everybody@example.org <b>"
    agreement.save()
    bring_to(agreement, AgreementState.PROPOSED)
    mail = mail_to(contact(scene.hosts[0]), Message.AGREEMENT_PROPOSED)
    assert "\n" not in mail.subject
    assert "<b>" not in mail.alternatives[0][0]


def test_change_of_terms_says_what_changed(scene):
    agreement = bring_to(start_agreement(scene), AgreementState.PROPOSED)
    terms = current_version(agreement).read_terms()
    purpose, costs = terms.clauses[0], terms.clauses[7]
    others = tuple(each for each in terms.clauses[1:] if each != costs)
    new = replace(
        terms,
        title="Together",
        valid_until=terms.valid_until + timedelta(days=1),
        notice_months=12,
        clauses=(replace(purpose, text="Another."), *others, Clause("more", "More", "Words.")),
    )
    drafting.edit_terms(
        agreement=agreement, terms=new, revision=None, by=contact(agreement.drafter), at=AT
    )
    text = read(mail_to(contact(scene.hosts[0]), Message.AGREEMENT_CHANGED))
    for line in (
        f"Title: “{terms.title}” is now “Together”",
        f"Valid until: {THE_END} is now {formats.day(new.valid_until, 'long')}",
        "Notice in months: 6 is now 12",
        "Clause “Purpose” is changed",
        "Clause “Costs” is gone",
        "New clause “More”",
    ):
        assert text.count(line) == 2, line
    assert "Topics" not in text.partition("This has changed")[2].partition("Agreement")[0]


def test_what_is_in_force_brings_its_pdf(scene):
    agreement = bring_to(start_agreement(scene), AgreementState.ACTIVE)
    mail = mail_to(scene.office, Message.AGREEMENT_ACTIVE)
    (attached,) = mail.attachments
    kept = Artifact.objects.get(version=current_version(agreement))
    assert attached.get_payload(decode=True) == bytes(kept.content)
    assert attached.get_filename() == f"{agreement.reference}-v1.pdf"


def test_who_has_left_a_party_gets_nothing(scene):
    bring_to(start_agreement(scene), AgreementState.ACTIVE)
    person = contact(scene.hosts[0])
    Membership.objects.filter(user=person).delete()
    with pytest.raises(Obsolete):
        mail_to(person, Message.AGREEMENT_ACTIVE)


def test_of_two_reminders_that_wait_one_is_sent(scene):
    bring_to(start_agreement(scene), AgreementState.ACTIVE)
    for days in (1050, 1080):
        remind(at=AT + timedelta(days=days))
    waiting = OutboxMessage.objects.filter(kind=Message.AGREEMENT_EXPIRING, state="queued")
    assert waiting.filter(recipient=scene.office).count() == 1
