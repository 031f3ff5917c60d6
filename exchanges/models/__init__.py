"""The tables. Importing a model from here keeps its file free to move."""

from exchanges.models.agenda import AgendaItem, Speaker, Venue
from exchanges.models.events import Event, EventHead
from exchanges.models.matching import CityWish, MatchingWeights, PlanPair
from exchanges.models.outbox import OutboxMessage
from exchanges.models.participants import Delegate, ThirdParty
from exchanges.models.partners import Blackout, City, CityProfile, Organisation, Topic
from exchanges.models.people import AccountInvitation, Membership, User
from exchanges.models.plans import ParticipationCredit, ProgrammePlan, SentRow
from exchanges.models.practices import LearningNeed, Practice, TopicLevel
from exchanges.models.programme import (
    Auditor,
    Exchange,
    NetworkEvent,
    Partner,
    Programme,
    ReferenceSeries,
)
from exchanges.models.visits import (
    DateAnswer,
    DateOption,
    Invitation,
    StudyVisit,
    VisitCity,
)

__all__ = [
    "AccountInvitation",
    "AgendaItem",
    "Auditor",
    "Blackout",
    "City",
    "CityProfile",
    "CityWish",
    "DateAnswer",
    "DateOption",
    "Delegate",
    "Event",
    "EventHead",
    "Exchange",
    "Invitation",
    "LearningNeed",
    "MatchingWeights",
    "Membership",
    "NetworkEvent",
    "Organisation",
    "OutboxMessage",
    "ParticipationCredit",
    "Partner",
    "PlanPair",
    "Practice",
    "Programme",
    "ProgrammePlan",
    "ReferenceSeries",
    "SentRow",
    "Speaker",
    "StudyVisit",
    "ThirdParty",
    "Topic",
    "TopicLevel",
    "User",
    "Venue",
    "VisitCity",
]
