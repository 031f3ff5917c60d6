"""The topics, which programme offices keep."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exchanges import clock
from exchanges.forms.network.topics import TopicForm, topic_initial
from exchanges.models import Topic
from exchanges.operations.network import topics
from exchanges.permissions import (
    can_edit_topic,
    can_manage_network,
    require,
)
from exchanges.queries.network.topics import topics_edited_by
from exchanges.queries.programmes.offices import coordinators_of
from exchanges.views.active import chosen_first, signed_in
from exchanges.views.refusals import refusal_on_form, sent_data
from exchanges.words.formats import sort_key


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    require(can_manage_network(person))
    topics = sorted(Topic.objects.all(), key=sort_key)
    context = {"topics": topics, "editable": topics_edited_by(person)}
    return render(request, "exchanges/network/topic_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def topic_edit(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Edit a topic; without a slug add one."""
    person = signed_in(request)
    topic = get_object_or_404(Topic, slug=slug) if slug else None
    require(can_edit_topic(person, topic) if topic else can_manage_network(person))
    offices = [] if topic else chosen_first(request, coordinators_of(person).order_by("pk"))
    initial = topic_initial(topic) if topic else None
    form = TopicForm(sent_data(request), initial=initial, offices=offices)

    def saved_values() -> dict[str, object]:
        return topic_initial(Topic.objects.get(slug=slug))

    if form.is_valid():
        with refusal_on_form(form, saved_values=saved_values):
            values, at = form.values(), clock.now()
            if topic is None:
                topics.add(values=values, office=form.office, by=person, at=at)
            else:
                revision = form.cleaned_data["revision"]
                topics.edit(topic=topic, values=values, revision=revision, by=person, at=at)
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect("exchanges:topic-list")
    return render(request, "exchanges/network/topic_edit.html", {"form": form, "topic": topic})
