from datetime import datetime

from allauth.account.internal.flows import login
from allauth.mfa.models import Authenticator
from django.test import Client, RequestFactory

from exchanges.domain.proof import Proof
from exchanges.enums import SignInMethod
from exchanges.models import User
from tests.moment import AT


def make_proof(
    person: User, method: SignInMethod = SignInMethod.PASSKEY, at: datetime = AT
) -> Proof:
    return Proof(person.pk, person.email, method, at)


def prove(client: Client, person: User, method: str = "password", at: datetime = AT) -> None:
    """Note in a session what allauth notes when somebody has proven who it is."""
    session = client.session
    records = session.get(login.AUTHENTICATION_METHODS_SESSION_KEY, [])
    record = {"method": method, "at": at.timestamp()}
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [*records, record]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session.save()


def sign_in_with_second_factor(client: Client, person: User) -> None:
    """A session that has proven by a second factor who is there."""
    client.force_login(person)
    Authenticator.objects.get_or_create(user=person, type=Authenticator.Type.TOTP, data={})
    request = RequestFactory().get("/")
    request.session = client.session
    login.record_authentication(request, person, "mfa", type="totp")
    request.session.save()
