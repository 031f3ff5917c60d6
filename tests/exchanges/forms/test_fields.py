"""Names are kept as a reader sees them."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from exchanges.forms.fields import CellsField, DateField, LineField, NameField, TextBlockField
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


@pytest.mark.parametrize(
    "typed", ["0027-03-01", "1.3.0027", "9999-12-31", "1989-12-31", "2100-01-01"]
)
def test_a_day_has_a_year_of_our_time(typed: str) -> None:
    with pytest.raises(Exception, match="Enter a year from 1990 to 2099"):
        DateField().clean(typed)


def test_every_day_that_people_type_is_such_a_day() -> None:
    """Django's own field takes the year 27; `DateField` here does not."""
    for path in Path(settings.BASE_DIR).glob("*/forms/**/*.py"):
        if path.name != "fields.py":
            assert "forms.DateField" not in path.read_text(), path


@pytest.mark.parametrize("typed", ["1990-01-01", "2099-12-31"])
def test_first_and_last_day_are_taken(typed: str) -> None:
    assert DateField().clean(typed) == date.fromisoformat(typed)


def test_text_from_word_is_taken_in_a_block_and_in_a_line() -> None:
    pasted = "\uf0b7\tOne-stop shop\x0b•\tHelpdesk"
    assert TextBlockField().clean(pasted) == "- One-stop shop\n- Helpdesk"
    assert LineField().clean("Title\twith a tab") == "Title with a tab"
    assert NameField().clean("Title\twith a tab") == "Title with a tab"


@pytest.mark.parametrize("field", [LineField, NameField, TextBlockField])
@pytest.mark.parametrize("sign", ["\u200b", "\u2060 \u00ad", "\t\u2028", " "])
def test_what_nobody_sees_is_empty(field: type[LineField], sign: str) -> None:
    with pytest.raises(Exception, match="This field is required"):
        field().clean(sign)
    assert field(required=False).clean(sign) == ""


def test_cells_of_a_spreadsheet_keep_their_tabs() -> None:
    assert (
        CellsField().clean("City\tathens@example.org\r\nUnion\t")
        == "City\tathens@example.org\nUnion"
    )
