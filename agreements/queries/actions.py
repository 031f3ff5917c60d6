"""What agreements wait for from a person: made from the table of states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Prefetch, Q
from django.utils.translation import gettext as _

from agreements.domain.agreement_states import WAITS_FOR
from agreements.enums import AgreementMover, AgreementState
from agreements.models import Agreement, Approval, Party, Signature
from exchanges.queries.actions import Action
from exchanges.queries.people.roles import Roles
from exchanges.words.formats import listed, organisation_name

PROPOSE_WITHIN = timedelta(days=30)
APPROVE_WITHIN = timedelta(days=14)
SEND_OUT_WITHIN = timedelta(days=7)
SIGN_WITHIN = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Done:
    """Parties that approved or signed the current version."""

    approved: frozenset[int]
    signed: frozenset[int]


def agreement_actions(roles: Roles, at: datetime) -> list[Action]:
    """Four queries at most, however many agreements there are."""
    if not roles.contact_of and not roles.signs_for:
        return []
    agreements = _waiting(roles)
    done = _done(agreements)
    return [
        action
        for agreement in agreements
        for mover in WAITS_FOR[AgreementState(agreement.state)]
        for action in _actions(agreement, mover, roles, done)
    ]


def _waiting(roles: Roles) -> list[Agreement]:
    states = [state for state, movers in WAITS_FOR.items() if movers]
    organisations = roles.contact_of | roles.signs_for
    party_to = Party.objects.filter(organisation__in=organisations).values("agreement")
    parties = Party.objects.select_related("organisation__city")
    concerned = Q(pk__in=party_to) | Q(programme__in=roles.programmes)
    found = Agreement.objects.filter(concerned, state__in=states).order_by("state_since", "pk")
    return list(found.prefetch_related(Prefetch("parties", queryset=parties)))


def _done(agreements: list[Agreement]) -> Done:
    current = Q(
        version__agreement__in=agreements, version__number=F("version__agreement__current_number")
    )
    return Done(
        frozenset(Approval.objects.filter(current).values_list("party", flat=True)),
        frozenset(Signature.objects.filter(current).values_list("party", flat=True)),
    )


def _actions(
    agreement: Agreement, mover: AgreementMover, roles: Roles, done: Done
) -> Iterator[Action]:
    drafts = agreement.drafter_id in roles.contact_of
    if mover == AgreementMover.DRAFTER and drafts:
        yield _propose(agreement)
    if mover == AgreementMover.SENDER and (drafts or agreement.programme_id in roles.programmes):
        yield _send_out(agreement)
    owing = {
        AgreementMover.PARTY: (roles.contact_of, done.approved, _approve),
        AgreementMover.SIGNATORY: (roles.signs_for, done.signed, _sign),
    }
    if mover in owing:
        organisations, over, action = owing[mover]
        for party in agreement.parties.all():
            if party.organisation_id in organisations and party.pk not in over:
                yield action(agreement, party)


def _propose(agreement: Agreement) -> Action:
    return Action(
        icon="file-pen-line",
        title=_("Propose the agreement with %(others)s")
        % {"others": _others(agreement, agreement.drafter_id)},
        detail=_("Draft %(reference)s, seen by your organisation alone")
        % {"reference": agreement.reference},
        button=_("Read the draft"),
        url_name="agreements:agreement-detail",
        url_argument=agreement.reference,
        since=agreement.state_since,
        by_date=(agreement.state_since + PROPOSE_WITHIN).date(),
    )


def _approve(agreement: Agreement, party: Party) -> Action:
    return Action(
        icon="file-check",
        title=_("Approve the agreement with %(others)s")
        % {"others": _others(agreement, party.organisation_id)},
        detail=_("%(reference)s, version %(number)d")
        % {"reference": agreement.reference, "number": agreement.current_number},
        button=_("Read and approve"),
        url_name="agreements:agreement-approve",
        url_argument=agreement.reference,
        since=agreement.state_since,
        by_date=(agreement.state_since + APPROVE_WITHIN).date(),
    )


def _send_out(agreement: Agreement) -> Action:
    return Action(
        icon="mail",
        title=_("Send %(reference)s out for signature") % {"reference": agreement.reference},
        detail=_("All parties have approved version %(number)d")
        % {"number": agreement.current_number},
        button=_("Send out"),
        url_name="agreements:agreement-send-out",
        url_argument=agreement.reference,
        since=agreement.state_since,
        by_date=(agreement.state_since + SEND_OUT_WITHIN).date(),
    )


def _sign(agreement: Agreement, party: Party) -> Action:
    return Action(
        icon="signature",
        title=_("Sign the agreement with %(others)s")
        % {"others": _others(agreement, party.organisation_id)},
        detail=_("%(reference)s, for %(organisation)s")
        % {
            "reference": agreement.reference,
            "organisation": organisation_name(party.organisation),
        },
        button=_("Read and sign"),
        url_name="agreements:agreement-sign",
        url_argument=agreement.reference,
        since=agreement.state_since,
        by_date=(agreement.state_since + SIGN_WITHIN).date(),
    )


def _others(agreement: Agreement, organisation: int) -> str:
    return listed(
        organisation_name(party.organisation)
        for party in agreement.parties.all()
        if party.organisation_id != organisation
    )
