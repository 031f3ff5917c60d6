from typing import Any

from allauth.account.models import EmailAddress

from exchanges.enums import MembershipRole, SignatoryState
from exchanges.models import Membership, Organisation, SignatoryProposal, User
from tests.factories.partners import numbers
from tests.moment import AT

ORIGIN = {"since", "given_by", "invited_by", "root", "is_appointed"}


def make_user(email: str = "", **fields: Any) -> User:
    email = email or f"person-{next(numbers)}@example.org"
    user = User.objects.create_user(email, **{"name": email.partition("@")[0], **fields})
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_contact(organisation: Organisation, **fields: Any) -> User:
    return _with_role(organisation, MembershipRole.CONTACT, fields)


def make_member(organisation: Organisation, **fields: Any) -> User:
    return _with_role(organisation, MembershipRole.MEMBER, fields)


def make_signatory(organisation: Organisation, **fields: Any) -> User:
    return _with_role(organisation, MembershipRole.SIGNATORY, fields)


def make_appointed(organisation: Organisation, **fields: Any) -> User:
    """A contact whom the operator appointed: his or her own root."""
    user = make_contact(organisation, is_appointed=True, **fields)
    user.memberships.update(root=user)
    return user


def _with_role(organisation: Organisation, role: MembershipRole, fields: dict[str, Any]) -> User:
    origin = {name: fields.pop(name) for name in ORIGIN & set(fields)}
    user = make_user(**fields)
    row = Membership(user=user, organisation=organisation, role=role, **{"since": AT, **origin})
    if role == MembershipRole.SIGNATORY:
        row.proposal = make_confirmed_proposal(user, organisation)
    row.save()
    return user


def make_confirmed_proposal(
    person: User, organisation: Organisation, *, name: str = "", function: str = "Mayor"
) -> SignatoryProposal:
    """As of signatories from before proposals were recorded."""
    return SignatoryProposal.objects.create(
        organisation=organisation,
        person=person,
        name=name or person.name,
        function=function,
        state=SignatoryState.CONFIRMED,
    )
