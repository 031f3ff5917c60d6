"""Two tabs for two organisations: a form saves for the one that its page showed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from exchanges.enums import MembershipRole
from exchanges.models import (
    AccountInvitation,
    Membership,
    Organisation,
    Practice,
    StudyVisit,
    Topic,
)
from tests.factories import (
    Scene,
    make_organisation,
    make_partner,
    make_programme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(scene: Scene) -> Organisation:
    """Another partner of the programme, whose contact the owner is too."""
    organisation = make_organisation("Second union", city=scene.guest_city)
    make_partner(scene.programme, organisation)
    Membership.objects.create(
        user=scene.owner, organisation=organisation, role=MembershipRole.CONTACT
    )
    return organisation


@pytest.fixture
def owner(client: Client, scene: Scene, second: Organisation) -> Client:
    client.force_login(scene.owner)
    return client


def text(response: Any) -> str:
    return " ".join(str(response.content.decode()).split())


def switch(client: Client, organisation: Organisation) -> None:
    """As somebody does in a second tab."""
    client.post("/account/organisation/", {"organisation": organisation.pk})


def open_page(client: Client, url: str) -> Any:
    page = client.get(url, follow=True)
    assert page.status_code == 200
    return page


def send(client: Client, page: Any, **typed: Any) -> Any:
    """Send the form of a page that was opened before, to where the page says."""
    values = {field.html_name: field.value() for field in page.context["form"] if field.value()}
    chain = getattr(page, "redirect_chain", [])
    url = chain[-1][0] if chain else page.request["PATH_INFO"]
    return client.post(url, {**values, **typed}, follow=True)


def test_edit_saves_the_organisation_that_the_page_showed(
    owner: Client, scene: Scene, second: Organisation
) -> None:
    page = open_page(owner, "/organisation/")
    assert page.context["organisation"] == scene.guest_authority
    switch(owner, second)
    answer = send(owner, page, about="We receive.")
    assert "Saved: City of Pordenone." in text(answer)
    scene.guest_authority.refresh_from_db()
    second.refresh_from_db()
    assert (scene.guest_authority.about, second.about) == ("We receive.", "")
    assert second.name == "Second union"
    assert open_page(owner, "/organisation/").context["organisation"] == second


def test_draft_is_of_the_organisation_that_the_page_showed(
    owner: Client, scene: Scene, second: Organisation
) -> None:
    first = open_page(owner, "/visits/propose/")
    switch(owner, second)
    other = open_page(owner, "/visits/propose/")
    answer = send(owner, first)
    assert StudyVisit.objects.get().proposer == scene.guest_authority
    assert "City of Pordenone</bdi> · Draft" in text(answer)
    send(owner, other)
    assert StudyVisit.objects.latest("pk").proposer == second


def test_link_from_a_match_names_the_organisation(
    owner: Client, scene: Scene, second: Organisation
) -> None:
    url = f"/programmes/{scene.programme.slug}/visits/propose/"
    switch(owner, second)
    page = open_page(owner, f"{url}?organisation={scene.guest_authority.slug}")
    assert page.context["organisation"] == scene.guest_authority
    assert open_page(owner, url).context["organisation"] == second


def test_one_acts_for_no_foreign_organisation(owner: Client, scene: Scene) -> None:
    url = f"/programmes/{scene.programme.slug}/visits/propose/"
    outside = make_organisation("Outside")
    Membership.objects.create(user=scene.owner, organisation=outside, role=MembershipRole.CONTACT)
    member_only = scene.host_union
    Membership.objects.create(
        user=scene.owner, organisation=member_only, role=MembershipRole.MEMBER
    )
    answers = {
        scene.host_authority.slug: 404, "nothing": 404, "": 404, "a\0b": 404,
        outside.slug: 403, member_only.slug: 403,
    }  # fmt: skip
    for slug, status in answers.items():
        sent = owner.post(url, {"side": "guest", "organisation": slug})
        assert sent.status_code == status, slug
        if slug:
            assert owner.get(url, {"organisation": slug}).status_code == status
    assert owner.post(url, {"side": "guest"}).status_code == 404
    assert not StudyVisit.objects.exists()


def test_invitation_is_for_the_organisation_that_the_page_showed(
    owner: Client, scene: Scene, second: Organisation
) -> None:
    page = open_page(owner, "/people/")
    switch(owner, second)
    answer = send(owner, page, email="new@example.org", role="member")
    assert AccountInvitation.objects.get().organisation == scene.guest_authority
    assert "City of Pordenone" in text(answer)


def test_practice_is_of_the_organisation_that_the_page_showed(
    owner: Client, scene: Scene, second: Organisation
) -> None:
    page = open_page(owner, "/practices/add/")
    switch(owner, second)
    answer = send(owner, page, title="One desk", topics=[scene.topic.pk])
    assert [*Practice.objects.get().organisations.all()] == [scene.guest_authority]
    assert "Offered by: City of Pordenone." in text(answer)
    page = open_page(owner, "/practices/add/")
    assert page.context["form"]["organisations"].value() == [second.pk]
    page = open_page(owner, f"/practices/add/?organisation={scene.guest_authority.slug}")
    assert page.context["form"]["organisations"].value() == [scene.guest_authority.pk]
    assert owner.get("/practices/add/?organisation=nothing%00").status_code == 404


def test_match_stays_with_the_city_that_the_page_showed(owner: Client, scene: Scene) -> None:
    """Every link of a page names the city, where the person has organisations in several."""
    host = scene.host_authority
    Membership.objects.create(user=scene.owner, organisation=host, role=MembershipRole.CONTACT)
    url = f"/programmes/{scene.programme.slug}/match/"
    page = open_page(owner, url)
    assert page.context["frame"].own == scene.guest_city
    kept = page.context["list_url"]
    switch(owner, host)
    assert open_page(owner, kept).context["frame"].own == scene.guest_city
    assert open_page(owner, kept).context["frame"].proposer == scene.guest_authority
    assert open_page(owner, url).context["frame"].own == scene.host_city


def test_topic_is_of_the_office_that_the_page_showed(client: Client, scene: Scene) -> None:
    """Only who works for two coordinators is asked for which."""
    client.force_login(scene.office)
    assert "office" not in open_page(client, "/office/topics/add/").context["form"].fields
    assert "office" not in open_page(client, "/office/cities/add/").context["form"].fields
    first, second = scene.programme.coordinator, make_programme().coordinator
    Membership.objects.create(user=scene.office, organisation=second, role=MembershipRole.CONTACT)
    page = open_page(client, "/office/topics/add/")
    switch(client, second)
    send(client, page, names_en="Housing")
    assert Topic.objects.get(slug="housing").added_by == first
    send(client, open_page(client, "/office/topics/add/"), names_en="Health")
    assert Topic.objects.get(slug="health").added_by == second
    assert open_page(client, "/office/cities/add/").context["form"]["office"].value() == second.pk
    forged = send(client, page, names_en="Work", office=scene.guest_authority.pk)
    assert "There is a problem" in text(forged)


def test_menu_leads_to_the_organisation_by_its_address(owner: Client, second: Organisation) -> None:
    switch(owner, second)
    words = text(owner.get("/"))
    assert f'href="/organisations/{second.slug}/edit/"' in words
    assert f'href="/people/{second.slug}/"' in words
