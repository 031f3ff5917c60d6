"""Letters about programmes that ask organisations, and organisations that act for cities."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from exchanges.enums import AskedState, Message
from exchanges.labels import label
from exchanges.mail.letters.phrases import page, require_among
from exchanges.mail.registry import Letter, Obsolete, letter
from exchanges.models import (
    CityClaim,
    HeldVisitQuestion,
    Organisation,
    OutboxMessage,
    PartnershipInvitation,
    User,
)
from exchanges.operations.visits.held_questions import who_answer
from exchanges.queries.people.contacts import contacts_of, office_of, who_act_for
from exchanges.words.formats import day_range, organisation_name


@letter(Message.PARTNERSHIP_INVITATION, Message.PARTNERSHIP_REMINDER)
def partnership_invitation(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    asked = _asked(message)
    if asked.state != AskedState.OPEN:
        raise Obsolete("the question was answered or taken back")
    require_among(person, contacts_of([asked.organisation_id]))
    programme = asked.programme
    return Letter(
        {
            "person_name": person.name if person else "",
            "organisation": organisation_name(asked.organisation),
            "programme": str(programme.title),
            "office": organisation_name(programme.coordinator),
            "facts": [
                (_("Programme"), str(programme.title)),
                (_("Time"), day_range(programme.start_date, programme.end_date)),
                (_("Coordinator"), organisation_name(programme.coordinator)),
                (_("Role"), str(asked.get_role_display())),
            ],
            "link": page("partnership-answer", str(asked.pk)),
            "link_label": _("Read and answer"),
        }
    )


@letter(Message.PARTNERSHIP_ANSWERED)
def partnership_answered(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    asked = _asked(message)
    require_among(person, office_of(asked.programme))
    return Letter(
        {
            "person_name": person.name if person else "",
            "organisation": organisation_name(asked.organisation),
            "programme": str(asked.programme.title),
            "has_accepted": asked.state == AskedState.ACCEPTED,
            "said": asked.reason,
            "said_by": organisation_name(asked.organisation),
            "link": page("programme-partners", asked.programme.slug),
            "link_label": _("Open the partners"),
        }
    )


@letter(Message.CITY_CLAIM)
def city_claim(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    claim = _claim(message)
    if claim.state != AskedState.OPEN:
        raise Obsolete("the question was answered or taken back")
    others = claim.city.organisations.exclude(pk=claim.organisation_id)
    require_among(person, who_act_for(others))
    return Letter(
        {
            "person_name": person.name if person else "",
            "organisation": organisation_name(claim.organisation),
            "city": str(claim.city),
            "link": page("city-claim-answer", str(claim.pk)),
            "link_label": _("Read and answer"),
        }
    )


@letter(Message.CITY_CLAIM_ANSWERED)
def city_claim_answered(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    claim = _claim(message)
    require_among(person, contacts_of([claim.organisation_id]))
    return Letter(
        {
            "person_name": person.name if person else "",
            "organisation": organisation_name(claim.organisation),
            "city": str(claim.city),
            "has_agreed": claim.state == AskedState.ACCEPTED,
            "answer": label(AskedState(claim.state)),
            "said": claim.reason,
            "said_by": str(claim.city),
            "link": page("organisation-detail", claim.organisation.slug),
            "link_label": _("Open the organisation"),
        }
    )


@letter(Message.ORGANISATION_RENAMED)
def organisation_renamed(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    row = Organisation.objects.filter(pk=message.about.get("organisation")).first()
    if row is None:
        raise Obsolete("the organisation is gone")
    return Letter(
        {
            "person_name": person.name if person else "",
            "before": message.about["before"],
            "facts": [
                (_("Name before"), message.about["before"]),
                (_("Name now"), row.name),
                (_("In its own language"), row.native_name or "—"),
            ],
            "link": page("organisation-detail", row.slug),
            "link_label": _("Open the organisation"),
        }
    )


@letter(Message.HELD_VISIT_ASKED, Message.HELD_VISIT_ANSWERED)
def held_visit(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    rows = HeldVisitQuestion.objects.select_related(
        "visit__host_city", "visit__programme", "organisation__city", "city"
    )
    asked = rows.filter(pk=message.about.get("held_question")).first()
    if asked is None:
        raise Obsolete("the question is gone")
    is_question = message.kind == Message.HELD_VISIT_ASKED
    if is_question and asked.state != AskedState.OPEN:
        raise Obsolete("the question was answered")
    told = who_answer(asked) if is_question else office_of(asked.visit.programme)
    require_among(person, told)
    visit, organisation = asked.visit, asked.organisation
    to_answer = page("held-answer", str(asked.pk)), _("Read and answer")
    to_visit = page("visit-detail", visit.reference), _("Open the visit")
    link, link_label = to_answer if is_question else to_visit
    return Letter(
        {
            "person_name": person.name if person else "",
            "city": str(visit.host_city),
            "programme_name": str(visit.programme.title),
            "who": organisation_name(organisation) if organisation else str(asked.city),
            "has_agreed": asked.state == AskedState.ACCEPTED,
            "is_public": not visit.is_unconfirmed,
            "facts": [(_("Visit"), visit.title)],
            "said": asked.reason,
            "said_by": _("The reason given"),
            "link": link,
            "link_label": link_label,
        }
    )


def _asked(message: OutboxMessage) -> PartnershipInvitation:
    rows = PartnershipInvitation.objects.select_related(
        "organisation__city", "programme__coordinator__city"
    )
    asked = rows.filter(pk=message.about.get("partnership")).first()
    if asked is None:
        raise Obsolete("the question is gone")
    return asked


def _claim(message: OutboxMessage) -> CityClaim:
    rows = CityClaim.objects.select_related("organisation__city", "city")
    claim = rows.filter(pk=message.about.get("city_claim")).first()
    if claim is None:
        raise Obsolete("the question is gone")
    return claim
