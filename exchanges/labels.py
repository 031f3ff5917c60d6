"""The names of all values of `enums`, in the reader's language.

Models offer them as choices, so this is below the models; the domain does not see it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchanges.enums import (
    Answer,
    AskedState,
    CityRole,
    DisputeKind,
    EventMode,
    Fairness,
    InvitationState,
    MembershipRole,
    Message,
    MessageState,
    Mover,
    OrganisationKind,
    PairRule,
    PartnerRole,
    PlanKind,
    PlanState,
    PublicFact,
    RecordRunState,
    RecoveryState,
    RoleChangeState,
    SessionKind,
    Side,
    SignatoryState,
    SignInMethod,
    VisitMove,
    VisitState,
    WishKind,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LABELS: Mapping[type[StrEnum], Mapping[StrEnum, StrPromise]] = {
    OrganisationKind: {
        OrganisationKind.LOCAL_AUTHORITY: _("Local authority"),
        OrganisationKind.TRADE_UNION: _("Trade union"),
        OrganisationKind.ASSOCIATION: _("Association"),
        OrganisationKind.SOCIAL_ENTERPRISE: _("Social-economy enterprise"),
        OrganisationKind.RESEARCH_INSTITUTE: _("Research institute"),
    },
    PartnerRole: {
        PartnerRole.LOCAL_AUTHORITY: _("Local authority"),
        PartnerRole.UMN_MEMBER: _("UnionMigrantNet member"),
        PartnerRole.COORDINATOR: _("Coordinator"),
    },
    MembershipRole: {
        MembershipRole.MEMBER: _("Member"),
        MembershipRole.CONTACT: _("Contact"),
        MembershipRole.SIGNATORY: _("Signatory"),
    },
    AskedState: {
        AskedState.OPEN: _("Not answered yet"),
        AskedState.ACCEPTED: _("Accepted"),
        AskedState.DECLINED: _("Declined"),
        AskedState.WITHDRAWN: _("Taken back"),
    },
    SignatoryState: {
        SignatoryState.PROPOSED: pgettext_lazy("signatory", "Proposed"),
        SignatoryState.OBJECTED: pgettext_lazy("signatory", "Somebody objected"),
        SignatoryState.CONFIRMED: pgettext_lazy("signatory", "Confirmed"),
        SignatoryState.REFUSED: pgettext_lazy("signatory", "Refused"),
        SignatoryState.WITHDRAWN: pgettext_lazy("signatory", "Withdrawn"),
    },
    DisputeKind: {
        DisputeKind.NAME: _("Name of an organisation"),
        DisputeKind.CITY: _("Acting for a city"),
        DisputeKind.HANDOVER: _("Another home office"),
        DisputeKind.RECOVERY: _("Recovery of an organisation"),
        DisputeKind.HELD_VISITS: _("Visits that a file says were held"),
    },
    RecoveryState: {
        RecoveryState.RUNNING: _("Running"),
        RecoveryState.STOPPED: _("Stopped by the organisation"),
        RecoveryState.WITHDRAWN: _("Taken back by the home office"),
        RecoveryState.ENDED: _("A new contact has joined"),
    },
    RoleChangeState: {
        RoleChangeState.ASKED: pgettext_lazy("change of roles", "Asked for"),
        RoleChangeState.MADE: pgettext_lazy("change of roles", "Made"),
        RoleChangeState.OBJECTED: pgettext_lazy("change of roles", "Somebody objected"),
        RoleChangeState.UNDONE: pgettext_lazy("change of roles", "Undone"),
        RoleChangeState.KEPT: pgettext_lazy("change of roles", "Kept after an objection"),
        RoleChangeState.REFUSED: pgettext_lazy("change of roles", "Refused"),
    },
    VisitState: {
        VisitState.DRAFT: pgettext_lazy("visit", "Draft"),
        VisitState.PROPOSED: pgettext_lazy("visit", "Proposed"),
        VisitState.AGREED: pgettext_lazy("visit", "Agreed"),
        VisitState.CONFIRMED: pgettext_lazy("visit", "Confirmed"),
        VisitState.COMPLETED: pgettext_lazy("visit", "Completed"),
        VisitState.CLOSED: pgettext_lazy("visit", "Closed"),
        VisitState.DECLINED: pgettext_lazy("visit", "Declined"),
        VisitState.WITHDRAWN: pgettext_lazy("visit", "Withdrawn"),
        VisitState.CANCELLED: pgettext_lazy("visit", "Cancelled"),
    },
    VisitMove: {
        VisitMove.PROPOSE: _("Propose"),
        VisitMove.DISCARD: _("Discard"),
        VisitMove.PICK_DATE: _("Pick the date"),
        VisitMove.ALL_HOSTS_DECLINED: _("All hosts declined"),
        VisitMove.WITHDRAW: _("Withdraw"),
        VisitMove.CONFIRM: _("Confirm"),
        VisitMove.RETURN: _("Return to the proposer"),
        VisitMove.COMPLETE: _("Complete"),
        VisitMove.CANCEL: _("Cancel"),
        VisitMove.CLOSE: _("Close"),
        VisitMove.IMPORT: _("Import"),
    },
    Mover: {
        Mover.PROPOSER: _("Proposer"),
        Mover.INVITED: _("Invited organisations"),
        Mover.OFFICE: _("Programme office"),
        Mover.HOST: _("Host"),
        Mover.PARTICIPANTS: _("Hosts and guests"),
        Mover.PLATFORM: _("The platform"),
    },
    CityRole: {
        CityRole.CO_HOST: _("Co-host"),
        CityRole.GUEST: _("Guest"),
    },
    Side: {
        Side.HOST: _("Host side"),
        Side.GUEST: _("Guest side"),
    },
    InvitationState: {
        InvitationState.OPEN: pgettext_lazy("invitation", "Waiting for an answer"),
        InvitationState.ACCEPTED: pgettext_lazy("invitation", "Accepted"),
        InvitationState.DECLINED: pgettext_lazy("invitation", "Declined"),
        InvitationState.LAPSED: pgettext_lazy("invitation", "Lapsed"),
        InvitationState.WITHDRAWN: pgettext_lazy("invitation", "Withdrawn"),
    },
    Answer: {
        Answer.YES: _("Yes"),
        Answer.IF_NEED_BE: _("If need be"),
        Answer.NO: _("No"),
    },
    SessionKind: {
        SessionKind.PLENARY: pgettext_lazy("session", "Plenary"),
        SessionKind.MEETING: pgettext_lazy("session", "Meeting"),
        SessionKind.SITE_VISIT: pgettext_lazy("session", "Site visit"),
        SessionKind.WORKSHOP: pgettext_lazy("session", "Workshop"),
        SessionKind.TRAVEL: pgettext_lazy("session", "Travel"),
        SessionKind.MEAL: pgettext_lazy("session", "Meal"),
    },
    WishKind: {
        WishKind.PREFERENCE: pgettext_lazy("wish", "Would like to"),
        WishKind.VETO: pgettext_lazy("wish", "Would rather not"),
    },
    PairRule: {
        PairRule.FIXED: pgettext_lazy("pair", "Fixed"),
        PairRule.FORBIDDEN: pgettext_lazy("pair", "Forbidden"),
    },
    Fairness: {
        Fairness.EVERYONE: _("As many cities as possible, then the best pairs"),
        Fairness.BALANCED: _("A balance of both"),
        Fairness.SCORE: _("The best pairs only"),
    },
    PlanKind: {
        PlanKind.PLAN: pgettext_lazy("plan", "Plan"),
        PlanKind.FORCED: pgettext_lazy("plan", "With a pair forced in"),
        PlanKind.REPAIR: pgettext_lazy("plan", "Repair"),
    },
    PlanState: {
        PlanState.QUEUED: pgettext_lazy("plan", "Waiting"),
        PlanState.SOLVING: pgettext_lazy("plan", "Solving"),
        PlanState.SOLVED: pgettext_lazy("plan", "Solved"),
        PlanState.FAILED: pgettext_lazy("plan", "Failed"),
    },
    EventMode: {
        EventMode.IN_PERSON: _("In person"),
        EventMode.HYBRID: _("Hybrid"),
        EventMode.ONLINE: _("Online"),
    },
    MessageState: {
        MessageState.QUEUED: pgettext_lazy("message", "Waiting"),
        MessageState.SENT: pgettext_lazy("message", "Sent"),
        MessageState.FAILED: pgettext_lazy("message", "Failed"),
        MessageState.OBSOLETE: pgettext_lazy("message", "Not needed any more"),
    },
    PublicFact: {
        PublicFact.TITLE: _("The title"),
        PublicFact.REFERENCE: _("The reference"),
        PublicFact.CITIES: _("The cities"),
        PublicFact.MONTH: _("The month, without the days"),
        PublicFact.TOPICS: _("The topics"),
        PublicFact.PRACTICES: _("The practices seen"),
        PublicFact.REPORT: _("The report"),
        PublicFact.MAP: _("A line on the map between the cities"),
        PublicFact.ORGANISATIONS: _("The organisations that agreed to be named"),
    },
    RecordRunState: {
        RecordRunState.OPEN: pgettext_lazy("verification", "Under way"),
        RecordRunState.DONE: pgettext_lazy("verification", "Finished"),
        RecordRunState.FAILED: pgettext_lazy("verification", "Failed"),
    },
    SignInMethod: {
        SignInMethod.CODE: _("Code by mail"),
        SignInMethod.PASSWORD: _("Password"),
        SignInMethod.PASSKEY: _("Passkey"),
        SignInMethod.APP: _("Authenticator app"),
        SignInMethod.RECOVERY_CODE: _("Recovery code"),
        SignInMethod.LINK: _("Link of an invitation"),
    },
    Message: {
        Message.INVITATION: _("Invitation to a visit"),
        Message.INVITATION_REMINDER: _("Reminder of an invitation"),
        Message.INVITATION_WITHDRAWN: _("Invitation withdrawn"),
        Message.INVITATION_LAPSED: _("Invitation lapsed"),
        Message.INVITATION_ANSWERED: _("An answer to your proposal"),
        Message.VISIT_SUGGESTED: _("Suggestion of a visit"),
        Message.VISIT_READY: _("The date can be picked"),
        Message.VISIT_DECLINED: _("All hosts declined"),
        Message.VISIT_AGREED: _("Visit agreed"),
        Message.VISIT_RETURNED: _("Visit returned"),
        Message.VISIT_CONFIRMED: _("Visit confirmed"),
        Message.VISIT_WITHDRAWN: _("Visit withdrawn"),
        Message.VISIT_CANCELLED: _("Visit cancelled"),
        Message.VISIT_COMPLETED: _("Visit completed"),
        Message.AGENDA_CHANGED: _("Agenda changed"),
        Message.DELEGATE: _("News for a delegate"),
        Message.VISIT_REMINDER: _("Reminder of a step"),
        Message.ACCOUNT_INVITATION: _("Invitation to an account"),
        Message.ACCOUNT_CLOSED: _("Account closed"),
        Message.CONTACT_APPOINTED: _("Appointed as contact"),
        Message.ROLE_CHANGED: _("Change of roles"),
        Message.ROLE_OBJECTED: _("Objection to a change of roles"),
        Message.ROLE_DECIDED: _("Decision on a change of roles"),
        Message.REMOVAL_ASKED: _("Request to remove a signatory"),
        Message.SIGNATORY_PROPOSED: _("Signatory proposed"),
        Message.SIGNATORY_OBJECTED: _("Objection to a signatory"),
        Message.SIGNATORY_CONFIRMED: _("Signatory confirmed"),
        Message.SIGNATORY_ENDED: _("Proposal of a signatory ended"),
        Message.ACCOUNT: _("Account mail"),
        Message.PARTNERSHIP_INVITATION: _("Question whether to take part in a programme"),
        Message.PARTNERSHIP_REMINDER: _("Reminder of a programme's question"),
        Message.PARTNERSHIP_ANSWERED: _("Answer to a programme's question"),
        Message.CITY_CLAIM: _("Question of an organisation that acts for the same city"),
        Message.CITY_CLAIM_ANSWERED: _("Answer about acting for a city"),
        Message.HANDOVER_OFFERED: _("Offer of a home office"),
        Message.HANDOVER_ENDED: _("Answer about a home office"),
        Message.RECOVERY_STARTED: _("Recovery of an organisation"),
        Message.RECOVERY_ENDED: _("End of a recovery"),
        Message.HELD_VISIT_ASKED: _("Question whether a visit took place"),
        Message.HELD_VISIT_ANSWERED: _("Answer whether a visit took place"),
        Message.DISPUTE_OPENED: _("Question to the operator"),
        Message.DISPUTE_DECIDED: _("Decision of the operator"),
        Message.ORGANISATION_RENAMED: _("New name of an organisation"),
        Message.RECORD_HEAD: _("Head of the record"),
        Message.AGREEMENT_PROPOSED: _("Agreement proposed"),
        Message.AGREEMENT_CHANGED: _("Agreement changed"),
        Message.AGREEMENT_APPROVED: _("Agreement approved by all"),
        Message.AGREEMENT_TO_SIGN: _("Agreement to sign"),
        Message.AGREEMENT_ACTIVE: _("Agreement signed by all"),
        Message.AGREEMENT_ENDED: _("Agreement ended"),
        Message.AGREEMENT_EXPIRING: _("Agreement runs out"),
    },
}
"""By enum, because two members with the same value are equal, whatever their enums."""


def label(member: StrEnum) -> str:
    return str(LABELS[type(member)][member])


def choices(values: type[StrEnum]) -> list[tuple[str, StrPromise]]:
    """For a field of a model or a form, in the order of the enum."""
    return [(member.value, LABELS[values][member]) for member in values]
