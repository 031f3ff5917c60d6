"""The form of a topic."""

from __future__ import annotations

from typing import Any

from exchanges.forms.choices import NamesForm, initial_names
from exchanges.forms.fields import RevisionField
from exchanges.forms.offices import ForOfficeForm
from exchanges.models import Topic
from exchanges.operations.editing import checksum_of
from exchanges.operations.network.topics import TOPIC
from exchanges.operations.shared_rows import row_values


class TopicForm(ForOfficeForm, NamesForm):
    names_length = 90
    revision = RevisionField()

    def values(self) -> dict[str, Any]:
        return {"names": self.names()}


def topic_initial(topic: Topic) -> dict[str, Any]:
    values = row_values(topic, TOPIC)
    return initial_names(topic.names) | {"revision": checksum_of(values)}
