"""Names are kept as a reader sees them."""

import pytest

from exchanges.forms.fields import NameField
from exchanges.forms.network.organisations import OrganisationForm
from exchanges.forms.network.practices import PracticeForm
from exchanges.forms.people import AccountForm
from exchanges.forms.programmes import NewPartnerForm, ProgrammeForm
from exchanges.forms.visits.delegates import DelegateForm
from exchanges.models import Organisation

UNSEEN = ["\u200b", "\u00ad", "\ufeff", "\u2060", "\u3164", "\uffa0", "\u115f", "\U000e0020"]


@pytest.mark.parametrize("sign", UNSEEN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_what_nobody_sees_is_not_kept(sign: str) -> None:
    assert NameField().clean(f" {sign} Li{sign}e\u0300{sign}ge {sign}") == "Liège"
    with pytest.raises(Exception, match="This field is required"):
        NameField().clean(sign)
    assert NameField(required=False).clean(sign) == ""


@pytest.mark.parametrize("name", ["…", "— —", "☂", "\u0301"])
def test_a_name_has_something_to_read(name: str) -> None:
    with pytest.raises(Exception, match="at least one letter or digit"):
        NameField(required=False).clean(name)


@pytest.mark.parametrize("sign", ["\u202e", "\x07", "\u2067"])
def test_what_turns_a_text_round_is_refused(sign: str) -> None:
    with pytest.raises(Exception, match="cannot be shown"):
        NameField().clean(f"Li{sign}ège")


@pytest.mark.django_db
def test_the_fields_of_names_are_name_fields() -> None:
    nobody = Organisation.objects.none()
    forms = {
        OrganisationForm(): ("name", "native_name", "acronym", "native_acronym"),
        NewPartnerForm(): ("name", "native_name", "acronym", "native_acronym"),
        PracticeForm(owners=nobody): ("title",),
        AccountForm(): ("name",),
        DelegateForm(): ("name",),
        ProgrammeForm(): ("short_title", "names_en", "names_bg"),
    }
    for form, names in forms.items():
        for name in names:
            assert isinstance(form.fields[name], NameField), (form, name)
