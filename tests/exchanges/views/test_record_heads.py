import pytest
from django.urls import reverse

from exchanges.models import Auditor
from exchanges.operations.record import record
from exchanges.operations.record_heads import note_head
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db
PAGE = "exchanges:record-heads"


@pytest.fixture
def head(scene):
    record("edit", scene.host_city, by=None, at=AT)
    return note_head(at=AT)


@pytest.fixture
def auditor(scene, client):
    person = make_user(name="Auditor")
    given = {"given_by": scene.office, "given_at": AT}
    Auditor.objects.create(programme=scene.programme, user=person, **given)
    client.force_login(person)
    return person


def line(head):
    return f"{head.day.isoformat()} {head.count} {head.hash}"


def test_the_latest_heads_can_be_copied_and_all_downloaded(client, auditor, head):
    assert line(head) in client.get(reverse(PAGE)).content.decode()
    answer = client.get(reverse("exchanges:record-heads-file"))
    assert answer.content.decode() == f"{line(head)}\n"
    assert "attachment" in answer["Content-Disposition"]


def test_lines_that_match_are_said_to(client, auditor, head):
    page = client.post(reverse(PAGE), {"heads": f"# mine\n{line(head)}\r\n"})
    assert "The record matches your lines" in page.content.decode()


def test_lines_that_differ_are_named_by_their_day(client, auditor, head):
    other = line(head).replace(head.hash, "f" * 64)
    text = client.post(reverse(PAGE), {"heads": f"{line(head)}\n{other}"}).content.decode()
    assert "The record does not match your lines" in text
    assert f"{head.day.isoformat()}: the record had 1 events on that day" in text


@pytest.mark.parametrize("typed", ["", "nonsense", "# only a remark", "\0"])
def test_lines_that_say_nothing_are_asked_for_again(client, auditor, head, typed):
    page = client.post(reverse(PAGE), {"heads": typed})
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"heads"}


def test_an_auditor_switches_the_mails_on_and_off(client, auditor, head):
    for wanted, button in (("yes", "Stop these mails"), ("no", "Get the head of each day by mail")):
        answer = client.post(
            reverse("exchanges:record-heads-mail"), {"wanted": wanted}, follow=True
        )
        assert button in answer.content.decode()
        assert auditor.audits.get().wants_heads == (wanted == "yes")


def test_the_office_reads_and_is_offered_no_mail(client, scene, head):
    client.force_login(scene.office)
    text = client.get(reverse(PAGE)).content.decode()
    assert line(head) in text
    assert "by mail" not in text.split("Latest heads")[1]


def test_the_number_of_queries_does_not_grow(client, auditor, head, django_assert_max_num_queries):
    lines = "\n".join([line(head)] * 50)
    with django_assert_max_num_queries(20):
        client.post(reverse(PAGE), {"heads": lines})
