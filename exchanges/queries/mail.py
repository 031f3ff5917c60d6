"""Messages of the outbox, as the programme office follows them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from exchanges.enums import (
    MembershipRole,
    MessageState,
)
from exchanges.models import (
    AccountInvitation,
    Organisation,
    OutboxMessage,
    Programme,
    User,
)


def messages_of_office(user: User) -> QuerySet[OutboxMessage]:
    """Return mail to people of the programmes whose office or auditor this person is."""
    offices = user.memberships.filter(role=MembershipRole.CONTACT).values("organisation")
    programmes = Programme.objects.filter(Q(coordinator__in=offices) | Q(auditors__user=user))
    organisations = Organisation.objects.filter(partnerships__programme__in=programmes.values("pk"))
    people = User.objects.filter(memberships__organisation__in=organisations.values("pk"))
    asked = AccountInvitation.objects.filter(organisation__in=organisations.values("pk"))
    return OutboxMessage.objects.filter(
        Q(recipient__in=people.values("pk"))
        | Q(recipient=None, address__in=people.values("email"))
        | Q(recipient=None, address__in=asked.values("email"))
    )


def unsent_messages(user: User) -> QuerySet[OutboxMessage]:
    """Return mail to people of programmes this person reads: failed first, then oldest first."""
    unsent = messages_of_office(user).filter(state__in=(MessageState.FAILED, MessageState.QUEUED))
    return unsent.select_related("recipient").defer("secret").order_by("state", "queued_at", "pk")
