import pytest
from django.utils import translation

from exchanges.models import Event, User
from exchanges.operations.record import record
from exchanges.queries.record import history
from exchanges.words import formats
from exchanges.words.record import VISIT, add_sentences, sentence_of
from tests.factories import AT, make_confirmed_visit, make_proposed_visit

pytestmark = pytest.mark.django_db


def told(subject, **wanted):
    return [(entry.words, entry.who) for entry in history(subject, **wanted)]


def test_history_tells_latest_first_who_did_what(scene):
    visit = make_confirmed_visit(scene)
    found = told(visit)
    first, last = (formats.day(day, "long") for day in (visit.start_date, visit.end_date))
    assert found[:2] == [
        ("Confirmed the visit", "Office"),
        (f"Picked the date: {first} to {last}", "Owner"),
    ]
    assert ("NSDS accepted", "Union") in found
    assert found[-1] == ("Started the proposal", "Owner")
    assert {entry.at for entry in history(visit)} == {AT}


def test_history_leaves_out_saved_drafts(scene):
    visit = make_proposed_visit(scene)
    assert Event.objects.filter(verb="save_draft").exists()
    assert "save_draft" not in {entry.verb for entry in history(visit)}


def test_history_without_names_tells_organisations(scene):
    visit = make_proposed_visit(scene)
    assert set(told(visit, with_names=False)) == {
        ("Started the proposal", "City of Pordenone"),
        ("Proposed the visit and sent the invitations", "City of Pordenone"),
    }


def test_history_names_the_platform_invitations_and_the_gone(scene):
    visit = make_proposed_visit(scene)
    invitation = visit.invitations.get(organisation=scene.host_union)
    record("decline", visit, by=invitation, at=AT, organisation=scene.host_union.pk)
    record("all_hosts_declined", visit, by=None, at=AT)
    gone = User.objects.create_user("gone@example.org", name="Gone")
    record("invite", visit, by=gone, at=AT, organisation=999_999)
    gone.delete()
    assert told(visit)[:3] == [
        ("Invited an organisation", "a person whose account is gone"),
        ("All hosts declined", "the platform"),
        ("NSDS declined", "NSDS"),
    ]


def test_history_asks_the_same_queries_for_one_row_and_many(scene, django_assert_num_queries):
    visit = make_proposed_visit(scene)
    invitation = visit.invitations.get(organisation=scene.host_union)
    for by in (scene.host, scene.union, scene.office, invitation):
        record("invite", visit, by=by, at=AT, organisation=scene.host_union.pk, city=1)
    with django_assert_num_queries(5):
        history(visit)
    for by in (scene.partner, scene.stranger, invitation):
        record("invite", visit, by=by, at=AT, organisation=scene.host_authority.pk, city=2)
    with django_assert_num_queries(5):
        history(visit)


def test_an_unknown_verb_is_told_and_hurts_nobody(scene):
    record("made_up_verb", scene.host_city, by=None, at=AT)
    assert told(scene.host_city) == [("Something else: made up verb", "the platform")]


def test_every_sentence_can_be_told_without_its_data():
    for verb in VISIT:
        assert sentence_of("studyvisit", verb, {})


def test_apps_above_add_their_own_sentences():
    add_sentences("made-up", {"sign": ("Signed for %(party)s", "signature")})
    assert sentence_of("made-up", "sign", {"party": "NSDS"}) == "Signed for NSDS"


def test_days_follow_the_reader_s_language(scene):
    visit = make_confirmed_visit(scene)
    with translation.override("it"):
        assert formats.day(visit.start_date, "long") in told(visit)[1][0]
