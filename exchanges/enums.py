"""The shared vocabulary: every value that is stored, shown and compared."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(TextChoices):
    LOCAL_AUTHORITY = "local_authority", _("Local authority")
    TRADE_UNION = "trade_union", _("Trade union")
    ASSOCIATION = "association", _("Association")
    SOCIAL_ENTERPRISE = "social_enterprise", _("Social-economy enterprise")
    RESEARCH_INSTITUTE = "research_institute", _("Research institute")


class PartnerRole(TextChoices):
    LOCAL_AUTHORITY = "local_authority", _("Local authority")
    UMN_MEMBER = "umn_member", _("UnionMigrantNet member")
    COORDINATOR = "coordinator", _("Coordinator")


class MembershipRole(TextChoices):
    MEMBER = "member", _("Member")
    CONTACT = "contact", _("Contact")
    SIGNATORY = "signatory", _("Signatory")


class VisitState(TextChoices):
    DRAFT = "draft", pgettext_lazy("visit", "Draft")
    PROPOSED = "proposed", pgettext_lazy("visit", "Proposed")
    AGREED = "agreed", pgettext_lazy("visit", "Agreed")
    CONFIRMED = "confirmed", pgettext_lazy("visit", "Confirmed")
    COMPLETED = "completed", pgettext_lazy("visit", "Completed")
    CLOSED = "closed", pgettext_lazy("visit", "Closed")
    DECLINED = "declined", pgettext_lazy("visit", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("visit", "Withdrawn")
    CANCELLED = "cancelled", pgettext_lazy("visit", "Cancelled")


class VisitMove(TextChoices):
    PROPOSE = "propose", _("Propose")
    DISCARD = "discard", _("Discard")
    PICK_DATE = "pick_date", _("Pick the date")
    ALL_HOSTS_DECLINED = "all_hosts_declined", _("All hosts declined")
    WITHDRAW = "withdraw", _("Withdraw")
    CONFIRM = "confirm", _("Confirm")
    RETURN = "return", _("Return to the proposer")
    COMPLETE = "complete", _("Complete")
    CANCEL = "cancel", _("Cancel")
    CLOSE = "close", _("Close")
    IMPORT = "import", _("Import")


class Mover(TextChoices):
    """Whose move it is."""

    PROPOSER = "proposer", _("Proposer")
    INVITED = "invited", _("Invited organisations")
    OFFICE = "office", _("Programme office")
    HOST = "host", _("Host")
    PARTICIPANTS = "participants", _("Hosts and guests")
    PLATFORM = "platform", _("The platform")


class CityRole(TextChoices):
    """How a city takes part beside the host city."""

    CO_HOST = "co_host", _("Co-host")
    GUEST = "guest", _("Guest")


class Side(TextChoices):
    HOST = "host", _("Host side")
    GUEST = "guest", _("Guest side")


class InvitationState(TextChoices):
    OPEN = "open", pgettext_lazy("invitation", "Waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "Accepted")
    DECLINED = "declined", pgettext_lazy("invitation", "Declined")
    LAPSED = "lapsed", pgettext_lazy("invitation", "Lapsed")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "Withdrawn")


class Answer(TextChoices):
    YES = "yes", _("Yes")
    IF_NEED_BE = "if_need_be", _("If need be")
    NO = "no", _("No")


class SessionKind(TextChoices):
    PLENARY = "plenary", pgettext_lazy("session", "Plenary")
    MEETING = "meeting", pgettext_lazy("session", "Meeting")
    SITE_VISIT = "site_visit", pgettext_lazy("session", "Site visit")
    WORKSHOP = "workshop", pgettext_lazy("session", "Workshop")
    TRAVEL = "travel", pgettext_lazy("session", "Travel")
    MEAL = "meal", pgettext_lazy("session", "Meal")


class WishKind(TextChoices):
    """What a city says about being matched with another one."""

    PREFERENCE = "preference", pgettext_lazy("wish", "Would like to")
    VETO = "veto", pgettext_lazy("wish", "Would rather not")


class PairRule(TextChoices):
    """What the programme office says about a pair in every plan."""

    FIXED = "fixed", pgettext_lazy("pair", "Fixed")
    FORBIDDEN = "forbidden", pgettext_lazy("pair", "Forbidden")


class Fairness(TextChoices):
    """How much a plan values that a city takes part at all."""

    EVERYONE = "everyone", _("As many cities as possible, then the best pairs")
    BALANCED = "balanced", _("A balance of both")
    SCORE = "score", _("The best pairs only")


class PlanKind(TextChoices):
    """What a plan was asked for; all but the first are based on another plan."""

    PLAN = "plan", pgettext_lazy("plan", "Plan")
    FORCED = "forced", pgettext_lazy("plan", "With a pair forced in")
    REPAIR = "repair", pgettext_lazy("plan", "Repair")


class PlanState(TextChoices):
    QUEUED = "queued", pgettext_lazy("plan", "Waiting")
    SOLVING = "solving", pgettext_lazy("plan", "Solving")
    SOLVED = "solved", pgettext_lazy("plan", "Solved")
    FAILED = "failed", pgettext_lazy("plan", "Failed")


class EventMode(TextChoices):
    IN_PERSON = "in_person", _("In person")
    HYBRID = "hybrid", _("Hybrid")
    ONLINE = "online", _("Online")


class MessageState(TextChoices):
    QUEUED = "queued", pgettext_lazy("message", "Waiting")
    SENT = "sent", pgettext_lazy("message", "Sent")
    FAILED = "failed", pgettext_lazy("message", "Failed")
    OBSOLETE = "obsolete", pgettext_lazy("message", "Not needed any more")


class Message(TextChoices):
    """What a mail is about; `exchanges/mail` and `agreements/mail` render one template a kind."""

    INVITATION = "invitation", _("Invitation to a visit")
    INVITATION_REMINDER = "invitation_reminder", _("Reminder of an invitation")
    INVITATION_WITHDRAWN = "invitation_withdrawn", _("Invitation withdrawn")
    INVITATION_LAPSED = "invitation_lapsed", _("Invitation lapsed")
    INVITATION_ANSWERED = "invitation_answered", _("An answer to your proposal")
    VISIT_SUGGESTED = "visit_suggested", _("Suggestion of a visit")
    VISIT_READY = "visit_ready", _("The date can be picked")
    VISIT_DECLINED = "visit_declined", _("All hosts declined")
    VISIT_AGREED = "visit_agreed", _("Visit agreed")
    VISIT_RETURNED = "visit_returned", _("Visit returned")
    VISIT_CONFIRMED = "visit_confirmed", _("Visit confirmed")
    VISIT_WITHDRAWN = "visit_withdrawn", _("Visit withdrawn")
    VISIT_CANCELLED = "visit_cancelled", _("Visit cancelled")
    VISIT_COMPLETED = "visit_completed", _("Visit completed")
    AGENDA_CHANGED = "agenda_changed", _("Agenda changed")
    VISIT_REMINDER = "visit_reminder", _("Reminder of a step")
    ACCOUNT_INVITATION = "account_invitation", _("Invitation to an account")
    ACCOUNT = "account", _("Account mail")
    AGREEMENT_PROPOSED = "agreement_proposed", _("Agreement proposed")
    AGREEMENT_CHANGED = "agreement_changed", _("Agreement changed")
    AGREEMENT_APPROVED = "agreement_approved", _("Agreement approved by all")
    AGREEMENT_TO_SIGN = "agreement_to_sign", _("Agreement to sign")
    AGREEMENT_ACTIVE = "agreement_active", _("Agreement signed by all")
    AGREEMENT_ENDED = "agreement_ended", _("Agreement ended")
    AGREEMENT_EXPIRING = "agreement_expiring", _("Agreement runs out")
