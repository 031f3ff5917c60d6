"""Letters about handing over a home office, and about recovery."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from exchanges.enums import AskedState, DisputeKind, Message, RecoveryState
from exchanges.labels import label
from exchanges.links import PURPOSE_RECOVERY, make_token
from exchanges.mail.letters.phrases import page, require_among
from exchanges.mail.registry import Letter, Obsolete, letter
from exchanges.models import Dispute, Handover, OutboxMessage, Recovery, User
from exchanges.queries.network.disputes import can_read_dispute
from exchanges.queries.people.contacts import contacts_of
from exchanges.queries.people.recoveries import OBJECT_WITHIN, can_stop
from exchanges.queries.people.role_changes import people_told
from exchanges.words.formats import day, organisation_name


@letter(Message.HANDOVER_OFFERED, Message.HANDOVER_ENDED)
def handover(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    rows = Handover.objects.select_related(
        "organisation__city", "from_office__city", "to_office__city"
    )
    row = rows.filter(pk=message.about.get("handover")).first()
    if row is None:
        raise Obsolete("the offer is gone")
    if message.kind == Message.HANDOVER_OFFERED and row.state != AskedState.OPEN:
        raise Obsolete("the offer was answered or taken back")
    offices = contacts_of([row.from_office_id, row.to_office_id])
    require_among(person, offices | people_told(row.organisation))
    return Letter(
        {
            "person_name": person.name if person else "",
            "organisation": organisation_name(row.organisation),
            "from_office": organisation_name(row.from_office),
            "to_office": organisation_name(row.to_office),
            "is_accepted": row.state == AskedState.ACCEPTED,
            "answer": str(label(AskedState(row.state))),
            "said": row.reason,
            "said_by": _("The reason given"),
            "link": page("handover", str(row.pk)),
            "link_label": _("Look at the offer"),
        }
    )


@letter(Message.RECOVERY_STARTED, Message.RECOVERY_ENDED)
def recovery(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    rows = Recovery.objects.select_related(
        "organisation__city", "organisation__home_office__city", "ended_by"
    )
    row = rows.filter(pk=message.about.get("recovery")).first()
    if row is None or person is None:
        raise Obsolete("the recovery or the person is gone")
    starts = message.kind == Message.RECOVERY_STARTED
    if starts and row.state != RecoveryState.RUNNING:
        raise Obsolete("the recovery is over")
    home = row.organisation.home_office
    context = {
        "person_name": person.name,
        "organisation": organisation_name(row.organisation),
        "home_office": organisation_name(home) if home else "",
        "day": day((row.started_at + OBJECT_WITHIN).date()),
        "who": str(row.ended_by or ""),
        "can_stop": can_stop(person, row),
        "is_stopped": row.state == RecoveryState.STOPPED,
        "is_ended": row.state == RecoveryState.ENDED,
        "said": row.reason if starts else "",
        "said_by": _("The reason given"),
    }
    if can_stop(person, row):
        token = make_token(PURPOSE_RECOVERY, subject=row.pk, person=person.pk, generation=0)
        context |= {"link": page("recovery-object", token), "link_label": _("Look at it, or stop")}
    return Letter(context)


@letter(Message.DISPUTE_OPENED, Message.DISPUTE_DECIDED)
def dispute(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    rows = Dispute.objects.select_related("organisation__city", "city")
    row = rows.filter(pk=message.about.get("dispute")).first()
    if row is None or person is None:
        raise Obsolete("the question or the person is gone")
    if message.kind == Message.DISPUTE_OPENED and row.decided_at is not None:
        raise Obsolete("the operator has decided")
    statement = row.statements.order_by("-pk").select_related("said_by").first()
    is_decided = message.kind == Message.DISPUTE_DECIDED
    facts = [
        (_("Organisation"), organisation_name(row.organisation)),
        (_("About"), str(label(DisputeKind(row.kind)))),
        (_("City"), str(row.city) if row.city else ""),
        (_("Number"), str(row.pk)),
    ]
    context = {
        "person_name": person.name,
        "organisation": organisation_name(row.organisation),
        "is_granted": bool(row.is_granted),
        "facts": [fact for fact in facts if fact[1]],
        "said": row.decision if is_decided else (statement.text if statement else ""),
        "said_by": _("The operator") if is_decided else str(statement and statement.said_by),
    }
    if can_read_dispute(person, row):
        context |= {"link": page("dispute", str(row.pk)), "link_label": _("Read it, or add to it")}
    return Letter(context)
