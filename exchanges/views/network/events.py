"""Events of the network in a programme."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exchanges.views.active import signed_in
from exchanges.views.programmes.loading import readable_programme


@require_safe
def event_list(request: HttpRequest, slug: str) -> HttpResponse:
    programme = readable_programme(signed_in(request), slug)
    context = {
        "programme": programme,
        "events": programme.network_events.select_related("city"),
    }
    return render(request, "exchanges/network/event_list.html", context)
