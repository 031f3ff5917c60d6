from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from agreements.enums import AgreementState
from agreements.exports.documents import verify_url
from agreements.models import Agreement, Artifact
from agreements.operations import drafting
from agreements.queries.parties import current_version
from exchanges.models import User
from exchanges.models.record_triggers import install_record_triggers, remove_record_triggers
from tests.factories.agreements import (
    bring_to,
    contact,
    parties,
    sign,
    signatory,
    start_agreement,
)
from tests.moment import AT

pytestmark = pytest.mark.django_db


def pdf(client, agreement, **headers):
    url = reverse("agreements:agreement-pdf", args=[agreement.reference])
    return client.get(url, headers=headers)


def test_signed_pdf_is_the_artifact_byte_for_byte(client, scene):
    agreement = bring_to(start_agreement(scene), AgreementState.ACTIVE)
    client.force_login(scene.office)
    answer = pdf(client, agreement)
    artifact = Artifact.objects.get()
    assert answer.content == bytes(artifact.content)
    assert answer["ETag"] == f'"{artifact.sha256}"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == f'attachment; filename="{agreement.reference}-v1.pdf"'
    assert "no-store" in answer["Cache-Control"]


def test_unchanged_pdf_is_not_sent_again(client, scene):
    agreement = bring_to(start_agreement(scene), AgreementState.ACTIVE)
    client.force_login(scene.office)
    etag = pdf(client, agreement)["ETag"]
    answer = pdf(client, agreement, if_none_match=etag)
    assert (answer.status_code, answer.content) == (304, b"")


def test_draft_pdf_has_the_same_bytes_twice(client, scene):
    agreement = bring_to(start_agreement(scene), AgreementState.PROPOSED)
    client.force_login(scene.office)
    assert pdf(client, agreement).content == pdf(client, agreement).content


def test_damaged_artifact_raises_an_alarm(client, scene, caplog):
    agreement = bring_to(start_agreement(scene), AgreementState.ACTIVE)
    remove_record_triggers()
    content = bytes(Artifact.objects.get().content)
    Artifact.objects.update(content=content[:-1] + b"!")
    install_record_triggers()
    client.force_login(scene.office)
    answer = pdf(client, agreement)
    assert answer.status_code == 500
    assert "This agreement does not match the record" in answer.content.decode()
    assert "agreement_not_as_recorded" in caplog.text


def test_verification_shows_state_validity_and_parties_alone(client, scene):
    agreement = bring_to(start_agreement(scene), AgreementState.ACTIVE)
    version = current_version(agreement)
    url = reverse("agreements:verify-version", args=[agreement.reference, version.hash16])
    assert verify_url(version).endswith(url)
    answer = client.get(url)
    text = answer.content.decode()
    assert "This agreement is in force" in text
    assert version.sha256 in text
    assert scene.hosts[0].name in text
    assert scene.guests[0].name in text
    assert "no-store" in answer["Cache-Control"]
    people = User.objects.values_list("name", "email")
    private = {word for person in people for word in person} | {"Jana Novak", "Mayor", "I sign."}
    assert not [word for word in private if word in text]
    for party in version.read_terms().clauses:
        assert party.text not in text


def test_full_hash_verifies_too(client, scene):
    agreement = bring_to(start_agreement(scene), AgreementState.ACTIVE)
    sha = current_version(agreement).sha256
    found = client.get(reverse("agreements:verify-version", args=[agreement.reference, sha]))
    assert found.status_code == 200
    wrong = sha[:-1] + ("0" if sha[-1] != "0" else "1")
    found = client.get(reverse("agreements:verify-version", args=[agreement.reference, wrong]))
    assert found.status_code == 404


@pytest.mark.parametrize(
    "hash16", ["0" * 16, "ABCDEF0123456789", "%", "_" * 16, "0" * 15, "x", "0" * 500]
)
def test_unknown_hash_is_a_page_that_says_so(client, scene, hash16):
    agreement = bring_to(start_agreement(scene), AgreementState.ACTIVE)
    answer = client.get(reverse("agreements:verify-version", args=[agreement.reference, hash16]))
    assert answer.status_code == 404
    assert "No such agreement" in answer.content.decode()
    assert scene.hosts[0].name not in answer.content.decode()


def test_older_version_is_called_replaced(client, scene):
    agreement = start_agreement(scene)
    first = current_version(agreement)
    terms = replace(first.read_terms(), title="New")
    drafting.edit_terms(
        agreement=agreement, terms=terms, revision=None, by=contact(scene.drafter), at=AT
    )
    url = reverse("agreements:verify-version", args=[agreement.reference, first.hash16])
    assert "This version was replaced" in client.get(url).content.decode()


def test_form_leads_to_the_version(client, scene):
    agreement = bring_to(start_agreement(scene), AgreementState.ACTIVE)
    version = current_version(agreement)
    typed = {"reference": f" {agreement.reference.lower()} ", "sha256": version.sha256.upper()}
    answer = client.get(reverse("agreements:verify"), typed)
    assert answer["Location"] == reverse(
        "agreements:verify-version", args=[agreement.reference, version.hash16]
    )


@pytest.mark.parametrize(
    "typed", [{"reference": "", "sha256": ""}, {"reference": "<b>", "sha256": "'; --"}]
)
def test_form_names_what_is_wrong(client, typed):
    page = client.get(reverse("agreements:verify"), typed)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"reference", "sha256"}


def test_names_in_all_scripts_are_signed(client, scene):
    agreement = bring_to(start_agreement(scene, scene.organisations), AgreementState.ACTIVE)
    client.force_login(signatory(scene.hosts[0]))
    assert sha256(pdf(client, agreement).content).hexdigest() == Artifact.objects.get().sha256


@pytest.mark.parametrize(
    ("state", "heading"),
    [
        (AgreementState.UPCOMING, "is signed and applies later"),
        (AgreementState.ACTIVE, "is in force"),
        (AgreementState.EXPIRING, "is in force"),
        (AgreementState.NOTICE_GIVEN, "is in force"),
        (AgreementState.EXPIRED, "is known, and not in force"),
        (AgreementState.TERMINATED, "is known, and not in force"),
        (AgreementState.VOID, "is known, and not in force"),
    ],
)
def test_verification_knows_the_day(client, scene, state, heading):
    agreement = bring_to(start_agreement(scene), state)
    hash16 = current_version(agreement).hash16
    page = client.get(reverse("agreements:verify-version", args=[agreement.reference, hash16]))
    assert f"This agreement {heading}" in page.content.decode()
    assert "Days end in the time zone Europe/Ljubljana." in page.content.decode()


def test_verification_tells_a_true_copy(client, scene):
    agreement = bring_to(start_agreement(scene), AgreementState.ACTIVE)
    version = current_version(agreement)
    content = bytes(Artifact.objects.get(version=version).content)
    address = reverse("agreements:verify-version", args=[agreement.reference, version.hash16])
    text = client.get(address).content.decode()
    assert sha256(content).hexdigest() in text
    assert f"<dd>{len(PdfReader(BytesIO(content)).pages)}</dd>" in text
    assert version.sha256 in text


def test_of_what_not_all_have_signed_no_copy_is_true(client, scene):
    agreement = bring_to(start_agreement(scene), AgreementState.OUT_FOR_SIGNATURE)
    hash16 = current_version(agreement).hash16
    page = client.get(reverse("agreements:verify-version", args=[agreement.reference, hash16]))
    assert "signed PDF" not in page.content.decode()


def test_each_page_says_how_far_the_signatures_are(client, scene):
    agreement = bring_to(start_agreement(scene), AgreementState.OUT_FOR_SIGNATURE)
    client.force_login(contact(scene.drafter))
    said = {}
    for signed, party in enumerate([None, *parties(agreement)]):
        if party:
            sign(party)
        reader = PdfReader(BytesIO(pdf(client, agreement).content))
        pages = [page.extract_text() for page in reader.pages]
        marks = ("Draft, not signed", "Not signed by all parties")
        said[signed] = {tuple(mark in page for mark in marks) for page in pages}
    assert said == {0: {(True, False)}, 1: {(False, True)}, 2: {(False, False)}}


def test_terms_are_the_bytes_of_the_hash(client, scene):
    agreement = bring_to(start_agreement(scene), AgreementState.PROPOSED)
    client.force_login(contact(scene.hosts[0]))
    answer = client.get(reverse("agreements:agreement-terms", args=[agreement.reference]))
    assert sha256(answer.content).hexdigest() == current_version(agreement).sha256
    assert answer["Content-Disposition"].endswith(f'{agreement.reference}-v1.json"')


@pytest.mark.parametrize("written", ["Umn II-2026-A001", "umn-2026-a001", "UMN-2026-A001"])
def test_a_genuine_reference_is_known_however_it_is_written(client, scene, written):
    """References of before short titles were checked are on paper."""
    agreement = bring_to(start_agreement(scene), AgreementState.ACTIVE)
    hash16 = current_version(agreement).hash16
    kept = written if " " in written else written.upper()
    Agreement.objects.filter(pk=agreement.pk).update(reference=kept)
    page = client.get(f"/v/{written}/{hash16}")
    assert "No such agreement" not in page.content.decode()
