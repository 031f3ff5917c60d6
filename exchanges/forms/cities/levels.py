"""What a city knows, topic by topic, and what of it guests would be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from exchanges.forms.cities.profile import LEVELS, NOT_SAID, TOPIC
from exchanges.forms.fields import RevisionField
from exchanges.models import Practice, Topic
from exchanges.operations.cities.levels import StatedLevel
from exchanges.words.formats import in_sentence

SHOWN = "shown_"
PRACTICES = "practices_"


@dataclass(frozen=True, slots=True)
class TopicFields:
    topic: Topic
    level: forms.BoundField
    is_shown: forms.BoundField
    practices: forms.BoundField | None

    @property
    def has_errors(self) -> bool:
        fields = (self.level, self.is_shown, self.practices)
        return any(field.errors for field in fields if field is not None)


class LevelsForm(forms.Form):
    """For each topic a level, whether it is shown, and the practices that can be shown on it."""

    revision = RevisionField()

    def __init__(
        self, *args: Any, topics: Iterable[Topic], practices: Iterable[Practice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.topics = {topic.slug: topic for topic in topics}
        offered = _by_topic(practices)
        for slug, topic in self.topics.items():
            self._add_topic(slug, str(topic), offered.get(slug, []))

    def _add_topic(self, slug: str, name: str, offered: list[tuple[str, str]]) -> None:
        stated = {"topic": in_sentence(name)}
        self.fields[TOPIC + slug] = forms.TypedChoiceField(
            label=name,
            choices=[NOT_SAID, *LEVELS.items()],
            required=False,
            coerce=int,
            empty_value=None,
        )
        self.fields[SHOWN + slug] = forms.BooleanField(
            label=_("We would show this to guests"), required=False
        )
        if offered:
            self.fields[PRACTICES + slug] = forms.MultipleChoiceField(
                label=_("Practices that we would show on %(topic)s") % stated,
                choices=offered,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def rows(self) -> Iterator[TopicFields]:
        for slug, topic in self.topics.items():
            practices = PRACTICES + slug
            yield TopicFields(
                topic,
                self[TOPIC + slug],
                self[SHOWN + slug],
                self[practices] if practices in self.fields else None,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for slug in self.topics:
            chosen = cleaned.get(PRACTICES + slug)
            if not chosen or TOPIC + slug not in cleaned:
                continue
            if cleaned[TOPIC + slug] is None:
                words = _("Say how far the city is, or untick the practices.")
                self.add_error(TOPIC + slug, words)
            elif not cleaned.get(SHOWN + slug):
                words = _("Tick that you would show this topic, or untick the practices.")
                self.add_error(SHOWN + slug, words)
        return cleaned

    def stated(self) -> dict[Topic, StatedLevel | None]:
        return {topic: self._stated(slug) for slug, topic in self.topics.items()}

    def _stated(self, slug: str) -> StatedLevel | None:
        level = self.cleaned_data[TOPIC + slug]
        if level is None:
            return None
        practices = tuple(sorted(map(int, self.cleaned_data.get(PRACTICES + slug, ()))))
        return StatedLevel(level, self.cleaned_data[SHOWN + slug], practices)


def initial_levels(topics: Iterable[Topic], stated: Mapping[str, StatedLevel]) -> dict[str, Any]:
    """A topic of which nothing was said would be shown."""
    initial: dict[str, Any] = {}
    for topic in topics:
        said = stated.get(topic.slug)
        initial |= {
            TOPIC + topic.slug: said.level if said else None,
            SHOWN + topic.slug: said.is_shown if said else True,
            PRACTICES + topic.slug: [str(key) for key in said.practices] if said else [],
        }
    return initial


def _by_topic(practices: Iterable[Practice]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for practice in practices:
        for topic in practice.topics.all():
            found.setdefault(topic.slug, []).append((str(practice.pk), practice.title))
    return found
