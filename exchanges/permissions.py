"""Who may do what: `can_<verb>_<noun>(user, noun) -> bool`. The state is asked elsewhere."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from exchanges.domain.visit_states import movers_of
from exchanges.enums import InvitationState, MembershipRole, Mover, Side, VisitMove
from exchanges.models import (
    City,
    CityClaim,
    Handover,
    HeldVisitQuestion,
    Invitation,
    Membership,
    Organisation,
    PartnershipInvitation,
    Practice,
    Programme,
    StudyVisit,
    Topic,
    User,
)

Person = User | AnonymousUser


class NotAllowed(PermissionDenied):
    """This person may not do this; the page answers 403."""


def require(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed


def is_member(user: Person, organisation: Organisation) -> bool:
    return _memberships(user).filter(organisation=organisation).exists()


def is_contact(user: Person, organisation: Organisation) -> bool:
    return _contacts(user).filter(organisation=organisation).exists()


def own_organisation_ids(user: Person) -> frozenset[int]:
    return frozenset(_memberships(user).values_list("organisation", flat=True))


def is_signatory(user: Person, organisation: Organisation) -> bool:
    signatories = _memberships(user).filter(role=MembershipRole.SIGNATORY)
    return signatories.filter(organisation=organisation).exists()


def is_office(user: Person, programme: Programme) -> bool:
    """The programme office is the contacts of the coordinator."""
    return _contacts(user).filter(organisation=programme.coordinator_id).exists()


def is_auditor(user: Person, programme: Programme) -> bool:
    return user.is_authenticated and programme.auditors.filter(user=user.pk).exists()


def is_any_office(user: Person) -> bool:
    return _contacts(user).filter(organisation__coordinated_programmes__isnull=False).exists()


def is_any_auditor(user: Person) -> bool:
    return isinstance(user, User) and user.audits.exists()


def can_read_record(user: Person) -> bool:
    """The offices and auditors of all programmes: there is one record."""
    return can_manage_network(user) or is_any_auditor(user)


def can_propose_visit(user: Person, organisation: Organisation, programme: Programme) -> bool:
    """Allow a contact of a partner, for it."""
    is_partner = programme.partners.filter(organisation=organisation).exists()
    return is_partner and is_contact(user, organisation)


def can_edit_proposal(user: Person, visit: StudyVisit) -> bool:
    return visit.proposer is not None and is_contact(user, visit.proposer)


def can_answer_invitation(user: Person, invitation: Invitation) -> bool:
    return is_contact(user, invitation.organisation)


def can_name_organisation(user: Person, invitation: Invitation) -> bool:
    """To agree that the public reads of it: its own contacts, when it takes part."""
    takes_part = invitation.state == InvitationState.ACCEPTED
    return takes_part and is_contact(user, invitation.organisation)


def can_make_move(user: Person, visit: StudyVisit, verb: VisitMove) -> bool:
    """As the table of moves says."""
    return any(_is_mover(user, visit, mover) for mover in movers_of(verb))


def can_edit_agenda(user: Person, visit: StudyVisit) -> bool:
    """Allow the hosts' contacts, and the office."""
    return is_contact_of_side(user, visit, Side.HOST) or is_office(user, visit.programme)


def can_name_delegates(user: Person, visit: StudyVisit, organisation: Organisation) -> bool:
    return takes_part(visit, organisation) and is_contact(user, organisation)


def can_read_visit(user: Person, visit: StudyVisit) -> bool:
    """All of its pages. Of a closed visit others see no more than the public does."""
    return StudyVisit.objects.concerning(user).filter(pk=visit.pk).exists()


def can_see_people(user: Person, visit: StudyVisit) -> bool:
    """Names of delegates: who takes part, the office and auditors."""
    if not isinstance(user, User):
        return False
    accepted = visit.invitations.filter(state=InvitationState.ACCEPTED)
    return (
        accepted.filter(organisation__memberships__user=user).exists()
        or is_office(user, visit.programme)
        or is_auditor(user, visit.programme)
    )


def can_read_history(user: Person, visit: StudyVisit) -> bool:
    """As those who see people, and the proposer's own organisation from the draft on."""
    is_own = visit.proposer is not None and is_member(user, visit.proposer)
    return is_own or can_see_people(user, visit)


def can_edit_organisation(user: Person, organisation: Organisation) -> bool:
    """Its own contacts; its home office while it has none."""
    return is_contact(user, organisation) or stands_in_for(user, organisation)


def can_invite_person(user: Person, organisation: Organisation) -> bool:
    return can_edit_organisation(user, organisation)


def can_answer_partnership(user: Person, asked: PartnershipInvitation) -> bool:
    """A contact of the organisation, never an office for it."""
    return is_contact(user, asked.organisation)


def can_answer_city_claim(user: Person, claim: CityClaim) -> bool:
    """Allow who acts for an organisation of the city: contacts, else its home office."""
    others = claim.city.organisations.exclude(pk=claim.organisation_id)
    return any(can_edit_organisation(user, each) for each in others)


def can_answer_handover(user: Person, handover: Handover) -> bool:
    """Allow the receiving office and the organisation's contacts."""
    return is_contact(user, handover.organisation) or is_contact(user, handover.to_office)


def can_answer_held_question(user: Person, question: HeldVisitQuestion) -> bool:
    """Allow a contact of the organisation, or of one that acts for the city."""
    if question.organisation_id is not None:
        return _contacts(user).filter(organisation=question.organisation_id).exists()
    return _contacts(user).filter(organisation__active_in=question.city_id).exists()


def can_edit_city_profile(user: Person, city: City) -> bool:
    """Allow the contacts of the city's organisations."""
    return _contacts(user).filter(organisation__active_in=city).exists()


def can_edit_practice(user: Person, practice: Practice) -> bool:
    return any(can_edit_organisation(user, each) for each in practice.organisations.all())


def can_manage_programme(user: Person, programme: Programme) -> bool:
    return is_office(user, programme)


def can_make_plan(user: Person, programme: Programme) -> bool:
    return is_office(user, programme)


def can_see_matches(user: Person, programme: Programme) -> bool:
    """Allow everybody in an organisation of the programme, its coordinator's too, and auditors."""
    partners = programme.partners.values("organisation")
    involved = Q(organisation__in=partners) | Q(organisation=programme.coordinator_id)
    return _memberships(user).filter(involved).exists() or is_auditor(user, programme)


def can_match_for_all(user: Person, programme: Programme) -> bool:
    """To look for hosts and guests as any city of the programme."""
    return is_office(user, programme) or is_auditor(user, programme)


def can_add_programme(user: Person, coordinator: Organisation) -> bool:
    """Allow the office of another programme, for its own organisation."""
    coordinates = coordinator.coordinated_programmes.exists()
    return coordinates and is_contact(user, coordinator)


def can_manage_network(user: Person) -> bool:
    """Every office adds cities and topics, which all programmes share."""
    return is_any_office(user)


def can_edit_city(user: Person, city: City) -> bool:
    """The home offices of its organisations; the office that added it while it has none."""
    offices = city.organisations.exclude(home_office=None).values("home_office")
    if offices.exists():
        return _contacts(user).filter(organisation__in=offices).exists()
    return _contacts(user).filter(organisation=city.added_by_id).exists()


def can_edit_topic(user: Person, topic: Topic) -> bool:
    """The office that added it; any office while nothing uses it."""
    if _contacts(user).filter(organisation=topic.added_by_id).exists():
        return True
    is_used = any(
        rows.exists()
        for rows in (topic.practices, topic.learning_needs, topic.topic_levels, topic.visits)
    )
    return not is_used and can_manage_network(user)


def can_see_contacts(user: Person, organisation: Organisation) -> bool:
    """Allow partners of the same programme, its office and auditors to read the names."""
    if not isinstance(user, User):
        return False
    mine = _memberships(user).values("organisation")
    programmes = Programme.objects.filter(
        Q(partners__organisation=organisation) | Q(coordinator=organisation)
    )
    shared = programmes.filter(
        Q(partners__organisation__in=mine) | Q(coordinator__in=mine) | Q(auditors__user=user)
    )
    return is_member(user, organisation) or shared.exists()


def has_active_contact(organisation: Organisation) -> bool:
    contacts = organisation.memberships.filter(role=MembershipRole.CONTACT)
    return contacts.filter(user__is_active=True).exists()


def stands_in_for(user: Person, organisation: Organisation) -> bool:
    """The home office, for an organisation that has no active contact."""
    office = organisation.home_office_id
    works_there = office is not None and _contacts(user).filter(organisation=office).exists()
    return works_there and not has_active_contact(organisation)


def takes_part(visit: StudyVisit, organisation: Organisation) -> bool:
    accepted = visit.invitations.filter(state=InvitationState.ACCEPTED)
    return accepted.filter(organisation=organisation).exists()


def is_contact_of_side(user: Person, visit: StudyVisit, side: Side | None = None) -> bool:
    """Of an organisation that takes part, on one side or on any."""
    accepted = visit.invitations.filter(state=InvitationState.ACCEPTED)
    if side is not None:
        accepted = accepted.filter(side=side)
    return accepted.filter(organisation__in=_contacts(user).values("organisation")).exists()


def _is_mover(user: Person, visit: StudyVisit, mover: Mover) -> bool:
    match mover:
        case Mover.PROPOSER:
            return can_edit_proposal(user, visit)
        case Mover.OFFICE:
            return is_office(user, visit.programme)
        case Mover.HOST:
            return is_contact_of_side(user, visit, Side.HOST)
        case Mover.PARTICIPANTS:
            return is_contact_of_side(user, visit)
        case Mover.INVITED | Mover.PLATFORM:  # those answer; this needs nobody
            return False


def _memberships(user: Person) -> QuerySet[Membership]:
    if not isinstance(user, User):
        return Membership.objects.none()
    return Membership.objects.filter(user=user)


def _contacts(user: Person) -> QuerySet[Membership]:
    return _memberships(user).filter(role=MembershipRole.CONTACT)


def can_act_as_home_office(user: Person, organisation: Organisation) -> bool:
    """A contact of the home office, for an organisation that it brought in; never for itself."""
    home = organisation.home_office_id
    is_other = home is not None and home != organisation.pk
    return is_other and _contacts(user).filter(organisation=home).exists()


def is_appointed(user: Person, office: Organisation) -> bool:
    """Whether the operator made this person a contact of the office."""
    return _contacts(user).filter(organisation=office, is_appointed=True).exists()
