"""A small programme with everybody whom a permission test asks about."""

from dataclasses import dataclass
from typing import Any

from exchanges.enums import OrganisationKind, PartnerRole
from exchanges.models import City, Organisation, Programme, Topic, User
from tests.factories.partners import make_city, make_organisation, make_topic
from tests.factories.people import make_contact, make_member
from tests.factories.programmes import make_partner, make_programme


@dataclass(frozen=True)
class Scene:
    """`owner` is the contact of the proposing city, `colleague` a member there without a say.

    `partner` is a contact in the same programme who has no part in the visits, `stranger` one of
    an organisation outside it.
    """

    programme: Programme
    topic: Topic
    guest_city: City
    host_city: City
    guest_authority: Organisation
    host_authority: Organisation
    host_union: Organisation
    owner: User
    colleague: User
    host: User
    union: User
    office: User
    partner: User
    stranger: User


def make_scene(**programme_fields: Any) -> Scene:
    programme = make_programme(**programme_fields)
    guest_city = make_city("pordenone", country="IT", time_zone="Europe/Rome", languages=["it"])
    host_city = make_city("ljubljana")
    guest_authority = make_organisation("City of Pordenone", city=guest_city)
    host_authority = make_organisation("City of Ljubljana", city=host_city)
    host_union = make_organisation("NSDS", city=host_city, kind=OrganisationKind.TRADE_UNION)
    other = make_organisation("City of Athens", city=make_city("athens", country="GR"))
    for organisation in (guest_authority, host_authority, other):
        make_partner(programme, organisation)
    make_partner(programme, host_union, role=PartnerRole.UMN_MEMBER)
    return Scene(
        programme=programme,
        topic=make_topic("one-stop-shop", added_by=programme.coordinator),
        guest_city=guest_city,
        host_city=host_city,
        guest_authority=guest_authority,
        host_authority=host_authority,
        host_union=host_union,
        owner=make_contact(guest_authority, name="Owner"),
        colleague=make_member(guest_authority, name="Colleague"),
        host=make_contact(host_authority, name="Host"),
        union=make_contact(host_union, name="Union"),
        office=make_contact(programme.coordinator, name="Office"),
        partner=make_contact(other, name="Partner"),
        stranger=make_contact(make_organisation("Elsewhere"), name="Stranger"),
    )
