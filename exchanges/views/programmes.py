"""Programmes, their partners and auditors, edited by the programme office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exchanges import clock
from exchanges.forms.programmes import (
    AuditorForm,
    NewProgrammeForm,
    PartnerAddForm,
    PartnerForm,
    ProgrammeForm,
    partner_initial,
    programme_initial,
)
from exchanges.models import Auditor, Partner, Programme
from exchanges.operations.programmes import partners, programmes
from exchanges.permissions import can_manage_programme, require
from exchanges.queries.programmes.offices import coordinators_of
from exchanges.queries.programmes.partners import organisations_outside
from exchanges.views.active import signed_in
from exchanges.views.office import managed_programme, readable_programme
from exchanges.views.refusals import refused
from exchanges.views.saving import saved, sent_data


@require_http_methods(["GET", "HEAD", "POST"])
def office_programme_add(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    coordinators = coordinators_of(person)
    require(coordinators.exists())
    initial = {"max_exchanges": 8, "eu_percent": 90, "requires_umn_host": True}
    form = NewProgrammeForm(sent_data(request), coordinators=coordinators, initial=initial)
    added: list[Programme] = []

    def add() -> None:
        asked = form.cleaned_data
        programme = programmes.add(
            coordinator=asked["coordinator"],
            values=form.values(),
            most=asked["max_exchanges"],
            by=person,
            at=clock.now(),
        )
        added.append(programme)

    if saved(form, add):
        messages.success(request, _("The programme is there. Add its partners now."))
        return redirect("exchanges:office-partners", added[0].slug)
    return render(request, "exchanges/office/programme_edit.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def office_programme_edit(request: HttpRequest, slug: str) -> HttpResponse:
    person = signed_in(request)
    programme = managed_programme(person, slug)
    form = ProgrammeForm(sent_data(request), initial=programme_initial(programme))

    def edit() -> None:
        asked = form.cleaned_data
        programmes.edit(
            programme=programme,
            values=form.values(),
            most=asked["max_exchanges"],
            revision=asked["revision"],
            by=person,
            at=clock.now(),
        )

    def now() -> dict[str, object]:
        return programme_initial(Programme.objects.get(pk=programme.pk))

    if saved(form, edit, now=now):
        messages.success(request, _("Saved."))
        return redirect(_office_of(programme))
    context = {"form": form, "programme": programme}
    return render(request, "exchanges/office/programme_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def office_partner_add(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation that the network knows."""
    person = signed_in(request)
    programme = managed_programme(person, slug)
    form = PartnerAddForm(sent_data(request), organisations=organisations_outside(programme))

    def add() -> None:
        organisation = form.cleaned_data["organisation"]
        said: dict[str, Any] = {"programme": programme, "by": person, "at": clock.now()}
        partners.add(organisation=organisation, part=form.part(), **said)

    if saved(form, add):
        messages.success(request, _("The partner is added."))
        return redirect("exchanges:office-partners", slug)
    context = {"form": form, "programme": programme}
    return render(request, "exchanges/office/partner_add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def office_organisation_add(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation that is new to the network."""
    person = signed_in(request)
    programme = managed_programme(person, slug)
    form = PartnerForm(sent_data(request))

    def add() -> None:
        partners.add_new(
            programme=programme,
            values=form.values(),
            active_in=list(form.cleaned_data["active_in"]),
            part=form.part(),
            by=person,
            at=clock.now(),
        )

    if saved(form, add):
        messages.success(request, _("The partner is added. Invite its contact persons now."))
        return redirect("exchanges:office-partners", slug)
    context = {"form": form, "programme": programme}
    return render(request, "exchanges/office/partner_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def office_partner_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    person = signed_in(request)
    programme = managed_programme(person, slug)
    partner = get_object_or_404(_partners(programme), pk=pk)
    form = PartnerForm(sent_data(request), initial=partner_initial(partner))

    def edit() -> None:
        partners.edit(
            partner=partner,
            values=form.values(),
            active_in=list(form.cleaned_data["active_in"]),
            part=form.part(),
            revision=form.cleaned_data["revision"],
            by=person,
            at=clock.now(),
        )

    def now() -> dict[str, object]:
        return partner_initial(_partners(programme).get(pk=pk))

    if saved(form, edit, now=now):
        messages.success(request, _("Saved."))
        return redirect("exchanges:office-partners", slug)
    context = {"form": form, "programme": programme, "partner": partner}
    return render(request, "exchanges/office/partner_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def office_partner_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    person = signed_in(request)
    programme = managed_programme(person, slug)
    partner = get_object_or_404(_partners(programme), pk=pk)
    errors: list[str] = []
    if request.method == "POST":
        errors = refused(lambda: partners.remove(partner=partner, by=person, at=clock.now()))
        if not errors:
            messages.success(request, _("The partner is removed from the programme."))
            return redirect("exchanges:office-partners", slug)
    context = {"programme": programme, "partner": partner, "errors": errors}
    return render(request, "exchanges/office/partner_remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def office_auditors(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody here may read the list; the office gives and takes."""
    person = signed_in(request)
    programme = readable_programme(person, slug)
    is_office = can_manage_programme(person, programme)
    require(is_office or request.method != "POST")
    form = AuditorForm(sent_data(request))

    def give() -> None:
        email = form.cleaned_data["email"]
        programmes.give_audit(programme=programme, email=email, by=person, at=clock.now())

    if saved(form, give):
        messages.success(request, _("This person may read everything of the programme now."))
        return redirect("exchanges:office-auditors", slug)
    auditors = programme.auditors.select_related("user").order_by("user__name")
    context = {"programme": programme, "form": form, "auditors": auditors, "is_office": is_office}
    return render(request, "exchanges/office/auditors.html", context)


@require_POST
def office_auditor_take(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    person = signed_in(request)
    programme = managed_programme(person, slug)
    auditor = get_object_or_404(Auditor, pk=pk, programme=programme)
    programmes.take_audit(auditor=auditor, by=person, at=clock.now())
    messages.success(request, _("This person is no auditor any more."))
    return redirect("exchanges:office-auditors", slug)


def _partners(programme: Programme) -> QuerySet[Partner]:
    return programme.partners.select_related("organisation__city")


def _office_of(programme: Programme) -> str:
    return reverse("exchanges:office") + f"?programme={programme.slug}"
