from dataclasses import replace

import pytest
from django.urls import reverse

from agreements.enums import AgreementState
from agreements.models import Approval, Signature
from agreements.operations import drafting, endings, signatures
from agreements.queries.parties import current_version
from exchanges.models import Organisation
from tests.factories.agreements import (
    approve,
    bring_to,
    contact,
    parties,
    signatory,
    start_agreement,
)
from tests.factories.proofs import prove
from tests.moment import AT

pytestmark = pytest.mark.django_db


def open_page(client, scene, name, state):
    agreement = bring_to(start_agreement(scene), state)
    person = contact if name == "approve" else signatory
    client.force_login(person(scene.hosts[0]))
    prove(client, person(scene.hosts[0]))
    url = reverse(f"agreements:agreement-{name}", args=[agreement.reference])
    page = client.get(url)
    data = {"sha256": page.context["form"]["sha256"].value(), "party": page.context["party"].pk}
    return agreement, url, data


def change_terms(agreement):
    terms = replace(current_version(agreement).read_terms(), title="Changed")
    drafting.edit_terms(
        agreement=agreement, terms=terms, revision=None, by=contact(agreement.drafter), at=AT
    )
    agreement.refresh_from_db()


def test_approval_in_an_old_tab_is_refused_and_shows_the_new_terms(client, scene):
    agreement, url, data = open_page(client, scene, "approve", AgreementState.PROPOSED)
    change_terms(agreement)
    page = client.post(url, data)
    assert "The terms were changed while you were reading" in page.content.decode()
    assert Approval.objects.count() == 0
    fresh = data | {"sha256": page.context["form"]["sha256"].value()}
    assert client.post(url, fresh).status_code == 302
    assert Approval.objects.get().version.number == 2


def test_approve_page_marks_changes_since_the_approved_version(client, scene):
    agreement = bring_to(start_agreement(scene), AgreementState.PROPOSED)
    approve(parties(agreement)[0])
    change_terms(agreement)
    change_terms_again = replace(current_version(agreement).read_terms(), notice_months=12)
    drafting.edit_terms(
        agreement=agreement,
        terms=change_terms_again,
        revision=None,
        by=contact(scene.drafter),
        at=AT,
    )
    client.force_login(contact(scene.hosts[0]))
    page = client.get(reverse("agreements:agreement-approve", args=[agreement.reference]))
    assert page.context["compared_with"].number == 1
    assert {change.field for change in page.context["changed"]} == {"title", "notice_months"}
    client.force_login(contact(scene.drafter))
    page = client.get(reverse("agreements:agreement-approve", args=[agreement.reference]))
    assert page.context["compared_with"] is None


@pytest.mark.parametrize("sha256", ["", "x", "0" * 64])
def test_approval_of_another_hash_is_refused(client, scene, sha256):
    _agreement, url, data = open_page(client, scene, "approve", AgreementState.PROPOSED)
    assert client.post(url, data | {"sha256": sha256}).status_code == 200
    assert Approval.objects.count() == 0


def test_signature_needs_the_statement_and_takes_nothing_typed(client, scene):
    _agreement, url, data = open_page(client, scene, "sign", AgreementState.OUT_FOR_SIGNATURE)
    typed = {"name": "Ana", "function": "Queen"}
    page = client.post(url, data | typed)
    assert list(page.context["form"].errors) == ["intent"]
    assert Signature.objects.count() == 0
    client.post(url, data | typed | {"intent": "on"})
    signature = Signature.objects.get()
    assert (signature.name, signature.function) == ("Jana Novak", "Mayor")


def test_double_click_gives_one_signature_and_the_same_page(client, scene):
    _agreement, url, data = open_page(client, scene, "sign", AgreementState.OUT_FOR_SIGNATURE)
    data |= {"intent": "on"}
    first, second = client.post(url, data), client.post(url, data)
    assert first["Location"] == second["Location"]
    assert Signature.objects.count() == 1
    assert "Jana Novak, Mayor" in client.get(first["Location"]).content.decode()


def test_signature_keeps_the_statement_as_shown(client, scene):
    agreement, url, data = open_page(client, scene, "sign", AgreementState.OUT_FOR_SIGNATURE)
    shown = client.get(url).context["form"].fields["intent"].label
    client.post(url, data | {"intent": "on"})
    signature = Signature.objects.get()
    assert signature.statement == shown
    assert scene.hosts[0].name in shown
    assert agreement.reference in shown


def test_recalled_agreement_is_not_signed(client, scene):
    agreement, url, data = open_page(client, scene, "sign", AgreementState.OUT_FOR_SIGNATURE)
    endings.recall(agreement=agreement, by=scene.office, at=AT, reason="Wait.")
    page = client.post(url, data | {"intent": "on"})
    assert "This is not possible any more" in page.content.decode()
    assert Signature.objects.count() == 0


def test_terms_changed_during_signing_are_shown_again(client, scene):
    agreement, url, data = open_page(client, scene, "sign", AgreementState.OUT_FOR_SIGNATURE)
    endings.recall(agreement=agreement, by=scene.office, at=AT, reason="Typing error.")
    change_terms(agreement)
    for party in parties(agreement):
        approve(party)
    signatures.send_out(agreement=agreement, by=scene.office, at=AT)
    page = client.post(url, data | {"intent": "on"})
    assert "The terms were changed while you were reading" in page.content.decode()
    assert not page.context["form"]["intent"].value()
    assert Signature.objects.count() == 0


def test_other_partys_signature_cannot_be_asked_for(client, scene):
    agreement, url, data = open_page(client, scene, "sign", AgreementState.OUT_FOR_SIGNATURE)
    other = parties(agreement)[1]
    posted = data | {"party": other.pk, "intent": "on"}
    page = client.post(url, posted)
    assert page.status_code == 200
    assert Signature.objects.count() == 0


def test_reason_is_asked_for_and_kept(client, scene):
    agreement = bring_to(start_agreement(scene), AgreementState.PROPOSED)
    client.force_login(contact(scene.hosts[0]))
    url = reverse("agreements:agreement-decline", args=[agreement.reference])
    party = client.get(url).context["form"]["party"].value()
    assert client.post(url, {"party": party, "reason": " "}).status_code == 200
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.PROPOSED
    assert client.post(url, {"party": party, "reason": "No mandate."}).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.state, agreement.state_reason) == (AgreementState.DECLINED, "No mandate.")


def rename(organisation):
    Organisation.objects.filter(pk=organisation.pk).update(name="City of Emona")


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("approve", AgreementState.PROPOSED),
        ("sign", AgreementState.OUT_FOR_SIGNATURE),
        ("detail", AgreementState.OUT_FOR_SIGNATURE),
    ],
)
def test_pages_name_a_party_as_the_terms_do(client, scene, name, state):
    agreement = bring_to(start_agreement(scene), state)
    rename(scene.hosts[0])
    person = contact if name == "approve" else signatory
    client.force_login(person(scene.hosts[0]))
    prove(client, person(scene.hosts[0]))
    page = client.get(reverse(f"agreements:agreement-{name}", args=[agreement.reference]))
    text = page.content.decode()
    assert "The terms say Mestna občina Ljubljana. This organisation is called" in text
    assert 'called <bdi lang="en">City of Emona</bdi> today.' in text


def test_statement_names_the_party_as_the_terms_do(client, scene):
    _agreement, url, data = open_page(client, scene, "sign", AgreementState.OUT_FOR_SIGNATURE)
    rename(scene.hosts[0])
    assert client.post(url, data | {"intent": "on"}).status_code == 302
    assert "for Mestna občina Ljubljana. I have read" in Signature.objects.get().statement


def test_two_parties_of_one_name_are_told_apart(client, scene):
    Organisation.objects.filter(pk__in=[scene.hosts[0].pk, scene.guests[0].pk]).update(name="Twin")
    agreement = bring_to(start_agreement(scene), AgreementState.OUT_FOR_SIGNATURE)
    host, guest = (f"Twin ({party.city})" for party in parties(agreement))
    assert host != guest
    assert f"made between {host} and {guest}" in current_version(agreement).terms
    person = signatory(scene.guests[0])
    client.force_login(person)
    prove(client, person)
    url = reverse("agreements:agreement-sign", args=[agreement.reference])
    page = client.get(url)
    assert f"Sign for <bdi>{guest}</bdi>" in page.content.decode()
    data = {"sha256": page.context["form"]["sha256"].value(), "party": page.context["party"].pk}
    client.post(url, data | {"intent": "on"})
    assert f"for {guest}. I have read" in Signature.objects.get().statement
    address = reverse("agreements:verify-version", args=[agreement.reference, data["sha256"][:16]])
    shown = client.get(address)
    assert host in shown.content.decode()
    assert guest in shown.content.decode()
