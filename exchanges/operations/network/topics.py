"""Topics, which all programmes share, added and edited by programme offices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from exchanges.models import Organisation, Topic, User
from exchanges.operations.record import record
from exchanges.operations.shared_rows import edit_shared, refuse_same_name, take_turns
from exchanges.operations.slugs import free_slug
from exchanges.permissions import can_edit_topic, can_manage_network, require
from exchanges.queries.programmes.offices import coordinators_of

TOPIC = ("names",)


@transaction.atomic
def add(
    *, values: Mapping[str, Any], by: User, at: datetime, office: Organisation | None = None
) -> Topic:
    """Add it in the name of `office`, which a person of one office need not say.

    Raises AlreadyThere when a topic has this English name.
    """
    require(can_manage_network(by))
    offices = coordinators_of(by).order_by("pk")
    office = office or offices.first()
    require(office in offices)
    take_turns()
    topic = Topic(names=values["names"], added_by=office)
    refuse_same_name(topic, Topic.objects.all())
    topic.slug = free_slug(Topic, topic.names.data["en"], "topic")
    topic.save()
    record("add", topic, by=by, at=at)
    return topic


@transaction.atomic
def edit(
    *, topic: Topic, values: Mapping[str, Any], revision: int | None, by: User, at: datetime
) -> Topic:
    """Only the office that added it changes a topic in use.

    Raises EditedMeanwhile when somebody saved since the form was opened."""
    row = Topic.objects.select_for_update().get(pk=topic.pk)
    require(can_edit_topic(by, row))
    edit_shared(row, TOPIC, values, revision, by=by, at=at)
    return row
