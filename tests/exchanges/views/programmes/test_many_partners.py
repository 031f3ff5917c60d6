"""An office asks many organisations at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from i18nfield.strings import LazyI18nString

from exchanges.enums import AskedState, Message
from exchanges.links import PURPOSE_ACCOUNT, make_token
from exchanges.models import (
    AccountInvitation,
    Organisation,
    OutboxMessage,
    PartnershipInvitation,
    SignatoryProposal,
    User,
)
from exchanges.operations.programmes import partnerships
from tests.factories import make_city, make_contact, make_organisation, make_partner, make_question
from tests.factories.authority import Authority, make_authority
from tests.moment import AT, Clock

pytestmark = pytest.mark.django_db

HEADING = "Organisation\tKind\tCity\tPerson\tE-mail\tSignatory\tFunction\tE-mail"


@pytest.fixture
def authority() -> Authority:
    authority = make_authority()
    names = LazyI18nString({"en": "Sofia", "bg": "София"})
    make_city("sofia", country="BG", names=names)
    make_city("kalamata", country="GR", names=LazyI18nString({"en": "Kalamata", "el": "Καλαμάτα"}))
    return authority


@pytest.fixture
def office(client: Client, authority: Authority) -> Client:
    client.force_login(authority.first)
    return client


def address(authority: Authority) -> str:
    return f"/office/programmes/{authority.programme.slug}/partners/many/"


def look(office: Client, authority: Authority, *rows: str) -> Any:
    return office.post(address(authority), {"rows": "\n".join(rows), "look": "1"})


def ask(office: Client, authority: Authority, page: Any, *, only: list[int] | None = None) -> Any:
    lines = page.context["lines"]
    ticked = [line.number for line in lines if line.can_be_asked and not line.doubts]
    sent = {
        "rows": page.context["form"]["rows"].value(),
        "looked_at": page.context["looked_at"],
        "row": ticked if only is None else only,
        "ask": "1",
    }
    return office.post(address(authority), sent)


def said(page: Any) -> list[str]:
    return [line.sentence or " ".join(line.faults) for line in page.context["lines"]]


def test_each_row_says_what_will_happen_and_nothing_does(
    office: Client, authority: Authority
) -> None:
    sofia = make_organisation("Sofia Municipality", city=make_city("sofia-2", country="BG"))
    make_contact(sofia)
    make_partner(authority.programme, make_organisation("Partner", city=sofia.city))
    make_question(authority.programme, make_organisation("Asked", city=sofia.city))
    seat = f"{sofia.city.names.data['en']} (BG)"
    before = Organisation.objects.count()
    page = look(
        office,
        authority,
        HEADING,
        "Столична община\tLocal authority\tСофия\tИва\tiva@sofia.example",
        "КНСБ\ttrade_union\tSofia",
        f"Sofia Municipality\tLocal authority\t{seat}\tAda\tada@sofia.example",
        f"Partner\tTrade union\t{seat}",
        f"Asked\tTrade union\t{seat}",
        "Nowhere\tTrade union\tSofja",
        "Bad\tKind\tSofia\t\tno address",
    )
    assert said(page) == [
        "It is added and asked. A mail to iva@sofia.example invites its first contact.",
        "It is added and asked. Nobody gets a mail, because there is no address.",
        "The network knows Sofia Municipality. Its own contacts get the mail.",
        "Partner is a partner already. Nothing happens.",
        "Asked is asked already. You can remind it in the list.",
        "City: No city has this name. These are written in nearly the same way: Sofia.",
        "Kind: Enter one of these: Local authority, Trade union, Association, "
        "Social-economy enterprise and Research institute. E-mail: Enter a valid email address.",
    ]
    assert Organisation.objects.count() == before
    assert PartnershipInvitation.objects.count() == 1
    assert not AccountInvitation.objects.exists()


def test_ticked_rows_are_asked_and_the_others_stay(office: Client, authority: Authority) -> None:
    page = look(
        office,
        authority,
        HEADING,
        "Δήμος Καλαμάτας\tLocal authority\tΚαλαμάτα\tΆννα\tanna@kalamata.example"
        "\tΓιώργος Δήμου\tMayor\tmayor@kalamata.example",
        "КНСБ\tTrade union\tSofia\t\tcitub@example.org",
        "Nowhere\tTrade union\tAtlantis\t\tx@example.org",
    )
    page = ask(office, authority, page, only=[1])
    asked = PartnershipInvitation.objects.get()
    assert asked.organisation.name == "Δήμος Καλαμάτας"
    assert asked.organisation.home_office == authority.office
    assert (asked.role, asked.signatory_name) == ("local_authority", "Γιώργος Δήμου")
    invited = AccountInvitation.objects.get()
    assert (invited.email, invited.name) == ("anna@kalamata.example", "Άννα")
    assert invited.partnership == asked
    kept = page.context["form"]["rows"].value()
    assert "КНСБ" in kept
    assert "Atlantis" in kept
    assert "Δήμος" not in kept
    assert [line.number for line in page.context["lines"]] == [1, 2]
    page = ask(office, authority, page)
    assert PartnershipInvitation.objects.count() == 2
    assert [line.name for line in page.context["lines"]] == ["Nowhere"]


def test_asking_twice_asks_once(office: Client, authority: Authority) -> None:
    page = look(office, authority, "КНСБ\tTrade union\tSofia\t\tcitub@example.org")
    assert ask(office, authority, page).status_code == 302
    assert ask(office, authority, page).status_code == 302
    assert PartnershipInvitation.objects.count() == 1
    assert AccountInvitation.objects.count() == 1


def test_rows_that_changed_since_are_looked_at_first(office: Client, authority: Authority) -> None:
    page = look(office, authority, "КНСБ\tTrade union\tSofia")
    sent = {"rows": "Other\tTrade union\tSofia", "looked_at": page.context["looked_at"]}
    page = office.post(address(authority), sent | {"row": [1], "ask": "1"})
    assert "The rows have changed" in page.content.decode()
    assert not PartnershipInvitation.objects.exists()


def test_doubtful_rows_are_not_ticked(office: Client, authority: Authority) -> None:
    make_organisation("Podkrepa", city=make_city("plovdiv", country="BG"))
    page = look(
        office,
        authority,
        "Pоdkrepa\tTrade union\tSofia\t\ta@example.org",  # with a Cyrillic о
        "=HYPERLINK(1)\tTrade union\tSofia\t\ta@example.org",
        "\u200b\tTrade union\tSofia",
        "Same\tTrade union\tSofia",
        "SAME\tAssociation\tSofia",
    )
    alike, formula, unseen, *same = page.context["lines"]
    assert "looks like “Podkrepa”" in " ".join(alike.doubts)
    assert formula.doubts == ["The address a@example.org is in several rows."]
    assert unseen.faults == ["Organisation: This field is required."]
    assert [each.faults for each in same] == [["The organisation is in two rows."]] * 2
    assert page.content.decode().count(" checked>") == 0


@pytest.mark.parametrize(("rows", "is_taken"), [(200, True), (201, False)])
def test_at_most_two_hundred_rows(
    office: Client, authority: Authority, rows: int, *, is_taken: bool
) -> None:
    page = look(office, authority, *(f"Union {n}\tTrade union\tSofia" for n in range(rows)))
    assert page.context["form"].is_valid() is is_taken


def test_queries_do_not_grow_with_the_rows(office: Client, authority: Authority) -> None:
    counts = []
    for rows in (1, 40):
        with CaptureQueriesContext(connection) as queries:
            look(office, authority, *(f"Union {n}\tTrade union\tSofia" for n in range(rows)))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_twenty_partners_and_their_signatories(
    office: Client, authority: Authority, client: Client
) -> None:
    for n in range(20):
        make_city(f"town-{n}", names=LazyI18nString({"en": f"Town {n}"}))
    rows = [
        f"Municipality {n}\tLocal authority\tTown {n}\tPerson {n}\tp{n}@example.org"
        f"\tMayor {n}\tMayor\tp{n}@example.org"
        for n in range(20)
    ]
    assert ask(office, authority, look(office, authority, HEADING, *rows)).status_code == 302
    for invitation in AccountInvitation.objects.order_by("pk"):
        token = make_token(PURPOSE_ACCOUNT, subject=invitation.pk, person=0, generation=0)
        newcomer = Client()
        page = newcomer.get(f"/j/{token}/")
        assert page.context["form"]["name"].value() == invitation.name
        newcomer.post(f"/j/{token}/", {"name": invitation.name, "language": "en"})
        asked = PartnershipInvitation.objects.get(account_invitations=invitation)
        assert asked.state == AskedState.ACCEPTED
        assert "Propose who signs" in newcomer.get("/").content.decode()
        known = f"/people/{asked.organisation.slug}/signatories/known/{asked.pk}/"
        newcomer.post(known, {"propose": "1"})
    assert SignatoryProposal.objects.filter(function="Mayor").count() == 20
    assert not PartnershipInvitation.objects.exclude(signatory_name="").exists()


def test_signatory_who_does_not_belong_yet_is_invited_first(
    office: Client, authority: Authority
) -> None:
    row = "КНСБ\tTrade union\tSofia\tAda\tada@example.org\tPeter\tPresident\tpeter@example.org"
    ask(office, authority, look(office, authority, row))
    asked = PartnershipInvitation.objects.get()
    contact = make_contact(asked.organisation)
    partnerships.accept(asked=asked, by=contact, at=AT)
    member = Client()
    member.force_login(contact)
    known = f"/people/{asked.organisation.slug}/signatories/known/{asked.pk}/"
    page = member.post(known, {"propose": "1"}, follow=True)
    assert "When Peter has joined, propose again." in page.content.decode()
    assert AccountInvitation.objects.get(email="peter@example.org").role == "member"
    assert not SignatoryProposal.objects.exists()
    page = member.post(known, {"drop": "1"}, follow=True)
    asked.refresh_from_db()
    assert (asked.signatory_name, asked.signatory_email) == ("", "")
    page = member.post(known, {"propose": "1"}, follow=True)
    assert "proposed or dropped already" in page.content.decode()


@pytest.mark.parametrize("answer", ["decline", "withdraw"])
def test_nothing_is_kept_of_a_signatory_of_who_does_not_take_part(
    office: Client, authority: Authority, answer: str
) -> None:
    row = "КНСБ\tTrade union\tSofia\tAda\tada@example.org\tPeter\tPresident\tpeter@example.org"
    ask(office, authority, look(office, authority, row))
    asked = PartnershipInvitation.objects.get()
    if answer == "decline":
        by = make_contact(asked.organisation)
        partnerships.decline(asked=asked, by=by, at=AT, reason="No")
    else:
        partnerships.withdraw(asked=asked, by=authority.first, at=AT)
    asked.refresh_from_db()
    assert (asked.signatory_name, asked.signatory_function, asked.signatory_email) == ("", "", "")


def test_all_who_have_not_answered_are_reminded_once_a_day(
    office: Client, authority: Authority, clock: Clock
) -> None:
    silent = [make_organisation(f"Silent {n}") for n in range(3)]
    people: list[User] = [make_contact(each) for each in silent]
    for each in silent:
        make_question(authority.programme, each)
    remind = f"/office/programmes/{authority.programme.slug}/asked/remind/"
    clock.move_to(AT + timedelta(days=2))
    office.force_login(authority.first)
    for _twice in range(2):
        page = office.post(remind, follow=True)
    assert "Nobody is reminded" in page.content.decode()
    sent = OutboxMessage.objects.filter(kind=Message.PARTNERSHIP_REMINDER)
    assert {each.recipient for each in sent} == set(people)
    assert sent.count() == 3
