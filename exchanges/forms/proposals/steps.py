"""The steps of a proposal. Each form is filled from the draft, and compared with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.domain.minimum import Invited, missing_acceptances
from exchanges.enums import CityRole, InvitationState, Side
from exchanges.forms.choices import KnownRowsField, set_choices
from exchanges.forms.fields import (
    DateField,
    LanguagesField,
    NameField,
    RevisionField,
    TextBlockField,
)
from exchanges.models import City, Organisation, StudyVisit, Topic
from exchanges.queries.proposals.answers import missing_sentences
from exchanges.queries.proposals.languages import shared_languages, spoken_languages
from exchanges.queries.proposals.proposals import Candidate, invited_facts, participating_cities
from exchanges.words.matching.data import Team
from exchanges.words.matching.matches import Matches

Data = Mapping[str, Any] | None


class StartProposalForm(forms.Form):
    """`organisation` is for whom the person proposes, as the page said; the view reads it."""

    organisation = forms.SlugField(widget=forms.HiddenInput)
    side = forms.ChoiceField(
        label=gettext_lazy("What do you want to do?"),
        choices=[
            (Side.GUEST.value, gettext_lazy("We want to visit another city")),
            (Side.HOST.value, gettext_lazy("We want to host")),
        ],
        widget=forms.RadioSelect,
    )
    city = forms.ModelChoiceField(
        label=gettext_lazy("For which city?"),
        queryset=City.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: Data,
        *,
        organisation: Organisation,
        cities: Sequence[City],
        side: Side,
        city: City,
    ) -> None:
        initial = {"organisation": organisation.slug, "side": side, "city": city}
        super().__init__(data, initial=initial)
        if len(cities) == 1:
            del self.fields["city"]
        else:
            field = self.fields["city"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = City.objects.filter(pk__in=[each.pk for each in cities])


class LearnForm(forms.Form):
    revision = RevisionField()
    title = NameField(
        label=gettext_lazy("Title of the visit"),
        max_length=200,
        help_text=gettext_lazy("For instance: One-stop shops for new residents."),
    )
    purpose = TextBlockField(
        label=gettext_lazy("What do you want to see, and what for?"),
        max_length=4000,
        help_text=gettext_lazy("Those invited read this first. Two or three sentences are enough."),
    )
    topics = KnownRowsField(
        label=gettext_lazy("Topics"),
        queryset=Topic.objects.all(),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-two"}),
        help_text=gettext_lazy("The suggestion of cities follows them."),
    )

    def __init__(self, data: Data, *, visit: StudyVisit) -> None:
        initial = {
            "revision": visit.revision,
            "title": visit.title,
            "purpose": visit.purpose,
            "topics": list(visit.topics.all()),
        }
        super().__init__(data, initial=initial)


class CitiesForm(forms.Form):
    """`host` is there for guests only: who hosts is the host."""

    revision = RevisionField()
    host = forms.ChoiceField(
        label=gettext_lazy("Host city"),
        error_messages={"required": gettext_lazy("Choose the city that you want to visit.")},
    )
    guests = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-two"})
    )
    co_hosts = forms.MultipleChoiceField(
        label=gettext_lazy("Co-host cities"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-two"}),
        help_text=gettext_lazy("Cities that receive you for a part of the visit."),
    )

    def __init__(
        self, data: Data, *, visit: StudyVisit, own: City, side: Side, teams: Sequence[Team],
        matches: Matches,
    ) -> None:  # fmt: skip
        rows = list(visit.visit_cities.all())
        initial = {
            "revision": visit.revision,
            "host": visit.host_city.slug if visit.host_city else "",
            "guests": [city.slug for city in visit.guest_cities() if city.pk != own.pk],
            "co_hosts": [row.city.slug for row in rows if row.role == CityRole.CO_HOST],
        }
        super().__init__(data, initial=initial)
        self.own, self.side = own, side
        self.cities = {team.city.slug: team.city for team in teams}
        others = [(slug, str(city)) for slug, city in self.cities.items() if slug != own.slug]
        possible = [(match.city.slug, str(match.city)) for match in matches.possible]
        set_choices(self, "co_hosts", others)
        if side == Side.GUEST:
            set_choices(self, "host", possible)
            set_choices(self, "guests", others)
            self.fields["guests"].label = _("Other guest cities")
            self.fields["guests"].help_text = _("Cities that travel with you.")
        else:
            del self.fields["host"]
            set_choices(self, "guests", possible)
            self.fields["guests"].label = _("Guest cities")
            self.fields["guests"].required = True
            self.fields["guests"].error_messages["required"] = _("Choose at least one guest city.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        host = self.own.slug if self.side == Side.HOST else cleaned.get("host", "")
        guests, co_hosts = cleaned.get("guests", []), cleaned.get("co_hosts", [])
        for name, chosen in (("guests", guests), ("co_hosts", co_hosts)):
            if host in chosen:
                words = _("%(city)s is the host already. Take it out here.")
                self.add_error(name, words % {"city": self.cities[host]})
        for slug in sorted(set(guests) & set(co_hosts)):
            words = _("%(city)s cannot be a guest and a co-host.")
            self.add_error("co_hosts", words % {"city": self.cities[slug]})
        return cleaned

    @property
    def chosen(self) -> dict[str, Any]:
        """Return the keywords of `proposals.save_cities`."""
        host = self.own if self.side == Side.HOST else self.cities[self.cleaned_data["host"]]
        return {
            "host": host,
            "guests": [self.cities[slug] for slug in self.cleaned_data["guests"]],
            "co_hosts": [self.cities[slug] for slug in self.cleaned_data["co_hosts"]],
        }


class InvitedForm(forms.Form):
    """Those with a contact person are chosen at first. `must_suffice` refuses too few."""

    revision = RevisionField()
    organisations = forms.MultipleChoiceField(
        label=gettext_lazy("Organisations"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Data, *, visit: StudyVisit, found: Sequence[Candidate], must_suffice: bool
    ) -> None:
        asked = [each for each in visit.invitations.all() if not each.is_proposer]
        self.own = next(each for each in visit.invitations.all() if each.is_proposer)
        self.visit, self.must_suffice = visit, must_suffice
        self.others = [each for each in found if each.organisation.pk != self.own.organisation_id]
        self.reachable = {str(c.organisation.pk): c for c in self.others if c.has_contact}
        chosen = [str(each.organisation_id) for each in asked] or list(self.reachable)
        initial = {"revision": visit.revision, "organisations": chosen}
        super().__init__(data, initial=initial)
        names = [(key, str(each.organisation)) for key, each in self.reachable.items()]
        set_choices(self, "organisations", names)

    def clean_organisations(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["organisations"]
        own = invited_facts([self.own])
        hopeful = [
            Invited(each.side, each.city.slug, each.role, InvitationState.ACCEPTED)
            for each in (self.reachable[key] for key in chosen)
        ]
        missing = missing_acceptances(
            [*own, *hopeful],
            [city.slug for city in self.visit.guest_cities()],
            requires_umn_host=self.visit.programme.requires_umn_host,
        )
        cities = [city for city, side in participating_cities(self.visit)]
        if missing and self.must_suffice:
            raise forms.ValidationError(list(missing_sentences(missing, cities)))
        return chosen


class DetailsForm(forms.Form):
    revision = RevisionField()
    group_size = forms.IntegerField(
        label=gettext_lazy("How many people travel, about?"), min_value=1, max_value=200
    )
    languages = LanguagesField()
    answer_by = DateField(
        label=gettext_lazy("Answer by"),
        help_text=gettext_lazy("Reminders go out seven and two days before, and the day after."),
    )
    message = TextBlockField(
        label=gettext_lazy("A word to those invited"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("It stands in the mail, in the language in which you write it."),
    )

    def __init__(self, data: Data, *, visit: StudyVisit, today: date) -> None:
        initial = {
            "revision": visit.revision,
            "group_size": visit.group_size,
            "languages": visit.languages or shared_languages(visit),
            "answer_by": visit.answer_by,
            "message": visit.message,
        }
        super().__init__(data, initial=initial)
        self.visit, self.today = visit, today
        self.fields["languages"] = LanguagesField(
            label=_("Languages of the visit"),
            codes=sorted({*spoken_languages(visit), *visit.languages}),
            widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-two"}),
        )

    def clean_answer_by(self) -> date:
        day: date = self.cleaned_data["answer_by"]
        starts = [option.start_date for option in self.visit.date_options.all()]
        if day < self.today:
            raise forms.ValidationError(_("This day is in the past."))
        if starts and day >= max(starts):
            raise forms.ValidationError(_("By then the visit would have begun: ask for it sooner."))
        return day
