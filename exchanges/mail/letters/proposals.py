"""Letters to the organisations that were asked, and about what they answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from exchanges.enums import InvitationState, MembershipRole, Message, PartnerRole, Side, VisitState
from exchanges.links import PURPOSE_INVITATION, make_token
from exchanges.mail.letters.phrases import (
    others_invited,
    page,
    require_among,
    visit_link,
    visit_words,
)
from exchanges.mail.registry import Letter, Obsolete, letter
from exchanges.models import Invitation, Membership, OutboxMessage, Practice, User
from exchanges.permissions import can_answer_invitation
from exchanges.queries.people.contacts import contacts_of
from exchanges.queries.proposals.inbox import ANSWERABLE
from exchanges.queries.visits.audience import contacts_of_proposer
from exchanges.words.formats import day, listed, organisation_name

INVITATIONS = Invitation.objects.select_related(
    "visit__programme", "visit__host_city", "visit__proposer__city", "organisation__city", "city"
)


@letter(Message.INVITATION, Message.INVITATION_REMINDER)
def invitation(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    asked = _invitation(message, person)
    if person is None or not _is_contact(person, asked):
        raise Obsolete("not a contact of the organisation any more")
    if asked.visit.state != VisitState.PROPOSED or not _is_waited_for(message, asked):
        raise Obsolete(f"invitation {asked.state}, visit {asked.visit.state}")
    words = {**invitation_words(asked, person), "link": _answer_link(asked, person)}
    answer_by = asked.visit.answer_by
    words["is_late"] = answer_by is not None and answer_by < asked.visit.today_at_host(at)
    return Letter(words)


@letter(Message.INVITATION_WITHDRAWN, Message.INVITATION_LAPSED)
def invitation_over(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    asked = _invitation(message, person)
    over = {
        Message.INVITATION_WITHDRAWN: InvitationState.WITHDRAWN,
        Message.INVITATION_LAPSED: InvitationState.LAPSED,
    }
    if asked.state != over[Message(message.kind)]:
        raise Obsolete(f"invitation {asked.state}")
    require_among(person, contacts_of([asked.organisation_id]))
    words = visit_words(asked.visit, person)
    words |= {"organisation": organisation_name(asked.organisation), "link": "", "said": ""}
    return Letter(words)


@letter(Message.INVITATION_ANSWERED)
def invitation_answered(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    asked = _invitation(message, person)
    if asked.state not in ANSWERABLE:
        raise Obsolete(f"invitation {asked.state}")
    require_among(person, contacts_of_proposer(asked.visit))
    name = organisation_name(asked.organisation)
    words = visit_words(asked.visit, person)
    words |= {
        "organisation": name,
        "has_accepted": asked.state == InvitationState.ACCEPTED,
        "has_declined": asked.state == InvitationState.DECLINED,
        "said": "\n\n".join(text for text in (asked.decline_reason, asked.word) if text),
        "said_by": _("Words of %(organisation)s") % {"organisation": name},
        "link": visit_link(asked.visit),
        "link_label": _("See all answers"),
    }
    return Letter(words)


def invitation_words(asked: Invitation, person: User) -> dict[str, Any]:
    """All of an invitation's letter but its link; the invitation need not be saved."""
    visit = asked.visit
    words = visit_words(visit, person)
    facts = [
        (_("Purpose"), visit.purpose),
        *words["facts"],
        (_("Also asked"), others_invited(asked)),
    ]
    if visit.answer_by:
        facts.append((_("Answer by"), day(visit.answer_by)))
    words |= {
        "organisation": organisation_name(asked.organisation),
        "is_host_side": asked.side == Side.HOST,
        "why": _why(asked),
        "practices": listed(practice.title for practice in _practices_shown(asked)),
        "facts": [fact for fact in facts if fact[1]],
        "said": visit.message,
        "said_by": _("A word from %(organisation)s") % {"organisation": words["proposer"]},
        "link_label": _("Answer the invitation"),
    }
    return words


def _why(asked: Invitation) -> str:
    names = {"city": str(asked.city)}
    if asked.side == Side.HOST and asked.role == PartnerRole.LOCAL_AUTHORITY:
        return (
            _("You are asked as the local authority of %(city)s, the city that would host.") % names
        )
    if asked.side == Side.HOST and asked.role == PartnerRole.UMN_MEMBER:
        return (
            _("You are asked as UnionMigrantNet member in %(city)s, the city that would host.")
            % names
        )
    if asked.side == Side.HOST:
        return _("You are asked as a partner in %(city)s, the city that would host.") % names
    if asked.role == PartnerRole.LOCAL_AUTHORITY:
        return (
            _("You are asked as the local authority of %(city)s, the city that would travel.")
            % names
        )
    if asked.role == PartnerRole.UMN_MEMBER:
        return (
            _("You are asked as UnionMigrantNet member in %(city)s, the city that would travel.")
            % names
        )
    return _("You are asked as a partner in %(city)s, the city that would travel.") % names


def _practices_shown(asked: Invitation) -> list[Practice]:
    """What the organisation could show on the visit's topics."""
    if asked.side != Side.HOST:
        return []
    topics = [topic.pk for topic in asked.visit.topics.all()]
    found = Practice.objects.filter(organisations=asked.organisation, topics__in=topics)
    return list(found.distinct()[:5])


def _invitation(message: OutboxMessage, person: User | None) -> Invitation:
    """Find it by its own id, else as the visit's invitation of an organisation of this person."""
    about = message.about
    if "invitation" in about:
        found = INVITATIONS.filter(pk=about["invitation"])
    else:
        memberships = Membership.objects.filter(user=person, role=MembershipRole.CONTACT)
        organisations = memberships.values("organisation")
        found = INVITATIONS.filter(visit=about.get("visit"), organisation__in=organisations)
        if message.kind == Message.INVITATION_LAPSED:
            found = found.filter(state=InvitationState.LAPSED)
    asked = found.first()
    if asked is None:
        raise Obsolete("the invitation is gone")
    return asked


def _is_waited_for(message: OutboxMessage, asked: Invitation) -> bool:
    """Not answered since the mail was queued: who has accepted is asked again about new dates."""
    if asked.state == InvitationState.OPEN:
        return True
    is_answer = asked.state in (InvitationState.ACCEPTED, InvitationState.DECLINED)
    is_asked_again = asked.answered_at is not None and message.queued_at > asked.answered_at
    return message.kind == Message.INVITATION and is_answer and is_asked_again


def _is_contact(person: User, asked: Invitation) -> bool:
    return person.is_active and can_answer_invitation(person, asked)


def _answer_link(asked: Invitation, person: User) -> str:
    token = make_token(
        PURPOSE_INVITATION, subject=asked.pk, person=person.pk, generation=asked.generation
    )
    return page("invitation-answer", token)
