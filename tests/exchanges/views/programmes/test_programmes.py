"""The office fills in programmes, partners, auditors, cities and topics."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from agreements.enums import AgreementState
from exchanges.models import City, Event, Organisation, Partner, Programme, Topic
from tests.factories import (
    Scene,
    make_city,
    make_confirmed_visit,
    make_organisation,
    make_partner,
    make_programme,
    make_proposed_visit,
)
from tests.factories import agreements as of_agreements

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client, scene: Scene) -> Client:
    client.force_login(scene.office)
    return client


def opened(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send back untouched."""
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "", False)}


def programme_url(scene: Scene, rest: str = "") -> str:
    return f"/office/programmes/{scene.programme.slug}/{rest}"


def partner_url(scene: Scene, rest: str = "") -> str:
    partner = scene.programme.partners.get(organisation=scene.host_union)
    return programme_url(scene, f"partners/{partner.pk}/{rest}")


def test_programme_is_edited_with_its_exchanges(office: Client, scene: Scene) -> None:
    url = programme_url(scene)
    changes = {"names_el": "Επόμενος κύκλος", "max_exchanges": 10, "eu_percent": "87.5"}
    assert office.post(url, opened(office, url) | changes).status_code == 302
    programme = Programme.objects.get(pk=scene.programme.pk)
    assert programme.title.data == {"en": "Next round", "el": "Επόμενος κύκλος"}
    assert programme.eu_cofinancing_rate == Decimal("0.875")
    assert (programme.max_exchanges, programme.exchanges.count()) == (10, 10)
    events = Event.objects.order_by("number")
    assert [(each.verb, each.data) for each in events] == [
        ("set_max_exchanges", {"before": 8, "now": 10}),
        ("edit", {"changed": ["title", "eu_cofinancing_rate"]}),
    ]


def test_time_zone_is_that_of_the_coordinator_unless_said_otherwise(
    office: Client, scene: Scene
) -> None:
    url = programme_url(scene)
    assert scene.programme.time_zone == "Europe/Ljubljana"
    for typed, kept in (("Europe/Athens", "Europe/Athens"), ("", "Europe/Ljubljana")):
        assert office.post(url, opened(office, url) | {"time_zone": typed}).status_code == 302
        assert Programme.objects.get(pk=scene.programme.pk).time_zone == kept


def test_time_zone_stays_once_an_agreement_counts_days_in_it(client: Client) -> None:
    visit = of_agreements.make_held_visit()
    of_agreements.bring_to(of_agreements.start_agreement(visit), AgreementState.OUT_FOR_SIGNATURE)
    client.force_login(visit.office)
    url = f"/office/programmes/{visit.programme.slug}/"
    page = client.post(url, opened(client, url) | {"time_zone": "Europe/Athens"})
    assert "so the zone stays" in page.content.decode()
    assert page.context["form"]["time_zone"].value() == "Europe/Athens"
    assert Programme.objects.get(pk=visit.programme.pk).time_zone == "Europe/Ljubljana"
    unchanged = opened(client, url) | {"fund": "AMIF"}
    assert client.post(url, unchanged).status_code == 302


def test_programme_saved_unchanged_records_nothing(office: Client, scene: Scene) -> None:
    url = programme_url(scene)
    assert office.post(url, opened(office, url)).status_code == 302
    assert not Event.objects.exists()


def test_maximum_does_not_go_below_the_exchanges_taken(office: Client, scene: Scene) -> None:
    for _number in range(2):
        make_confirmed_visit(scene)
    url = programme_url(scene)
    changes = {"max_exchanges": 1, "fund": "Kept while refused"}
    response = office.post(url, opened(office, url) | changes)
    page = response.content.decode()
    assert "2 exchanges are taken by visits" in page
    assert "Kept while refused" in page
    scene.programme.refresh_from_db()
    assert (scene.programme.max_exchanges, scene.programme.fund) == (8, "")
    assert scene.programme.exchanges.count() == 8


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("names_en", ""),
        ("end_date", "2020-01-01"),
        ("max_exchanges", "-1"),
        ("max_exchanges", "100000"),
        ("eu_percent", "101"),
        ("eu_percent", "NaN"),
        ("total_budget_eur", "-0.01"),
        ("total_budget_eur", "Infinity"),
        ("short_title", "\N{RIGHT-TO-LEFT OVERRIDE}x"),
        ("short_title", "UMN II"),
        ("short_title", "UMN/2"),
        ("short_title", "Umn"),
        ("short_title", "ΥΜΝ"),
        ("short_title", "-UMN"),
        ("short_title", "UMN--2"),
        ("fund", "x" * 100_000),
        ("names_bg", "\x00"),
    ],
)
def test_programme_refuses_what_cannot_be(
    office: Client, scene: Scene, field: str, value: str
) -> None:
    url = programme_url(scene)
    response = office.post(url, opened(office, url) | {field: value})
    assert response.status_code == 200
    assert response.context["form"].errors[field]
    assert not Event.objects.exists()


def test_second_tab_of_a_programme_is_told(office: Client, scene: Scene) -> None:
    url = programme_url(scene)
    first, second = opened(office, url), opened(office, url)
    office.post(url, first | {"max_exchanges": 9})
    response = office.post(url, second | {"fund": "AMIF"})
    found = [(str(label), words) for label, words in response.context["form"].saved_meanwhile]
    assert found == [("Most exchanges", "9"), ("Fund", "")]
    again = second | {"fund": "AMIF", "revision": response.context["form"]["revision"].value()}
    assert office.post(url, again).status_code == 302


def test_programme_is_started_with_coordinator_and_exchanges(office: Client, scene: Scene) -> None:
    url = "/office/programmes/add/"
    said = {"names_en": "Third round", "short_title": "UMN", "max_exchanges": 3}
    days = {"start_date": "2029-09-01", "end_date": "2031-08-31"}
    sent = opened(office, url) | said | days
    assert office.post(url, sent).status_code == 302
    programme = Programme.objects.get(slug="umn")
    assert programme.coordinator == scene.programme.coordinator
    assert programme.eu_cofinancing_rate == Decimal("0.9")
    assert [each.number for each in programme.exchanges.all()] == [1, 2, 3]
    assert programme.partners.get().role == "coordinator"
    assert Event.objects.get().verb == "add"


def test_partner_is_asked_from_the_network(office: Client, scene: Scene) -> None:
    elsewhere = Organisation.objects.get(name="Elsewhere")
    url = programme_url(scene, "partners/add/")
    sent = {"organisation": elsewhere.pk, "role": "umn_member", "eligible_eur": "100.10"}
    assert office.post(url, sent).status_code == 302
    asked = scene.programme.partnership_invitations.get(organisation=elsewhere)
    assert (asked.role, asked.eligible_eur) == ("umn_member", Decimal("100.10"))
    assert not scene.programme.partners.filter(organisation=elsewhere).exists()
    again = office.post(url, sent)
    assert again.context["form"].errors["organisation"]


def test_new_organisation_is_asked_with_its_first_contact(office: Client, scene: Scene) -> None:
    sofia, malina = make_city("sofia", country="BG"), make_city("dolna-malina", country="BG")
    sent = {
        "name": "Confederation",
        "native_name": "КНСБ",
        "acronym": "CITUB",
        "kind": "trade_union",
        "city": sofia.pk,
        "active_in": [malina.pk],
        "role": "umn_member",
        "email": "first@citub.example",
    }
    url = programme_url(scene, "partners/new/")
    assert office.post(url, sent).status_code == 302
    organisation = Organisation.objects.get(slug="citub")
    assert set(organisation.active_in.all()) == {sofia, malina}
    asked = scene.programme.partnership_invitations.get(organisation=organisation)
    invited = organisation.account_invitations.get()
    assert (invited.email, invited.partnership) == ("first@citub.example", asked)
    page = office.get(programme_url(scene, "partners/")).content.decode()
    assert "is invited and has not answered yet" in page
    assert "has this name already" in office.post(url, sent).content.decode()
    assert Organisation.objects.filter(acronym="CITUB").count() == 1


def test_partner_is_edited(office: Client, scene: Scene) -> None:
    url = partner_url(scene)
    changes = {"eligible_eur": "10486.00", "eu_share_eur": "9437.40"}
    assert office.post(url, opened(office, url) | changes).status_code == 302
    partner = scene.programme.partners.get(organisation=scene.host_union)
    assert partner.eu_share_eur == Decimal("9437.40")
    verbs = Event.objects.order_by("number").values_list("subject_type", "verb", "data")
    assert list(verbs) == [
        ("partner", "edit_partner", {"changed": ["eligible_eur", "eu_share_eur"]}),
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("eligible_eur", "-1"),
        ("eu_share_eur", "-0.01"),
        ("eligible_eur", "1.001"),
        ("eligible_eur", "99999999999999"),
        ("eu_share_eur", "10"),
        ("role", "boss"),
    ],
)
def test_partner_refuses_what_cannot_be(
    office: Client, scene: Scene, field: str, value: str
) -> None:
    url = partner_url(scene)
    sent = opened(office, url) | {"eligible_eur": "5", field: value}
    assert office.post(url, sent).context["form"].errors[field]
    assert not Event.objects.exists()


def test_second_tab_of_a_partner_is_told(office: Client, scene: Scene) -> None:
    url = partner_url(scene)
    first, second = opened(office, url), opened(office, url)
    office.post(url, first | {"eu_share_eur": "4"})
    response = office.post(url, second | {"eligible_eur": "5"})
    found = dict(response.context["form"].saved_meanwhile)
    assert found == {"Of these, from the fund (EUR)": "4.00", "Eligible costs (EUR)": ""}


def test_role_of_coordinator_is_the_coordinators(office: Client, scene: Scene) -> None:
    url = partner_url(scene)
    page = office.post(url, opened(office, url) | {"role": "coordinator"}).content.decode()
    assert "keeps its role" in page
    own = scene.programme.partners.get(organisation=scene.programme.coordinator)
    url = programme_url(scene, f"partners/{own.pk}/")
    page = office.post(url, opened(office, url) | {"role": "umn_member"}).content.decode()
    assert "keeps its role" in page
    assert "keeps its role" in office.post(f"{url}remove/").content.decode()


def test_partner_in_an_open_visit_stays(office: Client, scene: Scene) -> None:
    visit = make_proposed_visit(scene)
    page = office.post(partner_url(scene, "remove/")).content.decode()
    assert visit.reference in page
    assert scene.programme.partners.filter(organisation=scene.host_union).exists()


def test_partner_without_a_visit_is_removed(office: Client, scene: Scene) -> None:
    assert office.post(partner_url(scene, "remove/")).status_code == 302
    assert not Partner.objects.filter(organisation=scene.host_union).exists()
    assert Organisation.objects.filter(pk=scene.host_union.pk).exists()
    assert Event.objects.latest("number").data == {"organisation": scene.host_union.pk}


def test_auditor_is_given_and_taken(office: Client, scene: Scene) -> None:
    url = programme_url(scene, "auditors/")
    office.post(url, {"email": scene.stranger.email.upper()})
    auditor = scene.programme.auditors.get()
    assert (auditor.user, auditor.given_by) == (scene.stranger, scene.office)
    assert "already" in office.post(url, {"email": scene.stranger.email}).content.decode()
    office.post(f"{url}{auditor.pk}/take/")
    assert not scene.programme.auditors.exists()
    assert [each.verb for each in Event.objects.order_by("number")] == ["give_audit", "take_audit"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("nobody@example.org", "Nobody has an account"),
        ("office", "cannot audit it"),
        ("no address", "valid email"),
    ],
)
def test_auditor_must_be_a_person_from_outside_the_office(
    office: Client, scene: Scene, address: str, words: str
) -> None:
    email = scene.office.email if address == "office" else address
    page = office.post(programme_url(scene, "auditors/"), {"email": email}).content.decode()
    assert words in page
    assert not scene.programme.auditors.exists()


PLOVDIV = {
    "names_en": "Plovdiv",
    "names_bg": "Пловдив",
    "country": "BG",
    "latitude": "42.14",
    "longitude": "24.75",
    "time_zone": "Europe/Sofia",
    "languages": ["bg"],
}


def test_city_is_added_and_found_in_its_own_script(office: Client, scene: Scene) -> None:
    assert office.post("/office/cities/add/", PLOVDIV).status_code == 302
    city = City.objects.get(slug="plovdiv")
    assert city.names.data == {"en": "Plovdiv", "bg": "Пловдив"}
    assert "пловдив" in city.search


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Europe/Atlantis"),
        ("time_zone", "../../etc/passwd"),
        ("latitude", "91"),
        ("longitude", "nan"),
        ("country", "ZZ"),
        ("names_en", ""),
        ("names_bg", "x" * 100_000),
        ("languages", []),
    ],
)
def test_city_refuses_what_cannot_be(office: Client, scene: Scene, field: str, value: Any) -> None:
    response = office.post("/office/cities/add/", PLOVDIV | {field: value})
    assert response.context["form"].errors[field]
    assert not City.objects.filter(slug="plovdiv").exists()


def test_second_tab_of_a_city_or_topic_is_told(office: Client, scene: Scene) -> None:
    for url in ("/office/cities/ljubljana/", "/office/topics/one-stop-shop/"):
        first, second = opened(office, url), opened(office, url)
        assert office.post(url, first | {"names_it": "Prima"}).status_code == 302
        response = office.post(url, second | {"names_it": "Seconda"})
        found = [words for _label, words in response.context["form"].saved_meanwhile]
        assert found == ["Prima"]


def test_city_in_another_programme_is_not_ours(office: Client, scene: Scene) -> None:
    foreign = make_city("warsaw", country="PL")
    make_partner(make_programme(), make_organisation(city=foreign))
    assert office.get("/office/cities/warsaw/").status_code == 403


def test_topic_is_added_and_edited(office: Client, scene: Scene) -> None:
    assert office.post("/office/topics/add/", {"names_en": "Housing"}).status_code == 302
    url = "/office/topics/housing/"
    assert office.post(url, opened(office, url) | {"names_sl": "Stanovanja"}).status_code == 302
    topic = Topic.objects.get(slug="housing")
    assert topic.names.data == {"en": "Housing", "sl": "Stanovanja"}
