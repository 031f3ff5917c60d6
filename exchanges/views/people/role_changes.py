"""Objecting to a change of roles, signed in or by the link in the mail."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from exchanges import clock
from exchanges.links import PURPOSE_ROLES
from exchanges.models import RoleChange, User
from exchanges.operations.people import role_objections
from exchanges.permissions import is_member, require
from exchanges.queries.people.role_changes import can_object_to_change
from exchanges.views.active import signed_in
from exchanges.views.people.links import holder_of
from exchanges.views.people.people import load_organisation
from exchanges.views.private_link import private_link
from exchanges.views.refusals import refusal_on_form, sent_data
from exchanges.words.people import roles_given, roles_taken


@require_http_methods(["GET", "HEAD", "POST"])
def roles_objection(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Object when signed in."""
    organisation = load_organisation(request, slug)
    require(is_member(request.user, organisation))
    changes = organisation.role_changes.select_related("organisation", "person", "made_by")
    return _object(request, get_object_or_404(changes, pk=pk), signed_in(request))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def roles_object(request: HttpRequest, token: str) -> HttpResponse:
    """Object by the link in the mail, also when one belongs to the organisation no longer."""
    pk, person = holder_of(PURPOSE_ROLES, token)
    rows = RoleChange.objects.select_related("organisation", "person", "made_by")
    return _object(request, get_object_or_404(rows, pk=pk), person)


def _object(request: HttpRequest, change: RoleChange, person: User) -> HttpResponse:
    form = Form(sent_data(request))
    if form.is_valid():
        with refusal_on_form(form):
            role_objections.object_to(change=change, by=person, at=clock.now())
            return redirect(request.path)
    context = {
        "change": change,
        "organisation": change.organisation,
        "given": roles_given(change),
        "taken": roles_taken(change),
        "can_object": can_object_to_change(person, change, clock.now()),
        "is_done": change.objected_by_id == person.pk,
        "form": form,
    }
    return render(request, "exchanges/people/roles_object.html", context)
