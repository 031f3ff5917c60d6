"""Programmes, their partners and auditors, as the office fills them in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exchanges.domain.short_titles import LONGEST, is_short_title
from exchanges.enums import PartnerRole
from exchanges.forms.choices import MoneyField, NamesForm, TimeZoneField, initial_names
from exchanges.forms.fields import DateField, LineField, NameField, RevisionField
from exchanges.forms.network.organisations import IdentityForm
from exchanges.forms.people import AddressField
from exchanges.labels import choices
from exchanges.models import Organisation, Partner, Programme
from exchanges.operations.editing import checksum_of
from exchanges.operations.programmes.partners import PartnerShare, partner_values
from exchanges.operations.programmes.programmes import WrongShortTitle, programme_values

MOST_EXCHANGES = 200
PERCENT = Decimal(100)


class ProgrammeForm(NamesForm):
    names_label = _("Title")
    short_title = NameField(
        label=_("Short title"),
        max_length=LONGEST,
        help_text=_(
            "It begins the references of visits, as in UMN-2027-004: capital letters A to Z, "
            "digits and hyphens."
        ),
    )
    start_date = DateField(label=_("First day"))
    end_date = DateField(label=_("Last day"))
    time_zone = TimeZoneField(
        label=_("Time zone"),
        required=False,
        help_text=_(
            "Days of agreements begin and end there. Leave it empty for the zone of the "
            "coordinator's city."
        ),
    )
    max_exchanges = forms.IntegerField(
        label=_("Most exchanges"),
        min_value=0,
        max_value=MOST_EXCHANGES,
        help_text=_("As many visits can be confirmed. It cannot be lower than those confirmed."),
    )
    eu_percent = forms.DecimalField(
        label=_("Co-financing rate of the fund (%)"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        help_text=_("The most that the fund pays of eligible costs."),
    )
    total_budget_eur = MoneyField(label=_("Total budget (EUR)"), max_digits=14, required=False)
    fund = LineField(label=_("Fund"), required=False)
    specific_objective = LineField(label=_("Specific objective"), required=False)
    requires_umn_host = forms.BooleanField(
        label=_("A UnionMigrantNet member must accept on the host side"), required=False
    )
    allows_same_country = forms.BooleanField(
        label=_("Cities of one country may visit each other"), required=False
    )
    revision = RevisionField()

    def clean_short_title(self) -> str:
        title: str = self.cleaned_data["short_title"]
        if not is_short_title(title):
            raise ValidationError(str(WrongShortTitle()))
        return title

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("start_date"), cleaned.get("end_date")
        if first and last and last < first:
            self.add_error("end_date", _("The last day is before the first."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the values as the programme's columns."""
        columns = ("short_title", "start_date", "end_date", "time_zone", "total_budget_eur", "fund")
        rules = ("specific_objective", "requires_umn_host", "allows_same_country")
        rate = self.cleaned_data["eu_percent"] / PERCENT
        said = {name: self.cleaned_data[name] for name in (*columns, *rules)}
        return said | {"title": self.names(), "eu_cofinancing_rate": rate}


class NewProgrammeForm(ProgrammeForm):
    def __init__(self, *args: Any, coordinators: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = forms.ModelChoiceField(
            coordinators, label=_("Coordinator"), empty_label=None, initial=coordinators.first()
        )
        self.fields = {"coordinator": field} | self.fields


def programme_initial(programme: Programme) -> dict[str, Any]:
    values = programme_values(programme)
    percent = (programme.eu_cofinancing_rate * PERCENT).normalize()
    return values | {
        **initial_names(programme.title),
        "eu_percent": f"{percent:f}",
        "revision": checksum_of(values),
    }


class PartForm(forms.Form):
    """A partner's role and money."""

    role = forms.ChoiceField(label=_("Role in the programme"), choices=choices(PartnerRole))
    eligible_eur = MoneyField(label=_("Eligible costs (EUR)"), required=False)
    eu_share_eur = MoneyField(label=_("Of these, from the fund (EUR)"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        eligible, share = cleaned.get("eligible_eur"), cleaned.get("eu_share_eur")
        if eligible is not None and share is not None and share > eligible:
            self.add_error("eu_share_eur", _("This is more than the eligible costs."))
        return cleaned

    def part(self) -> PartnerShare:
        money = {name: self.cleaned_data[name] for name in ("eligible_eur", "eu_share_eur")}
        return PartnerShare(role=PartnerRole(self.cleaned_data["role"]), **money)


class PartnerAddForm(PartForm):
    """An organisation that the network knows."""

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = forms.ModelChoiceField(organisations, label=_("Organisation"))
        self.fields = {"organisation": field} | self.fields


class PartnerForm(PartForm):
    """A partner's part in the programme, which the office edits."""

    revision = RevisionField()


class NewPartnerForm(IdentityForm, PartForm):
    """An organisation that the network does not know, and the part that it is asked to take."""

    email = AddressField(
        label=_("E-mail of its first contact person"),
        max_length=254,
        required=False,
        help_text=_("The mail opens the account and accepts the partnership in one step."),
    )


def partner_initial(partner: Partner) -> dict[str, Any]:
    values = partner_values(partner)
    return values | {"revision": checksum_of(values)}


class AuditorForm(forms.Form):
    email = AddressField(
        label=_("E-mail of the person"),
        max_length=254,
        help_text=_(
            "The person needs an account. An auditor reads everything and changes nothing."
        ),
    )
