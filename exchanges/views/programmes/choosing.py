"""Old addresses that name no programme: they lead on to the person's own one, or ask which."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from exchanges import clock
from exchanges.models import Programme


def address_in(programmes: Sequence[Programme], url_name: str) -> str:
    """Return the page in the only programme, else the address at which one chooses."""
    if len(programmes) == 1:
        return reverse(url_name, args=[programmes[0].slug])
    return reverse(f"{url_name}-choose")


def choose_programme(
    request: HttpRequest, programmes: Sequence[Programme], url_name: str
) -> HttpResponse:
    """Lead on to the page of the only programme; of several the person chooses one.

    What the address asked for goes along.
    """
    query = request.META.get("QUERY_STRING", "")
    tail = f"?{query}" if query else ""
    links = [(each, reverse(url_name, args=[each.slug]) + tail) for each in programmes]
    if len(links) == 1:
        return redirect(links[0][1])
    context = {"links": links, "today": clock.today()}
    return render(request, "exchanges/programmes/programme_choose.html", context)
