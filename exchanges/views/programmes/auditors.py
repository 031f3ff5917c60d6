"""The auditors of a programme, named by its office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exchanges import clock
from exchanges.forms.programmes import (
    AuditorForm,
)
from exchanges.models import Auditor
from exchanges.operations.programmes import programmes
from exchanges.permissions import can_manage_programme, require
from exchanges.views.active import signed_in
from exchanges.views.programmes.loading import managed_programme, readable_programme
from exchanges.views.refusals import refusal_on_form, sent_data


@require_http_methods(["GET", "HEAD", "POST"])
def auditor_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody here may read the list; the office gives and takes."""
    person = signed_in(request)
    programme = readable_programme(person, slug)
    is_office = can_manage_programme(person, programme)
    require(is_office or request.method != "POST")
    form = AuditorForm(sent_data(request))
    if form.is_valid():
        with refusal_on_form(form):
            email = form.cleaned_data["email"]
            programmes.give_audit(programme=programme, email=email, by=person, at=clock.now())
            messages.success(request, _("This person may read everything of the programme now."))
            return redirect("exchanges:auditor-list", slug)
    auditors = programme.auditors.select_related("user").order_by("user__name")
    context = {"programme": programme, "form": form, "auditors": auditors, "is_office": is_office}
    return render(request, "exchanges/programmes/auditor_list.html", context)


@require_POST
def auditor_take(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    person = signed_in(request)
    programme = managed_programme(person, slug)
    auditor = get_object_or_404(Auditor, pk=pk, programme=programme)
    programmes.take_audit(auditor=auditor, by=person, at=clock.now())
    messages.success(request, _("This person is no auditor any more."))
    return redirect("exchanges:auditor-list", slug)
