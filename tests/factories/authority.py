"""An office whose people the operator appointed, and an organisation that it brought in."""

from __future__ import annotations

from dataclasses import dataclass

from exchanges.models import Organisation, Programme, User
from tests.factories.partners import make_organisation
from tests.factories.people import make_appointed
from tests.factories.programmes import make_partner, make_programme


@dataclass(frozen=True)
class Authority:
    """`first` and `second` were appointed by the operator; nobody acts for `organisation` yet."""

    programme: Programme
    office: Organisation
    organisation: Organisation
    first: User
    second: User


def make_authority() -> Authority:
    office = make_organisation("Office")
    Organisation.objects.filter(pk=office.pk).update(home_office=office)
    office.refresh_from_db()
    programme = make_programme(coordinator=office)
    organisation = make_organisation("City of Milan", home_office=office)
    make_partner(programme, organisation)
    return Authority(
        programme=programme,
        office=office,
        organisation=organisation,
        first=make_appointed(office, name="First"),
        second=make_appointed(office, name="Second"),
    )
