"""Fresh proof of who is signed in, for steps that bind others.

A view asks `proof_of(request)` and gives the answer to the operation, which calls `require_proof`.
Without one, `ways_to_prove(request, back=…)` are links to allauth's pages, which lead back. Who has
neither password nor second factor gets a code by mail: `send_proof_code`, then `proof_by_code`.
That code is bound to the session, the person and `about`, which names what it is for by ids and
hashes. It opens this one thing, once, within ten minutes, and can be tried three times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from exchanges import clock
from exchanges.domain.proof import SECOND_FACTORS, Proof
from exchanges.enums import SignInMethod
from exchanges.models import User
from exchanges.operations.people.codes import use_code
from exchanges.operations.refusals import Refusal
from exchanges.queries.people.codes import is_waiting
from exchanges.views.active import signed_in
from exchanges.views.people.sign_in_log import method_of, note_failure

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class TooManyCodes(Refusal):
    def __init__(self) -> None:
        super().__init__(_("You asked for several codes in a short time. Try again in an hour."))


@dataclass(frozen=True, slots=True)
class Way:
    words: str
    url: str


def proof_of(request: HttpRequest) -> Proof | None:
    """Return the best proof of the last five minutes: a second factor before a password.

    A code that signed the person in is none: it proves the mailbox, and was not asked for this.
    """
    person, now = signed_in(request), clock.now()
    proofs = [proof for proof in _proofs(request) if proof.holds(person.pk, at=now)]
    return max(proofs, key=lambda proof: (proof.is_second_factor, proof.at), default=None)


def second_factor_of(request: HttpRequest, *, at: datetime) -> Proof | None:
    """Return the latest second factor that this session saw, however long ago.

    None as well when the person has none any more. In the demo, whoever was chosen with one click
    has proven it now, at `at`.
    """
    person = signed_in(request)
    if settings.DEMO and _was_chosen_in_the_demo(request):
        return Proof(person.pk, person.email, SignInMethod.APP, at)
    proofs = [proof for proof in _proofs(request) if proof.is_second_factor]
    if not proofs or not _factors_of(person):
        return None
    return max(proofs, key=lambda proof: proof.at)


def where_to_prove(request: HttpRequest, onward: str) -> str:
    """Return the page that asks for the second factor and leads back, or that sets one up."""
    factors = _factors_of(signed_in(request))
    if not factors:
        return reverse("mfa_index")
    by_code = Authenticator.Type.TOTP in factors
    page = "mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn"
    return f"{reverse(page)}?{urlencode({'next': onward})}"


def ways_to_prove(request: HttpRequest, *, back: str) -> Sequence[Way]:
    """Return links to the pages that ask for a password or second factor; none for most people."""
    methods = get_adapter(request).get_reauthentication_methods(signed_in(request))
    query = urlencode({"next": back})
    return [Way(str(each["description"]), f"{each['url']}?{query}") for each in methods]


def send_proof_code(request: HttpRequest, *, about: str, purpose: str) -> None:
    """Mail a code for this one thing; `purpose` says in words what it is. Raises TooManyCodes."""
    person = signed_in(request)
    if not ratelimit.consume(request, action="proof_code", user=person):
        raise TooManyCodes
    name = _name(request, about)
    get_adapter(request).send_proof_code(person, name=name, purpose=purpose)


def is_code_sent(request: HttpRequest, *, about: str) -> bool:
    return is_waiting(_name(request, about), at=clock.now())


def proof_by_code(request: HttpRequest, *, about: str, typed: str) -> Proof | None:
    """Return the proof when the code is right. Only for who has no better way."""
    person = signed_in(request)
    if ways_to_prove(request, back=request.path):
        return None
    if not use_code(typed, name=_name(request, about), at=clock.now()):
        note_failure(request, person, SignInMethod.CODE)
        return None
    return Proof(person.pk, person.email, SignInMethod.CODE, clock.now())


def _proofs(request: HttpRequest) -> list[Proof]:
    """Return what allauth noted in this session, in the program's time."""
    person = signed_in(request)
    wanted = {SignInMethod.PASSWORD, *SECOND_FACTORS}
    ahead = clock.now() - clock.real_now()  # of the demo
    return [
        Proof(person.pk, person.email, method, datetime.fromtimestamp(record["at"], UTC) + ahead)
        for record in get_authentication_records(request, person)
        if (method := method_of(record)) in wanted and method
    ]


def _was_chosen_in_the_demo(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "demo" for record in records)


def _factors_of(person: User) -> set[str]:
    own = Authenticator.objects.filter(user=person, type__in=FACTORS)
    return set(own.values_list("type", flat=True))


def _name(request: HttpRequest, about: str) -> str:
    """Name the code by all that it is bound to."""
    person, session = signed_in(request), request.session.session_key
    return sha256(f"{session}|{person.pk}|{about}".encode()).hexdigest()
