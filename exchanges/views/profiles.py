"""Contacts describe their own organisation and city."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from exchanges import clock
from exchanges.forms.profiles import (
    TOPIC,
    CapacitiesForm,
    LanguagesForm,
    LevelsForm,
    NeedsForm,
    OrganisationForm,
)
from exchanges.models import City, CityProfile, Organisation, Topic, User
from exchanges.operations import profiles
from exchanges.operations.changes import fingerprint
from exchanges.permissions import can_edit_city_profile, can_edit_organisation, require
from exchanges.views.active import active_organisation, signed_in
from exchanges.views.saving import saved, sent_data

SECTIONS = {
    "languages": gettext_lazy("Languages"),
    "capacities": gettext_lazy("Hosting and travelling"),
    "levels": gettext_lazy("What the city knows"),
    "needs": gettext_lazy("What the city wants to learn"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Without a slug: the organisation that the person acts for."""
    person = signed_in(request)
    organisation = _organisation_asked(request, slug)
    require(can_edit_organisation(person, organisation))
    form = OrganisationForm(sent_data(request), initial=_initial(organisation))

    def edit() -> None:
        profiles.edit_organisation(
            organisation=organisation,
            values=form.cleaned_data,
            revision=form.cleaned_data["revision"],
            by=person,
            at=clock.now(),
        )

    def now() -> dict[str, Any]:
        return _initial(Organisation.objects.get(pk=organisation.pk))

    if saved(form, edit, now=now):
        messages.success(request, _("Saved."))
        return redirect("exchanges:organisation-detail", organisation.slug)
    context = {
        "form": form,
        "organisation": organisation,
        "practices": organisation.practices.prefetch_related("topics"),
    }
    return render(request, "exchanges/partners/organisation_edit.html", context)


def _organisation_asked(request: HttpRequest, slug: str) -> Organisation:
    rows = Organisation.objects.select_related("city").prefetch_related("active_in")
    if slug:
        return get_object_or_404(rows, slug=slug)
    active = active_organisation(request)
    if active is None:
        raise Http404
    return rows.get(pk=active.pk)


def _initial(organisation: Organisation) -> dict[str, Any]:
    names = (*profiles.ORGANISATION, "revision")
    return {name: getattr(organisation, name) for name in names}


@dataclass(frozen=True)
class Section:
    """A part of the city's page with a form of its own."""

    key: str
    form: forms.Form
    save: Callable[[], object]
    initial: Callable[[], dict[str, Any]]

    @property
    def title(self) -> str:
        return str(SECTIONS[self.key])


@require_http_methods(["GET", "HEAD", "POST"])
def city_profile_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Sections, each saved by its own form; the others stay as they are saved."""
    person = signed_in(request)
    city = get_object_or_404(City, slug=slug)
    require(can_edit_city_profile(person, city))
    sent = request.POST.get("section", "") if request.method == "POST" else ""
    if request.method == "POST" and sent not in SECTIONS:
        raise Http404
    sections = [_section(key, city, person, request if key == sent else None) for key in SECTIONS]
    for section in sections:
        form = section.form
        if saved(form, section.save, now=section.initial):
            messages.success(request, _("Saved: %(section)s.") % {"section": section.title})
            return redirect(reverse("exchanges:city-profile-edit", args=[slug]) + f"#{section.key}")
    failed = next((section.form for section in sections if section.form.is_bound), None)
    profile = CityProfile.objects.filter(city=city).first()
    context = {"city": city, "sections": sections, "failed": failed, "profile": profile}
    return render(request, "exchanges/cities/city_profile_edit.html", context)


def _section(key: str, city: City, person: User, request: HttpRequest | None) -> Section:
    data = request.POST if request else None
    if key in ("languages", "capacities"):
        return _profile_section(key, city, person, data)
    return _topics_section(key, city, person, data)


def _profile_section(key: str, city: City, person: User, data: Any) -> Section:
    form_class, fields = {
        "languages": (LanguagesForm, profiles.LANGUAGES),
        "capacities": (CapacitiesForm, profiles.CAPACITIES),
    }[key]

    def initial() -> dict[str, Any]:
        profile = CityProfile.objects.filter(city=city).first() or CityProfile(city=city)
        values = profiles.profile_values(profile, fields)
        return values | {"revision": fingerprint(values)}

    form = form_class(data, prefix=key, initial=initial())

    def save() -> None:
        profiles.edit_city_profile(
            city=city,
            fields=fields,
            values=form.cleaned_data,
            revision=form.cleaned_data["revision"],
            by=person,
            at=clock.now(),
        )

    return Section(key, form, save, initial)


def _topics_section(key: str, city: City, person: User, data: Any) -> Section:
    is_levels = key == "levels"
    topics = sorted(Topic.objects.all(), key=str)

    def initial() -> dict[str, Any]:
        rows = city.topic_levels if is_levels else city.learning_needs
        values = profiles.topic_values(rows.select_related("topic"))
        numbers = {f"{TOPIC}{slug}": number for slug, number in values.items()}
        return numbers | {"revision": fingerprint(values)}

    form_class = LevelsForm if is_levels else NeedsForm
    form = form_class(data, prefix=key, initial=initial(), topics=topics)

    def save() -> None:
        operation = profiles.set_topic_levels if is_levels else profiles.set_learning_needs
        operation(
            city=city,
            numbers=form.numbers(),
            revision=form.cleaned_data["revision"],
            by=person,
            at=clock.now(),
        )

    return Section(key, form, save, initial)
