from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchanges.domain.visible_text import visible_name
from exchanges.enums import InvitationState, SessionKind
from exchanges.forms.choices import set_choices
from exchanges.forms.fields import (
    LanguagesField,
    LineField,
    NameField,
    RevisionField,
    TextBlockField,
    TimeField,
)
from exchanges.labels import choices
from exchanges.models import AgendaItem, Organisation, StudyVisit
from exchanges.operations.agenda import SessionData
from exchanges.words.formats import day as day_words

MOST_SPEAKERS = 40


class SessionForm(forms.Form):
    """A session of the agenda; `session()` gives what the operations take."""

    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)
    start = TimeField(label=_("Start"))
    end = TimeField(label=_("End"))
    kind = forms.ChoiceField(label=_("Kind"), choices=choices(SessionKind))
    title = NameField(label=_("Title"))
    description = TextBlockField(label=_("Description"), required=False, max_length=5000, rows=4)
    venue = NameField(
        label=_("Venue"),
        help_text=_("The room or house, for instance Town hall, Sala Rossa."),
        required=False,
        max_length=150,
    )
    address = LineField(label=_("Address of the venue"), required=False, max_length=250)
    lead = forms.ModelChoiceField(
        label=_("Led by"),
        queryset=Organisation.objects.none(),
        required=False,
    )
    speakers = TextBlockField(
        label=_("Speakers"),
        help_text=_("One name a line."),
        required=False,
        max_length=5000,
        rows=3,
    )
    languages = LanguagesField(label=_("Languages"), required=False)
    revision = RevisionField()

    def __init__(self, *args: Any, visit: StudyVisit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "day", ((day.isoformat(), day_words(day)) for day in visit.days()))
        lead = self.fields["lead"]
        assert isinstance(lead, forms.ModelChoiceField)
        lead.queryset = Organisation.objects.filter(
            invitations__visit=visit, invitations__state=InvitationState.ACCEPTED
        )
        self.fields["venue"].widget.attrs["list"] = "venues"

    def clean_speakers(self) -> str:
        text: str = self.cleaned_data["speakers"]
        names = [name for name in map(visible_name, text.splitlines()) if name]
        if len(names) > MOST_SPEAKERS:
            raise forms.ValidationError(_("At most 40 speakers."))
        if any(len(name) > 150 for name in names):
            raise forms.ValidationError(_("A name has at most 150 characters: one name a line."))
        return "\n".join(names)

    def session(self) -> SessionData:
        cleaned = self.cleaned_data
        return SessionData(
            day=cleaned["day"],
            start=cleaned["start"],
            end=cleaned["end"],
            kind=SessionKind(cleaned["kind"]),
            title=cleaned["title"],
            description=cleaned["description"],
            venue=cleaned["venue"],
            address=cleaned["address"],
            lead=cleaned["lead"],
            speakers=cleaned["speakers"].splitlines(),
            languages=cleaned["languages"],
        )


def initial_of(item: AgendaItem) -> dict[str, Any]:
    return {
        "day": item.day.isoformat(),
        "start": item.start_time,
        "end": item.end_time,
        "kind": item.kind,
        "title": item.title,
        "description": item.description,
        "venue": item.venue.name if item.venue else "",
        "address": item.venue.address if item.venue else "",
        "lead": item.lead_id,
        "speakers": "\n".join(speaker.name for speaker in item.speakers.all()),
        "languages": item.languages,
        "revision": item.revision,
    }
