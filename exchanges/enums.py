"""The shared vocabulary: every value that is stored, shown and compared."""

from enum import StrEnum


class OrganisationKind(StrEnum):
    LOCAL_AUTHORITY = "local_authority"
    TRADE_UNION = "trade_union"
    ASSOCIATION = "association"
    SOCIAL_ENTERPRISE = "social_enterprise"
    RESEARCH_INSTITUTE = "research_institute"


class PartnerRole(StrEnum):
    LOCAL_AUTHORITY = "local_authority"
    UMN_MEMBER = "umn_member"
    COORDINATOR = "coordinator"


class MembershipRole(StrEnum):
    MEMBER = "member"
    CONTACT = "contact"
    SIGNATORY = "signatory"


class AskedState(StrEnum):
    """Where a question to an organisation stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class SignatoryState(StrEnum):
    """Where the proposal of a signatory stands."""

    PROPOSED = "proposed"
    OBJECTED = "objected"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class RecoveryState(StrEnum):
    RUNNING = "running"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class DisputeKind(StrEnum):
    """What the operator decides. A value stands in the record."""

    NAME = "name"
    CITY = "city"
    HANDOVER = "handover"
    RECOVERY = "recovery"
    HELD_VISITS = "held_visits"


class RoleChangeState(StrEnum):
    """Where a change of somebody's roles stands; `asked` is not made yet."""

    ASKED = "asked"
    MADE = "made"
    OBJECTED = "objected"
    UNDONE = "undone"
    KEPT = "kept"
    REFUSED = "refused"


class VisitState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    CONFIRMED = "confirmed"
    COMPLETED = "completed"
    CLOSED = "closed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


class VisitMove(StrEnum):
    PROPOSE = "propose"
    DISCARD = "discard"
    PICK_DATE = "pick_date"
    ALL_HOSTS_DECLINED = "all_hosts_declined"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    RETURN = "return"
    COMPLETE = "complete"
    CANCEL = "cancel"
    CLOSE = "close"
    IMPORT = "import"


class PublicFact(StrEnum):
    """What everybody can read of a closed visit, and nothing else.

    The public page and the page on which a visit is closed are both made from this list.
    """

    TITLE = "title"
    REFERENCE = "reference"
    CITIES = "cities"
    MONTH = "month"
    TOPICS = "topics"
    PRACTICES = "practices"
    REPORT = "report"
    MAP = "map"
    ORGANISATIONS = "organisations"


class Mover(StrEnum):
    """Whose move it is."""

    PROPOSER = "proposer"
    INVITED = "invited"
    OFFICE = "office"
    HOST = "host"
    PARTICIPANTS = "participants"
    PLATFORM = "platform"


class CityRole(StrEnum):
    """How a city takes part beside the host city."""

    CO_HOST = "co_host"
    GUEST = "guest"


class Side(StrEnum):
    HOST = "host"
    GUEST = "guest"


class InvitationState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    YES = "yes"
    IF_NEED_BE = "if_need_be"
    NO = "no"


class SessionKind(StrEnum):
    PLENARY = "plenary"
    MEETING = "meeting"
    SITE_VISIT = "site_visit"
    WORKSHOP = "workshop"
    TRAVEL = "travel"
    MEAL = "meal"


class WishKind(StrEnum):
    """What a city says about being matched with another one."""

    PREFERENCE = "preference"
    VETO = "veto"


class PairRule(StrEnum):
    """What the programme office says about a pair in every plan."""

    FIXED = "fixed"
    FORBIDDEN = "forbidden"


class Fairness(StrEnum):
    """How much a plan values that a city takes part at all."""

    EVERYONE = "everyone"
    BALANCED = "balanced"
    SCORE = "score"


class PlanKind(StrEnum):
    """What a plan was asked for; all but the first are based on another plan."""

    PLAN = "plan"
    FORCED = "forced"
    REPAIR = "repair"


class PlanState(StrEnum):
    QUEUED = "queued"
    SOLVING = "solving"
    SOLVED = "solved"
    FAILED = "failed"


class EventMode(StrEnum):
    IN_PERSON = "in_person"
    HYBRID = "hybrid"
    ONLINE = "online"


class MessageState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    OBSOLETE = "obsolete"


class RecordRunState(StrEnum):
    """Whether a verification of the record waits or goes on, or how it ended."""

    OPEN = "open"
    DONE = "done"
    FAILED = "failed"


class SignInMethod(StrEnum):
    """How somebody proved who he or she is."""

    CODE = "code"
    PASSWORD = "password"
    PASSKEY = "passkey"
    APP = "app"
    RECOVERY_CODE = "recovery_code"
    LINK = "link"


class Message(StrEnum):
    """What a mail is about; `exchanges/mail` and `agreements/mail` render one template a kind."""

    INVITATION = "invitation"
    INVITATION_REMINDER = "invitation_reminder"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    INVITATION_LAPSED = "invitation_lapsed"
    INVITATION_ANSWERED = "invitation_answered"
    VISIT_SUGGESTED = "visit_suggested"
    VISIT_READY = "visit_ready"
    VISIT_DECLINED = "visit_declined"
    VISIT_AGREED = "visit_agreed"
    VISIT_RETURNED = "visit_returned"
    VISIT_CONFIRMED = "visit_confirmed"
    VISIT_WITHDRAWN = "visit_withdrawn"
    VISIT_CANCELLED = "visit_cancelled"
    VISIT_COMPLETED = "visit_completed"
    AGENDA_CHANGED = "agenda_changed"
    DELEGATE = "delegate"
    VISIT_REMINDER = "visit_reminder"
    ACCOUNT_INVITATION = "account_invitation"
    ACCOUNT = "account"
    PARTNERSHIP_INVITATION = "partnership_invitation"
    PARTNERSHIP_REMINDER = "partnership_reminder"
    PARTNERSHIP_ANSWERED = "partnership_answered"
    CITY_CLAIM = "city_claim"
    CITY_CLAIM_ANSWERED = "city_claim_answered"
    ORGANISATION_RENAMED = "organisation_renamed"
    HANDOVER_OFFERED = "handover_offered"
    HANDOVER_ENDED = "handover_ended"
    RECOVERY_STARTED = "recovery_started"
    RECOVERY_ENDED = "recovery_ended"
    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_DECIDED = "dispute_decided"
    HELD_VISIT_ASKED = "held_visit_asked"
    HELD_VISIT_ANSWERED = "held_visit_answered"
    RECORD_HEAD = "record_head"
    ACCOUNT_CLOSED = "account_closed"
    CONTACT_APPOINTED = "contact_appointed"
    ROLE_CHANGED = "role_changed"
    ROLE_OBJECTED = "role_objected"
    ROLE_DECIDED = "role_decided"
    REMOVAL_ASKED = "removal_asked"
    SIGNATORY_PROPOSED = "signatory_proposed"
    SIGNATORY_OBJECTED = "signatory_objected"
    SIGNATORY_CONFIRMED = "signatory_confirmed"
    SIGNATORY_ENDED = "signatory_ended"
    AGREEMENT_PROPOSED = "agreement_proposed"
    AGREEMENT_CHANGED = "agreement_changed"
    AGREEMENT_APPROVED = "agreement_approved"
    AGREEMENT_TO_SIGN = "agreement_to_sign"
    AGREEMENT_ACTIVE = "agreement_active"
    AGREEMENT_ENDED = "agreement_ended"
    AGREEMENT_EXPIRING = "agreement_expiring"
