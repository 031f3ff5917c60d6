"""Letters about agreements, in the recipient's language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from agreements.domain.agreement_states import IN_FORCE
from agreements.enums import AgreementMove, AgreementState
from agreements.models import Agreement, Party
from agreements.queries.detail import AgreementDetail
from agreements.queries.parties import parties_of
from exchanges.enums import Message
from exchanges.mail.registry import Letter, Obsolete, letter
from exchanges.models import OutboxMessage, User
from exchanges.words.formats import day, listed, organisation_name

S = AgreementState
STATES_OF: dict[Message, tuple[AgreementState, ...]] = {
    Message.AGREEMENT_PROPOSED: (S.PROPOSED,),
    Message.AGREEMENT_CHANGED: (S.PROPOSED, S.APPROVED),
    Message.AGREEMENT_APPROVED: (S.APPROVED,),
    Message.AGREEMENT_TO_SIGN: (S.OUT_FOR_SIGNATURE,),
    Message.AGREEMENT_ACTIVE: tuple(IN_FORCE),
    Message.AGREEMENT_EXPIRING: tuple(IN_FORCE),
    Message.AGREEMENT_ENDED: (S.EXPIRED, S.TERMINATED, S.DECLINED, S.WITHDRAWN, S.VOID),
}
"""A message about a state that is over is not sent."""


@letter(*STATES_OF)
def about_agreement(message: OutboxMessage, person: User | None) -> Letter:
    agreement = _agreement(message)
    if agreement.state not in STATES_OF[Message(message.kind)]:
        raise Obsolete(f"agreement {agreement.state}")
    words = agreement_words(agreement, person)
    if message.kind == Message.AGREEMENT_CHANGED and "version" in message.about:
        words |= {"said": "", "voided": _voided(agreement, message.about["version"])}
    return Letter(words)


def agreement_words(agreement: Agreement, person: User | None) -> dict[str, Any]:
    """What every letter about an agreement may say."""
    detail = AgreementDetail(agreement, person) if person else None
    offered = detail.offered if detail else set()
    parties = listed(organisation_name(each.organisation) for each in parties_of(agreement))
    return {
        "person_name": person.name if person else "",
        "reference": agreement.reference,
        "title": agreement.title,
        "parties": parties,
        "drafter": organisation_name(agreement.drafter),
        "version": agreement.current_number,
        "state": agreement.get_state_display(),
        "valid_until": day(agreement.valid_until, "long"),
        "is_expired": agreement.state == S.EXPIRED,
        "is_terminated": agreement.state == S.TERMINATED,
        "is_recalled": agreement.state == S.APPROVED,
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
