"""The programme office: what is used, what is stuck with whom. Auditors read."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchanges import clock
from exchanges.enums import VisitState
from exchanges.exports.programmes import partners_csv
from exchanges.forms.cities.cities import CityForm, city_initial
from exchanges.forms.network.topics import TopicForm, topic_initial
from exchanges.models import City, Exchange, Programme, Topic, User
from exchanges.operations.cities import cities
from exchanges.operations.mail import delivery
from exchanges.operations.network import topics
from exchanges.permissions import (
    can_edit_city,
    can_manage_network,
    can_manage_programme,
    is_any_auditor,
    require,
)
from exchanges.queries.cities.pages import cities_listed
from exchanges.queries.mail import messages_of_office, unsent_messages
from exchanges.queries.programmes.offices import plans_waiting, programmes_read_by
from exchanges.queries.programmes.partners import money_of, partners_of
from exchanges.queries.record import check_record
from exchanges.queries.visits.waiting import visits_of_programme, waiting_visits
from exchanges.views.active import signed_in
from exchanges.views.refusals import tried
from exchanges.views.saving import saved, sent_data

PER_PAGE = 50


@require_safe
def office_home(request: HttpRequest) -> HttpResponse:
    """Of the programme in ?programme=, else the latest that the person may read."""
    person = signed_in(request)
    programmes = list(programmes_read_by(person))
    if not programmes:
        raise PermissionDenied
    programme = _chosen(programmes, request.GET.get("programme", ""))
    exchanges = list(programme.exchanges.all())
    used = [each for each in exchanges if each.visit_id]
    context = {
        "programmes": programmes,
        "programme": programme,
        "dots": ["used" if each.visit_id else "" for each in sorted(exchanges, key=_used_first)],
        "used": len(used),
        "waiting": waiting_visits(programme, person, clock.now()),
        "states": _states(programme, person),
        "money": money_of(programme),
        "partners_count": programme.partners.count(),
        "solving": plans_waiting(programme),
        "is_office": can_manage_programme(person, programme),
    }
    return render(request, "exchanges/office/office.html", context)


@require_safe
def office_partners(request: HttpRequest, slug: str) -> HttpResponse:
    person = signed_in(request)
    programme = readable_programme(person, slug)
    context = {
        "programme": programme,
        "partners": partners_of(programme),
        "money": money_of(programme),
        "is_office": can_manage_programme(person, programme),
    }
    return render(request, "exchanges/office/partners.html", context)


@require_safe
def office_partners_csv(request: HttpRequest, slug: str) -> HttpResponse:
    programme = readable_programme(signed_in(request), slug)
    response = HttpResponse(partners_csv(programme), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="partners-{programme.slug}.csv"'
    return response


@require_safe
def office_events(request: HttpRequest, slug: str) -> HttpResponse:
    programme = readable_programme(signed_in(request), slug)
    context = {
        "programme": programme,
        "events": programme.network_events.select_related("city"),
    }
    return render(request, "exchanges/office/events.html", context)


@require_safe
def office_outbox(request: HttpRequest) -> HttpResponse:
    """Messages that did not leave yet; auditors see them without addresses."""
    person = signed_in(request)
    may_manage = can_manage_network(person)
    require(may_manage or is_any_auditor(person))
    page = Paginator(unsent_messages(person), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "exchanges/office/outbox.html", {"page": page, "is_office": may_manage})


@require_POST
def office_message_retry(request: HttpRequest, pk: int) -> HttpResponse:
    person = signed_in(request)
    require(can_manage_network(person))
    message = get_object_or_404(messages_of_office(person), pk=pk)
    tried(
        request,
        lambda: delivery.retry(message=message, by=person, at=clock.now()),
        _("The message waits to be sent again."),
    )
    return redirect("exchanges:office-outbox")


@require_safe
def office_record(request: HttpRequest) -> HttpResponse:
    """Verify the whole record and say what was found."""
    person = signed_in(request)
    require(can_manage_network(person) or is_any_auditor(person))
    context = {"check": check_record(), "at": clock.now()}
    return render(request, "exchanges/office/record.html", context)


@require_safe
def office_cities(request: HttpRequest) -> HttpResponse:
    require(can_manage_network(signed_in(request)))
    return render(request, "exchanges/office/cities.html", {"cities": cities_listed()})


@require_http_methods(["GET", "HEAD", "POST"])
def office_city_add(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    require(can_manage_network(person))
    form = CityForm(sent_data(request))

    def add() -> None:
        cities.add(values=form.values(), by=person, at=clock.now())

    if saved(form, add):
        messages.success(request, _("The city is added."))
        return redirect("exchanges:office-cities")
    return render(request, "exchanges/office/city_edit.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def office_city_edit(request: HttpRequest, slug: str) -> HttpResponse:
    person = signed_in(request)
    city = get_object_or_404(City, slug=slug)
    require(can_edit_city(person, city))
    form = CityForm(sent_data(request), initial=city_initial(city))

    def edit() -> None:
        revision = form.cleaned_data["revision"]
        now = clock.now()
        cities.edit(city=city, values=form.values(), revision=revision, by=person, at=now)

    def current() -> dict[str, object]:
        return city_initial(City.objects.get(pk=city.pk))

    if saved(form, edit, now=current):
        messages.success(request, _("Saved."))
        return redirect("exchanges:office-cities")
    return render(request, "exchanges/office/city_edit.html", {"form": form, "city": city})


@require_safe
def office_topics(request: HttpRequest) -> HttpResponse:
    require(can_manage_network(signed_in(request)))
    topics = sorted(Topic.objects.all(), key=str)
    return render(request, "exchanges/office/topics.html", {"topics": topics})


@require_http_methods(["GET", "HEAD", "POST"])
def office_topic_edit(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Without a slug: a new topic."""
    person = signed_in(request)
    require(can_manage_network(person))
    topic = get_object_or_404(Topic, slug=slug) if slug else None
    form = TopicForm(sent_data(request), initial=topic_initial(topic) if topic else None)

    def save() -> None:
        said: dict[str, Any] = {"values": form.values(), "by": person, "at": clock.now()}
        if topic is None:
            topics.add(**said)
        else:
            topics.edit(topic=topic, revision=form.cleaned_data["revision"], **said)

    def current() -> dict[str, object]:
        return topic_initial(Topic.objects.get(slug=slug))

    if saved(form, save, now=current):
        messages.success(request, _("Saved."))
        return redirect("exchanges:office-topics")
    return render(request, "exchanges/office/topic_edit.html", {"form": form, "topic": topic})


def readable_programme(person: User, slug: str) -> Programme:
    """Strangers get 404: only the office and auditors know of these pages."""
    return get_object_or_404(programmes_read_by(person), slug=slug)


def managed_programme(person: User, slug: str) -> Programme:
    """Auditors get 403."""
    programme = readable_programme(person, slug)
    require(can_manage_programme(person, programme))
    return programme


def _chosen(programmes: list[Programme], slug: str) -> Programme:
    if not slug:
        return programmes[0]
    found = next((each for each in programmes if each.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _states(programme: Programme, person: User) -> list[tuple[str, str, int]]:
    """State, its word and the number of visits, in the order of a visit's life."""
    counts = Counter(visits_of_programme(programme, person).values_list("state", flat=True))
    return [(state.value, str(state.label), counts[state]) for state in VisitState if counts[state]]


def _used_first(exchange: Exchange) -> tuple[bool, int]:
    return exchange.visit_id is None, exchange.number
