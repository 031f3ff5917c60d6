from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from agreements import enums as agreement_enums
from exchanges.enums import InvitationState, MessageState, SessionKind, VisitState
from exchanges.labels import label
from exchanges.templatetags.look import STATES, UnknownIcon, icon, session_kind


def show(source: str, **context: object) -> str:
    return Template("{% load look formats %}" + source).render(Context(context))


class Proposal(forms.Form):
    title = forms.CharField(help_text="In one line.")
    note = forms.CharField(required=False)
    side = forms.ChoiceField(choices=[("h", "We host")], widget=forms.RadioSelect)
    city = forms.ChoiceField(choices=[], widget=forms.RadioSelect)
    revision = forms.IntegerField(widget=forms.HiddenInput)


def test_icon_points_into_the_sprite() -> None:
    assert show('{% icon "mail-open" "turn" %}') == (
        '<svg class="icon turn" aria-hidden="true">'
        '<use href="/static/vendor/lucide-1.62.0/icons.svg#mail-open"></use></svg>'
    )


def test_icon_that_is_missing_is_refused_by_name() -> None:
    with pytest.raises(UnknownIcon, match="unicorn"):
        icon("unicorn")


@pytest.mark.parametrize(
    "state",
    [
        *VisitState,
        *InvitationState,
        *MessageState,
        *agreement_enums.AgreementState,
    ],
)
def test_state_has_a_word_a_colour_and_an_icon(state: str) -> None:
    shown = show("{% state_pill state 'Word' %}", state=state)
    colour, picture = STATES[state]
    assert f'class="state {colour}"' in shown
    assert f"#{picture}" in shown
    assert "Word</span>" in shown


@pytest.mark.parametrize("kind", SessionKind)
def test_session_kind_has_a_word_and_an_icon(kind: SessionKind) -> None:
    assert "<use" in session_kind(kind, label(kind))
    assert label(kind) in session_kind(kind, label(kind))


def test_pill_escapes_its_label() -> None:
    assert "&lt;b&gt;" in show("{% pill label %}", label="<b>")


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", '<bdi lang="en">City of Athens</bdi>'),
        ("fr", '<bdi lang="en">City of Athens</bdi>'),
        ("el", '<bdi lang="el">Δήμος Αθηναίων</bdi>'),
    ],
)
def test_organisation_is_named_in_the_readers_language_when_it_is_its_own(
    language: str, shown: str
) -> None:
    athens = SimpleNamespace(
        name="City of Athens",
        native_name="Δήμος Αθηναίων",
        city=SimpleNamespace(languages=["el"]),
    )
    with override(language):
        assert show("{% organisation_name athens %}", athens=athens) == shown


def test_field_shows_label_hint_and_error_and_ties_them_to_the_input() -> None:
    shown = Proposal({})["title"].as_field_group()
    assert '<label for="id_title">Title' in shown
    assert '<div class="hint" id="id_title_helptext">In one line.</div>' in shown
    assert 'id="id_title_error"' in shown
    assert 'aria-describedby="id_title_helptext id_title_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert shown.index("id_title_error") < shown.index("<input")


def test_only_optional_fields_say_so() -> None:
    form = Proposal()
    assert "(optional)" in form["note"].as_field_group()
    assert "(optional)" not in form["title"].as_field_group()


def test_radio_buttons_stand_in_a_fieldset_with_a_legend() -> None:
    shown = Proposal()["side"].as_field_group()
    assert '<legend class="field-label">Side' in shown
    assert '<label class="choice" for="id_side_0"><input type="radio"' in shown


def test_error_summary_links_to_the_fields() -> None:
    shown = render_to_string("partials/error_summary.html", {"form": Proposal({})})
    assert 'href="#id_title">Title: This field is required.' in shown
    assert 'href="#id_side_0">Side: This field is required.' in shown
    assert "id_note" not in shown


def test_error_summary_leads_to_the_group_where_no_choice_is_left() -> None:
    form = Proposal({})
    shown = render_to_string("partials/error_summary.html", {"form": form})
    assert 'href="#id_city">City: This field is required.' in shown
    assert 'id="id_city" tabindex="-1"' in str(form["city"])


def test_error_summary_links_to_no_hidden_field() -> None:
    shown = render_to_string("partials/error_summary.html", {"form": Proposal({})})
    assert "<li>This field is required.</li>" in shown
    assert "id_revision" not in shown


def test_error_summary_is_absent_without_errors() -> None:
    assert render_to_string("partials/error_summary.html", {"form": Proposal()}).strip() == ""


def test_pagination_keeps_the_filters() -> None:
    request = RequestFactory().get("/", {"state": "active", "page": "2"})
    page = Paginator(range(30), 10).page(2)
    shown = render_to_string("partials/pagination.html", {"page": page}, request)
    assert 'href="?state=active&amp;page=1"' in shown
    assert 'href="?state=active&amp;page=3"' in shown


def test_stack_bar_puts_its_parts_one_after_the_other() -> None:
    shown = show("{% stack_bar parts %}", parts=[("Learning", 430), ("Language", 120)])
    assert 'aria-label="Learning 430, Language 120"' in shown
    assert 'class="part-1" x="0.00%" y="0" width="43.00%"' in shown
    assert 'class="part-2" x="43.00%" y="0" width="12.00%"' in shown


def test_date_answer_is_three_radio_buttons_with_the_given_one_checked() -> None:
    shown = render_to_string(
        "partials/date_answer.html", {"name": "option-7", "legend": "March", "value": "no"}
    )
    assert shown.count('type="radio" name="option-7"') == 3
    assert 'value="no" checked' in shown
    assert shown.count("checked") == 1
