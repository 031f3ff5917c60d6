from dataclasses import replace

import pytest
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from agreements.domain.validity import usual_end
from agreements.enums import AgreementState
from agreements.models import Agreement, Version
from agreements.operations import drafting
from agreements.queries.parties import current_version
from exchanges.models import Organisation
from tests.factories.agreements import (
    approve,
    bring_to,
    contact,
    make_held_visit,
    parties,
    start_agreement,
)
from tests.moment import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(scene, client):
    client.force_login(contact(scene.drafter))
    return start_agreement(scene)


def url_of(agreement):
    return reverse("agreements:agreement-edit", args=[agreement.reference])


def typed(agreement, **changes):
    """What the browser posts of the page as it was opened, with changes."""
    agreement = Agreement.objects.get(pk=agreement.pk)
    terms = current_version(agreement).read_terms()
    data = {
        "title": terms.title,
        "valid_from": terms.valid_from.isoformat(),
        "valid_until": terms.valid_until.isoformat(),
        "notice_months": str(terms.notice_months),
        "revision": str(agreement.revision),
        "clauses": str(len(terms.clauses)),
        "do": "save",
    }
    for number, clause in enumerate(terms.clauses):
        data |= {
            f"clause-{number}-key": clause.key,
            f"clause-{number}-heading": clause.heading,
            f"clause-{number}-text": clause.text,
        }
    return data | {name.replace("__", "-"): value for name, value in changes.items()}


def texts(page):
    return [clause["heading"].value() for clause in page.context["clauses"]]


def test_saving_without_change_makes_no_version(client, agreement):
    answer = client.post(url_of(agreement), typed(agreement), follow=True)
    assert "Nothing was changed" in answer.content.decode()
    assert Version.objects.count() == 1


def test_saved_change_is_a_new_version(client, agreement):
    answer = client.post(url_of(agreement), typed(agreement, clause__0__text="New purpose."))
    assert answer.status_code == 302
    version = Version.objects.get(number=2)
    assert version.read_terms().clauses[0].text == "New purpose."


def test_voided_approvals_are_named_before_and_after(client, scene):
    client.force_login(contact(scene.drafter))
    agreement = bring_to(start_agreement(scene), AgreementState.PROPOSED)
    approve(parties(agreement)[0])
    name = scene.hosts[0].name
    assert client.get(url_of(agreement)).context["voids"] == [name]
    page = client.post(url_of(agreement), typed(agreement, title="Other"), follow=True)
    [message] = page.context["messages"]
    assert "Version 2 is saved" in str(message)
    assert f"The approval of {name} does not count any more" in str(message)


def test_clauses_are_moved_added_and_removed_without_saving(client, agreement):
    before = texts(client.get(url_of(agreement)))
    data = typed(agreement, title="Half-typed")
    moved = client.post(url_of(agreement), data | {"do": "down-0"})
    assert texts(moved) == [before[1], before[0], *before[2:]]
    assert moved.context["form"]["title"].value() == "Half-typed"
    assert texts(client.post(url_of(agreement), data | {"do": "up-1"}))[:2] == [
        before[1],
        before[0],
    ]
    assert texts(client.post(url_of(agreement), data | {"do": "add"})) == [*before, ""]
    assert texts(client.post(url_of(agreement), data | {"do": "remove-0"})) == before[1:]
    assert Version.objects.count() == 1


@pytest.mark.parametrize("do", ["up-0", "down-99", "remove-99", "remove-x", "dance", "up-", "-1"])
def test_impossible_rearrangement_keeps_everything(client, agreement, do):
    before = texts(client.get(url_of(agreement)))
    page = client.post(url_of(agreement), typed(agreement, do=do))
    assert page.status_code == 200
    kept = texts(page)
    assert kept == (before[1:] if do == "remove-x" else before)


def test_typed_changes_are_compared_without_saving(client, agreement):
    data = typed(agreement, do="compare", clause__0__heading="Aim", notice_months="9")
    page = client.post(url_of(agreement), data)
    assert {change.field for change in page.context["changed"]} == {"notice_months"}
    assert page.context["changed_clauses"][0].key == "purpose"
    assert Version.objects.count() == 1


def test_second_tab_loses_nothing_and_can_save_again(client, agreement, scene):
    data = typed(agreement, title="Mine")
    terms = current_version(agreement).read_terms()
    drafting.edit_terms(
        agreement=agreement,
        terms=replace(terms, title="Theirs"),
        revision=None,
        by=contact(scene.drafter),
        at=AT,
    )
    page = client.post(url_of(agreement), data)
    text = page.content.decode()
    assert "Somebody else saved this" in text
    assert page.context["form"]["title"].value() == "Mine"
    assert [(each.before, each.after) for each in page.context["changed"]] == [("Theirs", "Mine")]
    again = data | {"revision": page.context["form"]["revision"].value()}
    assert client.post(url_of(agreement), again).status_code == 302
    assert Agreement.objects.get(pk=agreement.pk).title == "Mine"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": "Mayor 🦊"}, "FOX FACE"),
        ({"clause__2__text": "Words \u4e2d"}, "U+4E2D"),
        ({"clause__0__heading": "A\u202eB"}, "U+202E"),
        ({"clause__0__text": "A\x00B"}, "U+0000"),
        ({"clause__0__text": "A\x07B"}, "U+0007"),
        ({"clause__1__text": "x" * 20_001}, "20000"),
        ({"clause__1__text": "  "}, "This field is required"),
        ({"title": ""}, "This field is required"),
        ({"valid_until": AT.date().isoformat()}, "must end after it starts"),
        ({"valid_until": "2040-01-01"}, "at most 10 years"),
        ({"valid_from": "0027-03-01"}, "Enter a year from 1990 to 2099"),
        ({"valid_until": "9999-03-01"}, "Enter a year from 1990 to 2099"),
        ({"valid_from": "2019-01-01", "valid_until": "2020-01-01"}, "This day is past"),
        ({"valid_until": "tomorrow"}, "Enter a valid date"),
        ({"notice_months": "-1"}, "greater than or equal to 0"),
        ({"notice_months": "900"}, "less than or equal to 36"),
        ({"clauses": "0"}, "at least one clause"),
        ({"clauses": "99999999999"}, "at least one clause"),
        ({"clause__1__key": "purpose"}, "A clause is there twice"),
    ],
)
def test_bad_input_is_named_and_kept(client, agreement, changes, says):
    data = typed(agreement, **changes)
    page = client.post(url_of(agreement), data)
    assert page.status_code == 200
    assert says in page.content.decode()
    assert page.context["form"]["title"].value() == data["title"]
    assert Version.objects.count() == 1


def test_markup_in_a_clause_is_text(client, agreement):
    script = "<script>alert(1)</script>"
    client.post(url_of(agreement), typed(agreement, clause__0__text=script, title=script))
    for name in ("agreement-detail", "agreement-edit"):
        text = client.get(reverse(f"agreements:{name}", args=[agreement.reference])).content
        assert b"<script>alert" not in text
    pdf = client.get(reverse("agreements:agreement-pdf", args=[agreement.reference]))
    assert pdf.content.startswith(b"%PDF")


def test_longest_terms_are_saved_shown_and_printed(client, agreement):
    longest = "word " * 3999 + "word."
    data = typed(agreement) | {f"clause-{number}-text": longest for number in range(5)}
    assert client.post(url_of(agreement), data).status_code == 302
    detail = reverse("agreements:agreement-detail", args=[agreement.reference])
    assert client.get(detail).status_code == 200
    pdf = client.get(reverse("agreements:agreement-pdf", args=[agreement.reference]))
    assert pdf.content.startswith(b"%PDF")


def test_party_whose_name_cannot_be_printed_is_refused_by_name(client, scene):
    host = scene.hosts[0]
    host.native_name = "東京"
    host.save()
    assert f"{host.name}: A document cannot show “東”" in started(client, scene)
    assert Agreement.objects.count() == 0


@pytest.mark.parametrize("what", ["city", "topic", "coordinator"])
def test_what_the_template_names_and_cannot_be_printed_is_refused(client, scene, what):
    topic, city = scene.visit.topics.first(), scene.visit.host_city
    if what == "coordinator":
        Organisation.objects.filter(pk=scene.programme.coordinator_id).update(name="東京")
    else:
        row = topic if what == "topic" else city
        row.names = LazyI18nString({"en": "東京"})
        row.save()
    assert "A document cannot show “東”" in started(client, scene)
    assert Agreement.objects.count() == 0


def started(client, scene):
    client.force_login(contact(scene.drafter))
    posted = {
        "drafter": scene.drafter.pk,
        "hosts": [scene.hosts[0].pk],
        "guests": [scene.guests[0].pk],
        "valid_from": AT.date().isoformat(),
        "valid_until": usual_end(AT.date()).isoformat(),
        "notice_months": "6",
    }
    page = client.post(reverse("agreements:agreement-start", args=[scene.visit.reference]), posted)
    return page.content.decode()


def test_start_refuses_organisations_of_other_visits(client, scene):
    other = make_held_visit()
    client.force_login(contact(scene.drafter))
    posted = {
        "drafter": scene.drafter.pk,
        "hosts": [other.hosts[0].pk],
        "guests": [scene.guests[0].pk],
        "valid_from": AT.date().isoformat(),
        "valid_until": usual_end(AT.date()).isoformat(),
        "notice_months": "6",
    }
    page = client.post(reverse("agreements:agreement-start", args=[scene.visit.reference]), posted)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"hosts"}
