"""Twenty at once, on both databases."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from agreements.enums import AgreementState
from agreements.exports.documents import version_pdf
from agreements.models import Agreement, Approval, Artifact, Signature
from agreements.operations import approvals, signatures
from agreements.operations.drafting import AlreadyDrafted
from agreements.queries.parties import current_version
from exchanges.enums import MembershipRole
from exchanges.models import Event
from tests.factories.agreements import (
    add_member,
    approve,
    bring_to,
    contact,
    make_held_visit,
    parties,
    sign,
    start_agreement,
)
from tests.factories.proofs import make_proof
from tests.moment import AT

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 20


def at_once(act):
    """What `act(number)` gave or the type that it raised, for twenty threads at once."""
    barrier = Barrier(THREADS)

    def run(number):
        barrier.wait()
        try:
            return act(number)
        except Exception as refusal:
            return type(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_twenty_last_signatures_activate_once():
    agreement = bring_to(start_agreement(make_held_visit()), AgreementState.OUT_FOR_SIGNATURE)
    first, last = parties(agreement)
    sign(first)
    people = [add_member(last.organisation, MembershipRole.SIGNATORY) for _ in range(THREADS)]
    sha256 = current_version(agreement).sha256

    def act(number):
        return signatures.sign(
            party=last,
            sha256=sha256,
            statement="I sign.",
            render=version_pdf,
            proof=make_proof(people[number]),
            by=people[number],
            at=AT,
        ).pk

    assert len(set(at_once(act))) == 1
    assert Signature.objects.count() == 2
    assert Artifact.objects.count() == 1
    assert Event.objects.filter(verb="all_signed").count() == 1
    assert Agreement.objects.get().state == AgreementState.ACTIVE


def test_all_parties_signing_at_once_activate_once():
    scene = make_held_visit()
    agreement = bring_to(
        start_agreement(scene, scene.organisations), AgreementState.OUT_FOR_SIGNATURE
    )
    each = parties(agreement)
    people = {party.pk: add_member(party.organisation, MembershipRole.SIGNATORY) for party in each}
    sha256 = current_version(agreement).sha256

    def act(number):
        party = each[number % len(each)]
        return signatures.sign(
            party=party,
            sha256=sha256,
            statement="I sign.",
            render=version_pdf,
            proof=make_proof(people[party.pk]),
            by=people[party.pk],
            at=AT,
        ).party_id

    assert Counter(at_once(act)) == {party.pk: THREADS // len(each) for party in each}
    assert Signature.objects.count() == len(each)
    assert Event.objects.filter(verb="all_signed").count() == 1
    assert Artifact.objects.count() == 1


def test_twenty_last_approvals_approve_once():
    agreement = bring_to(start_agreement(make_held_visit()), AgreementState.PROPOSED)
    first, last = parties(agreement)
    approve(first)
    user = contact(last.organisation)
    sha256 = current_version(agreement).sha256

    def act(number):
        return approvals.approve(party=last, sha256=sha256, by=user, at=AT).pk

    assert len(set(at_once(act))) == 1
    assert Approval.objects.count() == 2
    assert Event.objects.filter(verb="all_approved").count() == 1
    assert Agreement.objects.get().state == AgreementState.APPROVED


def test_double_click_on_start_gives_one_draft():
    scene = make_held_visit()
    contact(scene.drafter)
    outcomes = Counter(
        each if isinstance(each, type) else "draft"
        for each in at_once(lambda number: start_agreement(scene))
    )
    assert outcomes == {"draft": 1, AlreadyDrafted: THREADS - 1}
    assert Agreement.objects.count() == 1
