"""From the visit to the register, by the pages."""

import io
import re
from hashlib import sha256

import pypdf
import pytest
from django.urls import reverse

from agreements.domain.validity import usual_end
from agreements.models import Agreement, Artifact
from exchanges.models import OutboxMessage
from tests.factories.agreements import contact, make_held_visit, signatory
from tests.factories.proofs import prove
from tests.moment import AT

pytestmark = pytest.mark.django_db


def test_agreement_is_drafted_approved_signed_and_found(client):
    scene = make_held_visit()
    agreement = _draft(client, scene)
    _press(client, contact(scene.drafter), "propose", agreement)
    for organisation in (scene.hosts[0], scene.guests[0]):
        _approve(client, contact(organisation), agreement)
    _press(client, scene.office, "send-out", agreement)
    for organisation in (scene.hosts[0], scene.guests[0]):
        _sign(client, signatory(organisation), agreement)
    agreement.refresh_from_db()
    assert agreement.state == "active"
    _pdf_is_the_kept_one(client, scene, agreement)
    client.force_login(scene.office)
    page = client.get(reverse("agreements:agreement-list"), {"until": "", "text": "ljubljana"})
    assert agreement.reference in page.content.decode()
    kinds = set(OutboxMessage.objects.values_list("kind", flat=True))
    assert {"agreement_proposed", "agreement_approved", "agreement_to_sign"} < kinds


def _draft(client, scene):
    client.force_login(contact(scene.drafter))
    url = reverse("agreements:agreement-start", args=[scene.visit.reference])
    assert client.get(url).status_code == 200
    posted = {
        "drafter": scene.drafter.pk,
        "hosts": [scene.hosts[0].pk],
        "guests": [scene.guests[0].pk],
        "valid_from": AT.date().isoformat(),
        "valid_until": usual_end(AT.date()).isoformat(),
        "notice_months": "6",
    }
    agreement_url = client.post(url, posted)["Location"]
    agreement = Agreement.objects.get()
    assert agreement_url == reverse("agreements:agreement-detail", args=[agreement.reference])
    assert client.get(agreement_url).status_code == 200
    assert re.fullmatch(rf"UMN\d*-{AT.year}-A001", agreement.reference)
    return agreement


def _press(client, user, name, agreement):
    client.force_login(user)
    url = reverse(f"agreements:agreement-{name}", args=[agreement.reference])
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302


def _approve(client, user, agreement):
    client.force_login(user)
    url = reverse("agreements:agreement-approve", args=[agreement.reference])
    page = client.get(url)
    data = {"sha256": page.context["form"]["sha256"].value()}
    data["party"] = page.context["party"].pk
    assert client.post(url, data).status_code == 302


def _sign(client, user, agreement):
    client.force_login(user)
    prove(client, user)
    url = reverse("agreements:agreement-sign", args=[agreement.reference])
    page = client.get(url)
    data = {
        "sha256": page.context["form"]["sha256"].value(),
        "party": page.context["party"].pk,
        "intent": "on",
    }
    answer = client.post(url, data)
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200


def _pdf_is_the_kept_one(client, scene, agreement):
    answer = client.get(reverse("agreements:agreement-pdf", args=[agreement.reference]))
    artifact = Artifact.objects.get()
    assert answer.content == bytes(artifact.content)
    assert sha256(answer.content).hexdigest() == artifact.sha256
    text = "".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages
    )
    assert all(organisation.name in text for organisation in (scene.hosts[0], scene.guests[0]))
    assert "Jana Novak" in text
