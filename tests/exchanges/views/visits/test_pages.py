"""The list of visits, and a visit's tabs and moves."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.test import Client
from django.urls import reverse

from exchanges.enums import Answer
from exchanges.models import AgendaItem, Delegate, Exchange, StudyVisit
from exchanges.operations import agenda
from exchanges.operations.proposals import invitations
from exchanges.operations.visits import visits
from tests.factories import (
    AT,
    Scene,
    make_agenda_item,
    make_agreed_visit,
    make_completed_visit,
    make_confirmed_visit,
    make_draft,
    make_proposed_visit,
)
from tests.factories.visits import FIRST_DAYS
from tests.moment import Clock

pytestmark = pytest.mark.django_db
TABS = ["visit-detail", "visit-agenda", "visit-people", "visit-documents", "visit-history"]
SESSION = {
    "day": FIRST_DAYS.start.isoformat(),
    "start": "09:00",
    "end": "10:30",
    "kind": "site_visit",
    "title": "Migration Information Point",
    "venue": "Točka",
}


def url(name: str, visit: StudyVisit, *more: object) -> str:
    return reverse(f"exchanges:{name}", args=[visit.reference, *more])


def page(client: Client, name: str, visit: StudyVisit, *more: object) -> str:
    response = client.get(url(name, visit, *more))
    assert response.status_code == 200
    return str(response.content.decode())


def make_closed_visit(scene: Scene) -> StudyVisit:
    visit = make_completed_visit(scene)
    return visits.close(visit=visit, by=scene.host, at=AT, report="We learnt.", practices_seen=[])


@pytest.mark.parametrize("person", ["owner", "colleague", "host", "office", "partner"])
@pytest.mark.parametrize("name", TABS[:4])
def test_a_confirmed_visit_opens_for_the_whole_programme(
    scene: Scene, client: Client, name: str, person: str
) -> None:
    visit = make_confirmed_visit(scene)
    client.force_login(getattr(scene, person))
    assert visit.title in page(client, name, visit)


@pytest.mark.parametrize("name", TABS)
def test_a_stranger_gets_404(scene: Scene, client: Client, name: str) -> None:
    visit = make_confirmed_visit(scene)
    client.force_login(scene.stranger)
    assert client.get(url(name, visit)).status_code == 404


def test_the_public_reads_a_closed_visit_and_nothing_else(scene: Scene, client: Client) -> None:
    closed = make_closed_visit(scene)
    content = page(client, "visit-detail", closed)
    assert "We learnt." in content
    for name in TABS[1:]:
        assert client.get(url(name, closed)).status_code == 302


def test_what_the_public_does_not_find_leads_to_the_sign_in_and_back(
    scene: Scene, client: Client
) -> None:
    visit = make_confirmed_visit(scene)
    address = url("visit-detail", visit)
    for asked in (f"{address}?from=mail", "/visits/UMN-1999-001/?from=mail"):
        onward = client.get(asked)["Location"]
        assert onward == f"/accounts/login/?{urlencode({'next': asked}, safe='/')}"
    client.force_login(scene.owner)
    assert visit.title in page(client, "visit-detail", visit)
    client.force_login(scene.stranger)
    assert client.get(address).status_code == 404
    assert client.get("/visits/UMN-1999-001/").status_code == 404


def test_history_is_for_those_concerned(scene: Scene, client: Client) -> None:
    visit = make_confirmed_visit(scene)
    client.force_login(scene.partner)
    assert client.get(url("visit-history", visit)).status_code == 403
    assert url("visit-history", visit) not in page(client, "visit-detail", visit)
    client.force_login(scene.colleague)
    page(client, "visit-history", visit)
    assert url("visit-history", visit) in page(client, "visit-detail", visit)


def test_the_list_is_filtered_by_text_in_any_script(scene: Scene, client: Client) -> None:
    names = {**scene.host_city.names.data, "el": "Λιουμπλιάνα"}
    scene.host_city.names.data = names
    scene.host_city.save()
    visit = make_confirmed_visit(scene)
    client.force_login(scene.host)
    found = client.get(reverse("exchanges:visit-list"), {"text": "ΛΙΟΥΜΠΛΙΑΝΑ"})
    assert visit.title in found.content.decode()
    none = client.get(reverse("exchanges:visit-list"), {"text": "Oslo"})
    assert visit.title not in none.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "  UMN-2026-001 ",
        "2026-001",
        "umn 001",
        "ΥΠΗΡΕΣΙΕΣ εργασιας",
        "εργασίας υπηρεσίες",
        "услуги ЗАЕТОСТ",
        "Ljubljana υπηρεσιεσ",
        "liege",
    ],
)
def test_words_are_found_in_any_case_accent_and_order(
    scene: Scene, client: Client, typed: str
) -> None:
    visit = make_confirmed_visit(scene)
    visit.title = "Υπηρεσίες εργασίας · Услуги за заетост · Liège"
    visit.save()
    client.force_login(scene.host)
    assert [each.pk for each in client.get("/visits/", {"text": typed}).context["page"]] == [
        visit.pk
    ]
    none = client.get("/visits/", {"text": f"{typed} Oslo"})
    assert list(none.context["page"]) == []


def test_only_ours_leaves_out_the_visits_of_others(scene: Scene, client: Client) -> None:
    """The form sends what its box says, a link of ours sends 1."""
    ours, theirs = make_confirmed_visit(scene), make_confirmed_visit(scene)
    theirs.invitations.filter(organisation=scene.host_union).delete()
    client.force_login(scene.union)
    page = client.get("/visits/")
    assert {visit.pk for visit in page.context["page"]} == {ours.pk, theirs.pk}
    [box] = re.findall(r'<input type="checkbox" name="mine"[^>]*>', page.content.decode())
    sent = re.findall(r'value="([^"]*)"', box) or ["on"]
    for value in (sent[0], "1"):
        narrowed = client.get("/visits/", {"mine": value})
        assert [visit.pk for visit in narrowed.context["page"]] == [ours.pk]
        assert re.search(r'name="mine"[^>]* checked', narrowed.content.decode())


def test_the_lists_fragment_is_a_part_of_its_page(scene: Scene, client: Client) -> None:
    make_confirmed_visit(scene)
    client.force_login(scene.host)
    address = reverse("exchanges:visit-list")
    whole = client.get(address, {"state": "confirmed"})
    part = client.get(address, {"state": "confirmed"}, headers={"HX-Request": "true"})
    assert part.content.decode().strip() in whole.content.decode()
    assert len(part.content) < len(whole.content)
    assert "HX-Request" in part["Vary"]


@pytest.mark.parametrize("hostile", ["\0", "<script>", "x" * 100_000, "%", "' OR 1=1"])
def test_the_filter_takes_anything(scene: Scene, client: Client, hostile: str) -> None:
    query = {"text": hostile, "city": hostile, "state": hostile, "page": hostile}
    response = client.get(reverse("exchanges:visit-list"), query)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("address", ["list", "agenda", "people"])
def test_query_counts_do_not_grow(
    scene: Scene, client: Client, django_assert_max_num_queries: Any, address: str
) -> None:
    client.force_login(scene.host)
    visit = make_confirmed_visit(scene)
    addresses = {
        "list": reverse("exchanges:visit-list"),
        "agenda": url("visit-agenda", visit),
        "people": url("visit-people", visit),
    }
    counts = []
    for rows in (1, 3):
        for number in range(rows):
            named = f"{rows}{number}"
            fields = {"title": named, "venue": f"Room {number}", "speakers": [f"Speaker {named}"]}
            make_agenda_item(scene, visit, **fields)
            add_delegate(scene, visit, f"p{rows}{number}@example.org")
            make_confirmed_visit(scene)
        with django_assert_max_num_queries(40) as found:
            assert client.get(addresses[address]).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


def add_delegate(scene: Scene, visit: StudyVisit, email: str) -> None:
    organisation = scene.host_authority
    fields = {"name": email, "email": email, "added_at": AT}
    Delegate.objects.create(visit=visit, organisation=organisation, **fields)


def test_the_office_confirms(scene: Scene, client: Client) -> None:
    visit = make_agreed_visit(scene)
    client.force_login(scene.office)
    assert "0 of 8 exchanges are used" in page(client, "visit-confirm", visit)
    response = client.post(url("visit-confirm", visit), {"counts": "yes"})
    assert response.status_code == 302
    assert Exchange.objects.get(visit=visit).number == 1


def test_a_visit_that_does_not_count_needs_a_reason(scene: Scene, client: Client) -> None:
    visit = make_agreed_visit(scene)
    client.force_login(scene.office)
    response = client.post(url("visit-confirm", visit), {"counts": "no"})
    assert "Say why this visit does not count." in response.content.decode()
    visit.refresh_from_db()
    assert visit.state == "agreed"


def test_a_second_confirmation_is_told_and_changes_nothing(scene: Scene, client: Client) -> None:
    visit = make_confirmed_visit(scene)
    client.force_login(scene.office)
    response = client.post(url("visit-confirm", visit), {"counts": "yes"})
    assert "not possible any more" in response.content.decode()
    assert Exchange.objects.filter(visit=visit).count() == 1


@pytest.mark.parametrize("move", ["confirm", "return", "complete", "cancel", "close"])
@pytest.mark.parametrize(("person", "status"), [("partner", 403), ("stranger", 404)])
def test_moves_are_closed_to_others(
    scene: Scene, client: Client, move: str, person: str, status: int
) -> None:
    visit = make_confirmed_visit(scene)
    client.force_login(getattr(scene, person))
    assert client.get(url(f"visit-{move}", visit)).status_code == status
    assert client.post(url(f"visit-{move}", visit)).status_code == status


def test_a_refused_move_keeps_what_was_typed(scene: Scene, client: Client) -> None:
    visit = make_confirmed_visit(scene)
    visits.cancel(visit=visit, by=scene.host, at=AT, reason="Flood")
    client.force_login(scene.host)
    response = client.post(url("visit-cancel", visit), {"reason": "A long story of snow"})
    assert "A long story of snow" in response.content.decode()


def test_the_hosts_build_the_agenda(scene: Scene, client: Client) -> None:
    visit = make_confirmed_visit(scene)
    client.force_login(scene.host)
    assert client.post(url("agenda-item-add", visit), SESSION).status_code == 302
    content = page(client, "visit-agenda", visit)
    assert "09:00–10:30" in content
    assert "Točka" in content


def test_agenda_names_rooms_and_people_that_are_taken_twice(scene: Scene, client: Client) -> None:
    visit = make_confirmed_visit(scene)
    both = {"venue": "Točka", "speakers": ["Ana Čuk"]}
    make_agenda_item(scene, visit, title="Welcome", start=time(9), end=time(11), **both)
    make_agenda_item(scene, visit, title="Tour", start=time(10), end=time(12), **both)
    client.force_login(scene.host)
    content = page(client, "visit-agenda", visit)
    assert "2 things to look at" in content
    assert "Točka is taken twice: “Welcome” and “Tour” overlap." in content
    assert "Ana Čuk is in two sessions at once: “Welcome” and “Tour”." in content


def test_a_refused_session_keeps_what_was_typed(scene: Scene, client: Client) -> None:
    visit = make_confirmed_visit(scene)
    client.force_login(scene.host)
    typed = {**SESSION, "end": "08:00", "description": "Bring passports"}
    content = client.post(url("agenda-item-add", visit), typed).content.decode()
    assert "The end is before the start." in content
    assert "Bring passports" in content
    assert not AgendaItem.objects.exists()


@pytest.mark.parametrize(
    "title", ["a\0b", "a\x07b", "a\u202eb", "x" * 100_000], ids=["nul", "bell", "rlo", "long"]
)
def test_hostile_titles_are_refused(scene: Scene, client: Client, title: str) -> None:
    visit = make_confirmed_visit(scene)
    client.force_login(scene.host)
    response = client.post(url("agenda-item-add", visit), {**SESSION, "title": title})
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert not AgendaItem.objects.exists()


def test_a_script_in_a_title_is_text(scene: Scene, client: Client) -> None:
    visit = make_confirmed_visit(scene)
    client.force_login(scene.host)
    client.post(url("agenda-item-add", visit), {**SESSION, "title": "<script>alert(1)</script>"})
    content = page(client, "visit-agenda", visit)
    assert "<script>alert" not in content
    assert "&lt;script&gt;alert" in content


def test_the_second_tab_is_told_and_keeps_its_text(scene: Scene, client: Client) -> None:
    visit = make_confirmed_visit(scene)
    item = make_agenda_item(scene, visit)
    client.force_login(scene.host)
    address = url("agenda-item-edit", visit, item.pk)
    assert client.post(address, {**SESSION, "title": "First", "revision": 1}).status_code == 302
    second = {**SESSION, "title": "Second", "revision": 1}
    content = client.post(address, second).content.decode()
    assert "Somebody else saved this" in content
    assert "Second" in content
    assert "First" in content
    assert client.post(address, {**second, "revision": 2}).status_code == 302
    item.refresh_from_db()
    assert item.title == "Second"


def test_an_overlap_is_shown_to_who_can_mend_it(scene: Scene, client: Client) -> None:
    visit = make_confirmed_visit(scene)
    for title in ("One", "Two"):
        make_agenda_item(scene, visit, title=title, venue="Town hall")
    client.force_login(scene.host)
    assert "Town hall is taken twice" in page(client, "visit-agenda", visit)
    client.force_login(scene.partner)
    assert "Town hall is taken twice" not in page(client, "visit-agenda", visit)


def test_names_of_delegates_stay_among_those_who_take_part(scene: Scene, client: Client) -> None:
    visit = make_confirmed_visit(scene)
    add_delegate(scene, visit, "secret@example.org")
    for person, sees in [("owner", True), ("office", True), ("partner", False)]:
        client.force_login(getattr(scene, person))
        assert ("secret@example.org" in page(client, "visit-people", visit)) is sees


def test_a_contact_names_a_delegate(scene: Scene, client: Client) -> None:
    visit = make_confirmed_visit(scene)
    client.force_login(scene.owner)
    add = url("delegate-add", visit, scene.guest_authority.slug)
    person = {"name": "Γιώργος", "email": "g@example.org", "languages": ["el"]}
    assert client.post(add, person).status_code == 302
    assert "Γιώργος" in page(client, "visit-people", visit)
    again = client.post(add, person).content.decode()
    assert "takes part already" in again


def ics(client: Client, visit: StudyVisit, **headers: str) -> Any:
    return client.get(url("visit-ics", visit), headers=headers)


def test_the_calendar_file_is_read_by_another_parser(scene: Scene, client: Client) -> None:
    visit = make_confirmed_visit(scene)
    make_agenda_item(scene, visit, title="Добре дошли, γεια; ok", venue="Sala Rossa")
    client.force_login(scene.owner)
    response = ics(client, visit)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = vobject.readOne(response.content.decode())
    whole, session = calendar.vevent_list
    assert whole.dtstart.value == FIRST_DAYS.start
    assert whole.dtend.value == FIRST_DAYS.end + timedelta(days=1)
    assert session.summary.value == "Добре дошли, γεια; ok"
    there = datetime.combine(FIRST_DAYS.start, time(9, 30), ZoneInfo("Europe/Ljubljana"))
    assert session.dtstart.value == there
    assert session.dtstart.value.utcoffset() == there.utcoffset()
    assert not hasattr(session, "attendee")


def test_the_calendar_file_is_the_same_twice_and_then_304(scene: Scene, client: Client) -> None:
    visit = make_confirmed_visit(scene)
    make_agenda_item(scene, visit)
    client.force_login(scene.owner)
    first = ics(client, visit)
    assert first.content == ics(client, visit).content
    assert first["ETag"].startswith('"')
    again = ics(client, visit, If_None_Match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert client.head(url("visit-ics", visit))["ETag"] == first["ETag"]


@pytest.mark.parametrize("change", ["edit", "cancel", "visit"])
def test_a_change_gives_a_new_etag(scene: Scene, client: Client, change: str) -> None:
    visit = make_confirmed_visit(scene)
    item = make_agenda_item(scene, visit)
    client.force_login(scene.owner)
    before = ics(client, visit)["ETag"]
    changes = {
        "edit": lambda: agenda.edit_item(item=item, data=data_of(item), by=scene.host, at=AT),
        "cancel": lambda: agenda.cancel_item(item=item, by=scene.host, at=AT),
        "visit": lambda: visits.cancel(visit=visit, by=scene.host, at=AT, reason="Flood"),
    }
    changes[change]()
    after = ics(client, visit, If_None_Match=before)
    assert after.status_code == 200
    assert after["ETag"] != before


def data_of(item: AgendaItem) -> agenda.SessionData:
    times = {"start": item.start_time, "end": item.end_time}
    kind: Any = item.kind
    return agenda.SessionData(day=item.day, kind=kind, title="Changed", **times)


def test_a_cancelled_visit_stays_in_calendars_as_cancelled(scene: Scene, client: Client) -> None:
    visit = make_confirmed_visit(scene)
    make_agenda_item(scene, visit)
    visits.cancel(visit=visit, by=scene.host, at=AT, reason="Flood")
    client.force_login(scene.owner)
    calendar = vobject.readOne(ics(client, visit).content.decode())
    assert [event.status.value for event in calendar.vevent_list] == ["CANCELLED"] * 2
    assert [event.sequence.value for event in calendar.vevent_list] == ["1", "1"]


@pytest.mark.parametrize("make", [make_draft, make_proposed_visit, make_agreed_visit])
def test_there_is_no_calendar_file_before_confirmation(
    scene: Scene, client: Client, make: Any
) -> None:
    client.force_login(scene.owner)
    assert ics(client, make(scene)).status_code == 404


def test_the_visit_is_completed_and_closed_on_pages(
    scene: Scene, client: Client, clock: Clock
) -> None:
    visit = make_confirmed_visit(scene)
    client.force_login(scene.host)
    early = client.post(url("visit-complete", visit))
    assert "not over yet" in early.content.decode()
    clock.move_to(datetime.combine(FIRST_DAYS.end + timedelta(days=4), time(9), UTC))
    client.force_login(scene.host)
    assert client.post(url("visit-complete", visit)).status_code == 302
    client.force_login(scene.owner)
    assert client.post(url("visit-close", visit), {"report": "Good"}).status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.report) == ("closed", "Good")


def test_a_word_to_the_proposer_is_read_by_the_proposer_and_its_writer(
    scene: Scene, client: Client
) -> None:
    visit = make_proposed_visit(scene)
    invitation = visit.invitations.get(organisation=scene.host_union)
    options = visit.date_options.values_list("pk", flat=True)
    invitations.accept(
        invitation=invitation,
        by=scene.union,
        at=AT,
        answers=dict.fromkeys(options, Answer.YES),
        word="Only for Pordenone",
    )
    readers = {"owner": True, "colleague": True, "union": True, "office": True, "host": False}
    for person, reads in readers.items():
        client.force_login(getattr(scene, person))
        assert ("Only for Pordenone" in page(client, "visit-detail", visit)) is reads, person
