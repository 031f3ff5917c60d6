"""What agreements wait for from a person: made from the table of states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Prefetch, Q
from django.utils.translation import gettext as _

from agreements.domain.agreement_states import WAITS_FOR
from agreements.domain.validity import WARNING_DAYS
from agreements.enums import AgreementMover, AgreementState
from agreements.models import Agreement, Approval, Party, Signature
from agreements.queries.followed import DRAFT_WITHIN, visits_without_agreement
from exchanges.queries.actions import Action
from exchanges.queries.people.roles import Roles
from exchanges.words.formats import day, listed, organisation_name

PROPOSE_WITHIN = timedelta(days=30)
APPROVE_WITHIN = timedelta(days=14)
SEND_OUT_WITHIN = timedelta(days=7)
SIGN_WITHIN = timedelta(days=21)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Done:
    """Parties that approved or signed the current version."""

    approved: frozenset[int]
    signed: frozenset[int]


def agreement_actions(roles: Roles, at: datetime) -> list[Action]:
    """Five queries at most, however many agreements there are."""
    if not roles.contact_of and not roles.signs_for:
        return []
    agreements = _waiting(roles, at)
    done = _done(agreements)
    waiting = [
        action
        for agreement in agreements
        for mover in WAITS_FOR.get(AgreementState(agreement.state), ())
        for action in _actions(agreement, mover, roles, done)
    ]
    ending = [action for agreement in agreements for action in _renew(agreement, roles, at)]
    return [*waiting, *ending, *_to_draft(roles, at)]


def _waiting(roles: Roles, at: datetime) -> list[Agreement]:
    """Those that wait for a step, and those in force that end soon; `state_at` says which do."""
    soon = at.date() + timedelta(days=WARNING_DAYS + 1)
    ends = Q(state=AgreementState.ACTIVE, valid_until__range=(at.date() - A_DAY, soon))
    organisations = roles.contact_of | roles.signs_for
    party_to = Party.objects.filter(organisation__in=organisations).values("agreement")
    parties = Party.objects.select_related("organisation__city")
    concerned = Q(pk__in=party_to) | Q(programme__in=roles.programmes)
    found = Agreement.objects.filter(concerned, Q(state__in=WAITS_FOR) | ends)
    in_order = found.select_related("programme").order_by("state_since", "pk")
    return list(in_order.prefetch_related(Prefetch("parties", queryset=parties)))


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


def _renew(agreement: Agreement, roles: Roles, at: datetime) -> Iterator[Action]:
    """For the contacts of its parties, as long as it runs out soon."""
    parties = [each for each in agreement.parties.all() if each.organisation_id in roles.contact_of]
    if not parties or agreement.state_at(at) != AgreementState.EXPIRING:
        return
    yield Action(
        icon="hourglass",
        title=_("Go on, or let the agreement with %(others)s end")
        % {"others": _others(agreement, parties[0].organisation_id)},
        detail=_("%(reference)s ends on %(day)s. A new one can be drafted from a visit.")
        % {"reference": agreement.reference, "day": day(agreement.valid_until, "long")},
        button=_("Open the agreement"),
        url_name="agreements:agreement-detail",
        url_argument=agreement.reference,
        since=agreement.state_since,
        by_date=agreement.valid_until,
    )


def _to_draft(roles: Roles, at: datetime) -> Iterator[Action]:
    """Name visits of these weeks from which nobody has drafted an agreement yet."""
    for visit in visits_without_agreement(roles.contact_of, at):
        yield Action(
            icon="handshake",
            title=_("Draft an agreement after the visit to %(city)s") % {"city": visit.host_city},
            detail=_("%(reference)s: make the cooperation permanent, if you want to go on.")
            % {"reference": visit.reference},
            button=_("Draft an agreement"),
            url_name="agreements:agreement-start",
            url_argument=visit.reference,
            since=visit.state_since,
            by_date=visit.end_date + DRAFT_WITHIN if visit.end_date else None,
        )


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
