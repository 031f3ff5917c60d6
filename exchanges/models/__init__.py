"""The tables. Importing a model from here keeps its file free to move."""

from exchanges.models.agenda import AgendaItem, Speaker, Venue
from exchanges.models.authority import Dispute, DisputeStatement, Handover, Recovery
from exchanges.models.cities import Blackout, City, CityProfile
from exchanges.models.codes import IssuedCode
from exchanges.models.date_options import DateAnswer, DateOption
from exchanges.models.held import HeldVisitQuestion
from exchanges.models.mail import OutboxMessage
from exchanges.models.matching import CityWish, MatchingWeights, PlanPair
from exchanges.models.network import CityClaim, Organisation, Practice
from exchanges.models.participants import Delegate, ThirdParty
from exchanges.models.people import (
    AccountInvitation,
    Membership,
    RoleChange,
    SignatoryProposal,
    User,
)
from exchanges.models.plans import ParticipationCredit, ProgrammePlan, SentRow
from exchanges.models.programmes import (
    Auditor,
    Exchange,
    NetworkEvent,
    Partner,
    PartnershipInvitation,
    Programme,
    ReferenceSeries,
)
from exchanges.models.record import Event, EventHead, RecordHead, RecordRun
from exchanges.models.sign_ins import SignIn
from exchanges.models.topics import LearningNeed, Topic, TopicLevel
from exchanges.models.visits import Invitation, StudyVisit, VisitCity

__all__ = [
    "AccountInvitation",
    "AgendaItem",
    "Auditor",
    "Blackout",
    "City",
    "CityClaim",
    "CityProfile",
    "CityWish",
    "DateAnswer",
    "DateOption",
    "Delegate",
    "Dispute",
    "DisputeStatement",
    "Event",
    "EventHead",
    "Exchange",
    "Handover",
    "HeldVisitQuestion",
    "Invitation",
    "IssuedCode",
    "LearningNeed",
    "MatchingWeights",
    "Membership",
    "NetworkEvent",
    "Organisation",
    "OutboxMessage",
    "ParticipationCredit",
    "Partner",
    "PartnershipInvitation",
    "PlanPair",
    "Practice",
    "Programme",
    "ProgrammePlan",
    "RecordHead",
    "RecordRun",
    "Recovery",
    "ReferenceSeries",
    "RoleChange",
    "SentRow",
    "SignIn",
    "SignatoryProposal",
    "Speaker",
    "StudyVisit",
    "ThirdParty",
    "Topic",
    "TopicLevel",
    "User",
    "Venue",
    "VisitCity",
]
