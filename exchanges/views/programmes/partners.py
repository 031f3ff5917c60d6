"""The partners of a programme. Auditors read."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchanges import clock
from exchanges.forms.programmes import (
    NewPartnerForm,
    PartForm,
    PartnerAddForm,
    PartnerForm,
    partner_initial,
)
from exchanges.models import Partner, Programme
from exchanges.operations.programmes import first_contacts, partners, partnerships
from exchanges.permissions import (
    can_manage_programme,
)
from exchanges.queries.programmes.partners import (
    can_be_reminded,
    money_of,
    organisations_outside,
    partners_of,
    partnerships_of,
)
from exchanges.views.active import signed_in
from exchanges.views.programmes.loading import managed_programme, readable_programme
from exchanges.views.refusals import refusal_as_message, refusal_on_form, sent_data


@require_safe
def programme_partners(request: HttpRequest, slug: str) -> HttpResponse:
    person = signed_in(request)
    programme = readable_programme(person, slug)
    asked = partnerships_of(programme)
    context = {
        "programme": programme,
        "partners": partners_of(programme),
        "asked": asked,
        "can_remind": any(map(can_be_reminded, asked)),
        "money": money_of(programme),
        "is_office": can_manage_programme(person, programme),
    }
    return render(request, "exchanges/programmes/programme_partners.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def partner_add(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation that the network knows."""
    person = signed_in(request)
    programme = managed_programme(person, slug)
    form = PartnerAddForm(sent_data(request), organisations=organisations_outside(programme))

    if form.is_valid():
        with refusal_on_form(form):
            partnerships.ask(
                programme=programme,
                organisation=form.cleaned_data["organisation"],
                part=form.part(),
                by=person,
                at=clock.now(),
            )
            messages.success(request, _("The organisation is asked. Its contacts get a mail."))
            return redirect("exchanges:programme-partners", slug)
    context = {"form": form, "programme": programme}
    return render(request, "exchanges/programmes/partner_add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_add(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation that is new to the network."""
    person = signed_in(request)
    programme = managed_programme(person, slug)
    form = NewPartnerForm(sent_data(request))

    if form.is_valid():
        with refusal_on_form(form):
            first_contacts.ask_new(
                programme=programme,
                values=form.values(),
                active_in=list(form.cleaned_data["active_in"]),
                part=form.part(),
                email=form.cleaned_data["email"],
                by=person,
                at=clock.now(),
            )
            messages.success(request, _("The organisation is added and asked to take part."))
            return redirect("exchanges:programme-partners", slug)
    context = {"form": form, "programme": programme}
    return render(request, "exchanges/programmes/partner_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def partner_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    person = signed_in(request)
    programme = managed_programme(person, slug)
    partner = get_object_or_404(_partners(programme), pk=pk)
    form = PartnerForm(sent_data(request), initial=partner_initial(partner))

    def saved_values() -> dict[str, object]:
        return partner_initial(_partners(programme).get(pk=pk))

    if form.is_valid():
        with refusal_on_form(form, saved_values=saved_values):
            partners.edit(
                partner=partner,
                part=form.part(),
                revision=form.cleaned_data["revision"],
                by=person,
                at=clock.now(),
            )
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect("exchanges:programme-partners", slug)
    context = {"form": form, "programme": programme, "partner": partner}
    return render(request, "exchanges/programmes/partner_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def partner_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    person = signed_in(request)
    programme = managed_programme(person, slug)
    partner = get_object_or_404(_partners(programme), pk=pk)
    form = Form(sent_data(request))
    if form.is_valid():
        with refusal_on_form(form):
            partners.remove(partner=partner, by=person, at=clock.now())
            messages.success(request, _("The partner is removed from the programme."))
            return redirect("exchanges:programme-partners", slug)
    context = {"programme": programme, "partner": partner, "form": form}
    return render(request, "exchanges/programmes/partner_remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def partnership_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Role and money that an organisation is asked to take."""
    person = signed_in(request)
    programme = managed_programme(person, slug)
    asked = get_object_or_404(partnerships_of(programme), pk=pk)
    initial = {name: getattr(asked, name) for name in PartForm.base_fields}
    form = PartForm(sent_data(request), initial=initial)
    if form.is_valid():
        with refusal_on_form(form):
            partnerships.edit_part(asked=asked, part=form.part(), by=person, at=clock.now())
            messages.success(request, _("Saved."))
            return redirect("exchanges:programme-partners", slug)
    context = {"form": form, "programme": programme, "asked": asked}
    return render(request, "exchanges/programmes/partnership_edit.html", context)


@require_POST
def partnership_remind(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    person = signed_in(request)
    programme = managed_programme(person, slug)
    asked = get_object_or_404(partnerships_of(programme), pk=pk)
    with refusal_as_message(request):
        partnerships.remind(asked=asked, by=person, at=clock.now())
        messages.success(request, _("The reminder is on its way."))
    return redirect("exchanges:programme-partners", slug)


@require_POST
def partnership_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    person = signed_in(request)
    programme = managed_programme(person, slug)
    asked = get_object_or_404(partnerships_of(programme), pk=pk)
    with refusal_as_message(request):
        partnerships.withdraw(asked=asked, by=person, at=clock.now())
        messages.success(request, _("The question is taken back."))
    return redirect("exchanges:programme-partners", slug)


def _partners(programme: Programme) -> QuerySet[Partner]:
    return programme.partners.select_related("organisation__city")
