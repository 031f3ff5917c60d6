from typing import Any

from allauth.account.models import EmailAddress

from exchanges.enums import MembershipRole
from exchanges.models import Membership, Organisation, User
from tests.factories.partners import numbers


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


def _with_role(organisation: Organisation, role: MembershipRole, fields: dict[str, Any]) -> User:
    user = make_user(**fields)
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user
