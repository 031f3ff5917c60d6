"""Letters about agreements, in the recipient's language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from agreements.domain.agreement_states import OVER, WAS_IN_FORCE
from agreements.domain.differences import differences
from agreements.enums import AgreementMove, AgreementState
from agreements.labels import label
from agreements.models import Agreement, Party
from agreements.queries.artifacts import signed_pdf
from agreements.queries.detail import AgreementDetail
from agreements.queries.parties import current_version, is_concerned, parties_of
from agreements.words.changes import changes_in_words
from agreements.words.parties import names_of
from exchanges.enums import Message
from exchanges.mail.registry import Attachment, Letter, Obsolete, letter
from exchanges.models import OutboxMessage, User
from exchanges.words.formats import day, listed, organisation_name

S = AgreementState
STATES_OF: dict[Message, tuple[AgreementState, ...]] = {
    Message.AGREEMENT_PROPOSED: (S.PROPOSED,),
    Message.AGREEMENT_CHANGED: (S.PROPOSED, S.APPROVED),
    Message.AGREEMENT_APPROVED: (S.APPROVED,),
    Message.AGREEMENT_TO_SIGN: (S.OUT_FOR_SIGNATURE,),
    Message.AGREEMENT_ACTIVE: (S.UPCOMING, S.ACTIVE, S.EXPIRING),
    Message.AGREEMENT_EXPIRING: (S.ACTIVE, S.EXPIRING),
    Message.AGREEMENT_ENDED: (S.NOTICE_GIVEN, *OVER),
}
"""A message about a state that is over is not sent."""


@letter(*STATES_OF)
def about_agreement(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    agreement = _agreement(message)
    state = agreement.state_at(at)
    if not _is_true(Message(message.kind), agreement, state):
        raise Obsolete(f"agreement {state}")
    if person is None or not is_concerned(person, agreement):
        raise Obsolete("not concerned any more")
    words = agreement_words(agreement, person, at)
    if message.kind == Message.AGREEMENT_CHANGED and "version" in message.about:
        words |= {"said": "", **_changes(agreement, message.about["version"])}
    if message.kind == Message.AGREEMENT_ACTIVE:
        return Letter(words, _signed(agreement))
    return Letter(words)


def _signed(agreement: Agreement) -> tuple[Attachment, ...]:
    version = current_version(agreement)
    content = signed_pdf(version)
    name = f"{agreement.reference}-v{version.number}.pdf"
    return (Attachment(name, content, "application/pdf"),) if content else ()


def _changes(agreement: Agreement, number: int) -> dict[str, str]:
    """Return what changed since the version of this number, and whose approval fell away."""
    before = agreement.versions.get(number=number).read_terms()
    changed = differences(before, current_version(agreement).read_terms())
    return {"voided": _voided(agreement, number), "changes": changes_in_words(changed, before)}


def _is_true(kind: Message, agreement: Agreement, state: AgreementState) -> bool:
    """Notice can be given before the first day: then the agreement ends, and shows UPCOMING."""
    ends = kind == Message.AGREEMENT_ENDED and agreement.state == S.TERMINATED
    return ends or state in STATES_OF[kind]


def agreement_words(agreement: Agreement, person: User | None, at: datetime) -> dict[str, Any]:
    """What every letter about an agreement may say."""
    state = agreement.state_at(at)
    detail = AgreementDetail(agreement, person, at) if person else None
    offered = detail.offered if detail else set()
    terms = current_version(agreement).read_terms()
    parties = listed(names_of(terms, parties_of(agreement)).values())
    return {
        "person_name": person.name if person else "",
        "reference": agreement.reference,
        "title": agreement.title,
        "parties": parties,
        "drafter": organisation_name(agreement.drafter),
        "version": agreement.current_number,
        "state": label(state),
        "valid_from": day(agreement.valid_from, "long"),
        "valid_until": day(agreement.valid_until, "long"),
        "is_upcoming": state == S.UPCOMING,
        "is_expired": state in WAS_IN_FORCE,
        "is_terminated": agreement.state == S.TERMINATED,
        "is_recalled": state == S.APPROVED,
        "can_approve": AgreementMove.APPROVE.value in offered,
        "can_sign": AgreementMove.SIGN.value in offered,
        "can_send_out": AgreementMove.SEND_OUT.value in offered,
        "programme": str(agreement.programme),
        "facts": _facts(agreement, parties),
        "said": agreement.state_reason,
        "said_by": _("The reason given"),
        **_link(agreement, offered),
    }


def _facts(agreement: Agreement, parties: str) -> list[tuple[str, str]]:
    first, last = day(agreement.valid_from, "long"), day(agreement.valid_until, "long")
    return [
        (_("Agreement"), f"{agreement.reference} · {agreement.title}"),
        (_("Parties"), parties),
        (_("Study visit"), agreement.visit.reference),
        (_("Version"), str(agreement.current_number)),
        (_("Validity"), f"{first} – {last}"),
    ]


def _link(agreement: Agreement, offered: set[str]) -> dict[str, str]:
    page = f"{settings.BASE_URL}/agreements/{agreement.reference}/"
    if AgreementMove.SIGN.value in offered:
        return {"link": f"{page}sign/", "link_label": _("Read and sign")}
    if AgreementMove.APPROVE.value in offered:
        return {"link": f"{page}approve/", "link_label": _("Read and approve")}
    return {"link": page, "link_label": _("Open the agreement")}


def _agreement(message: OutboxMessage) -> Agreement:
    agreements = Agreement.objects.select_related("visit", "programme", "drafter__city")
    agreement = agreements.filter(pk=message.about.get("agreement")).first()
    if agreement is None:
        raise Obsolete("the agreement is gone")
    return agreement


def _voided(agreement: Agreement, number: int) -> str:
    """Return whose approval of that version fell away."""
    parties = Party.objects.filter(
        approvals__version__agreement=agreement, approvals__version__number=number
    )
    return listed(
        organisation_name(each.organisation)
        for each in parties.select_related("organisation__city")
    )
