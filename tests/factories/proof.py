"""A session that has proven by a second factor who is there."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.test import Client, RequestFactory

from exchanges.models import User


def sign_in_with_second_factor(client: Client, person: User) -> None:
    client.force_login(person)
    Authenticator.objects.get_or_create(user=person, type=Authenticator.Type.TOTP, data={})
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, person, "mfa", type="totp")
    request.session.save()
