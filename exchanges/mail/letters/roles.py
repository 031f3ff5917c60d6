"""Letters about who acts and who signs for an organisation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from exchanges.enums import Message, RoleChangeState, SignatoryState
from exchanges.links import PURPOSE_ROLES, PURPOSE_SIGNATORY, make_token
from exchanges.mail.letters.phrases import page
from exchanges.mail.registry import Letter, Obsolete, letter
from exchanges.models import Organisation, OutboxMessage, RoleChange, SignatoryProposal, User
from exchanges.permissions import can_act_as_home_office, is_member
from exchanges.queries.people.role_changes import can_object_to_change
from exchanges.queries.people.signatories import OPEN, can_object_to_proposal
from exchanges.words.formats import organisation_name
from exchanges.words.people import confirmed_by, roles_given, roles_taken


@letter(Message.CONTACT_APPOINTED)
def contact_appointed(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    organisation = Organisation.objects.filter(pk=message.about.get("organisation")).first()
    if organisation is None or person is None:
        raise Obsolete("the organisation or the person is gone")
    return Letter(
        {
            "person_name": person.name,
            "organisation": organisation_name(organisation),
            "address": person.email,
            "link": f"{settings.BASE_URL}{reverse('account_login')}",
            "link_label": _("Sign in"),
        }
    )


@letter(Message.ACCOUNT_CLOSED)
def account_closed(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    closed = User.objects.filter(pk=message.about.get("person")).first()
    if closed is None:
        raise Obsolete("the account is gone")
    return Letter({"person_name": person.name if person else "", "who": closed.name})


@letter(
    Message.SIGNATORY_PROPOSED,
    Message.SIGNATORY_OBJECTED,
    Message.SIGNATORY_CONFIRMED,
    Message.SIGNATORY_ENDED,
)
def signatory(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    rows = SignatoryProposal.objects.select_related(
        "organisation__city", "organisation__home_office", "proposed_by", "confirmed_by"
    )
    proposal = rows.filter(pk=message.about.get("signatory_proposal")).first()
    if proposal is None or person is None:
        raise Obsolete("the proposal or the person is gone")
    if message.kind == Message.SIGNATORY_PROPOSED and proposal.state not in OPEN:
        raise Obsolete("the proposal was decided or withdrawn")
    organisation = organisation_name(proposal.organisation)
    facts = [
        (_("Organisation"), organisation),
        (_("Name"), proposal.name),
        (_("Function"), proposal.function),
        (_("Proposed by"), str(proposal.proposed_by or "")),
    ]
    if proposal.state == SignatoryState.CONFIRMED:
        facts.append((_("Confirmed by"), confirmed_by(proposal)))
    return Letter(
        {
            "person_name": person.name,
            "organisation": organisation,
            "name": proposal.name,
            "function": proposal.function,
            "is_refused": proposal.state == SignatoryState.REFUSED,
            "facts": facts,
            "said": proposal.reason,
            "said_by": _("The reason given"),
            **_link_of(proposal, person),
        }
    )


@letter(Message.ROLE_CHANGED, Message.ROLE_OBJECTED, Message.ROLE_DECIDED, Message.REMOVAL_ASKED)
def role_change(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    rows = RoleChange.objects.select_related("organisation__city", "person", "made_by")
    change = rows.filter(pk=message.about.get("role_change")).first()
    if change is None or person is None:
        raise Obsolete("the change or the person is gone")
    organisation = organisation_name(change.organisation)
    facts = [
        (_("Organisation"), organisation),
        (_("Person"), str(change.person)),
        (_("Roles given"), roles_given(change)),
        (_("Roles taken"), roles_taken(change)),
        (_("Changed by"), str(change.made_by or _("the operator"))),
        (_("Number"), str(change.pk)),
    ]
    return Letter(
        {
            "person_name": person.name,
            "organisation": organisation,
            "who": str(change.person),
            "is_undone": change.state == RoleChangeState.UNDONE,
            "facts": [fact for fact in facts if fact[1]],
            "said": change.reason,
            "said_by": _("The reason given"),
            **_link_of_change(change, person),
        }
    )


def _link_of(proposal: SignatoryProposal, person: User) -> dict[str, Any]:
    if can_object_to_proposal(person, proposal):
        token = make_token(PURPOSE_SIGNATORY, subject=proposal.pk, person=person.pk, generation=0)
        return {
            "link": page("signatory-object", token),
            "link_label": _("Look at it, or object"),
            "can_object": True,
        }
    return _pages_of(proposal.organisation, person)


def _link_of_change(change: RoleChange, person: User) -> dict[str, Any]:
    if can_object_to_change(person, change, change.made_at):
        token = make_token(PURPOSE_ROLES, subject=change.pk, person=person.pk, generation=0)
        return {
            "link": page("roles-object", token),
            "link_label": _("Look at it, or object"),
            "can_object": True,
        }
    return _pages_of(change.organisation, person)


def _pages_of(organisation: Organisation, person: User) -> dict[str, Any]:
    """Link the page of the home office for its contacts, else that of the organisation's people."""
    home = organisation.home_office
    if home is not None and can_act_as_home_office(person, organisation):
        return {"link": page("home-office", home.slug), "link_label": _("Open the list")}
    if is_member(person, organisation):
        link = page("organisation-people", organisation.slug)
        return {"link": link, "link_label": _("Open the list of people")}
    return {}
