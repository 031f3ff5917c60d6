"""No page shows as genuine what is not what the record says."""

import pytest
from django.db import transaction
from django.urls import reverse

from agreements.enums import AgreementState
from agreements.models import Agreement, Artifact, Signature, Version
from agreements.queries.parties import current_version
from agreements.urls import agreement_patterns
from exchanges.models import Event
from exchanges.models.record_triggers import install_record_triggers, remove_record_triggers
from tests.factories.agreements import bring_to, contact, parties, start_agreement

pytestmark = pytest.mark.django_db
SAID = "This agreement does not match the record"
FORGED = "City of Forgery"


@pytest.fixture
def agreement(scene):
    return bring_to(start_agreement(scene), AgreementState.ACTIVE)


def forge_terms(agreement):
    version = current_version(agreement)
    name = parties(agreement)[0].organisation.name
    remove_record_triggers()
    Version.objects.filter(pk=version.pk).update(terms=version.terms.replace(name, FORGED))
    install_record_triggers()


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_of_an_agreement_shows_or_does_anything(client, agreement, method):
    forge_terms(agreement)
    before = (Agreement.objects.get().state, Event.objects.count())
    client.force_login(contact(agreement.drafter))
    for pattern in agreement_patterns:
        url = reverse(f"agreements:{pattern.name}", args=[agreement.reference])
        answer = getattr(client, method)(url)
        text = answer.content.decode()
        assert (pattern.name, answer.status_code, SAID in text) == (pattern.name, 500, True)
        assert "the words of version 1 do not have the SHA-256" in text
        assert FORGED not in text
    assert (Agreement.objects.get().state, Event.objects.count()) == before


def test_a_stranger_does_not_hear_of_it(client, scene, agreement):
    forge_terms(agreement)
    client.force_login(scene.stranger)
    url = reverse("agreements:agreement-detail", args=[agreement.reference])
    assert client.get(url).status_code == 404


def public_page(client, agreement, sha256):
    return client.get(reverse("agreements:verify-version", args=[agreement.reference, sha256]))


def test_the_public_page_does_not_show_a_forged_party(client, agreement, caplog):
    sha256 = current_version(agreement).sha256
    forge_terms(agreement)
    answer = public_page(client, agreement, sha256[:16])
    assert answer.status_code == 500
    assert SAID in answer.content.decode()
    assert FORGED not in answer.content.decode()
    assert "agreement_not_as_recorded" in caplog.text


def forge_pdf():
    Artifact.objects.update(content=b"forged", sha256="a" * 64)


def forge_signatory():
    Signature.objects.update(name="Somebody Else")


def replace_hash():
    Version.objects.update(sha256="b" * 64)


def test_the_public_page_confirms_nothing_of_a_forgery(client, agreement):
    sha256 = current_version(agreement).sha256
    for forge in (forge_pdf, forge_signatory, replace_hash):
        with transaction.atomic():
            remove_record_triggers()
            forge()
            for asked in {sha256, current_version(agreement).sha256}:
                answer = public_page(client, agreement, asked)
                assert (answer.status_code, SAID in answer.content.decode()) == (500, True)
            assert public_page(client, agreement, "c" * 16).status_code == 404
            transaction.set_rollback(True)


def test_another_agreement_is_shown_as_before(client, scene, agreement):
    other = start_agreement(scene, scene.organisations)
    forge_terms(agreement)
    client.force_login(contact(agreement.drafter))
    url = reverse("agreements:agreement-detail", args=[other.reference])
    assert client.get(url).status_code == 200
