"""Everything that is said about each component of a match, without a full stop but in the help."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from exchanges.domain.matching import Component, ComponentKind, Facts
from exchanges.words.formats import number
from exchanges.words.matching import phrases
from exchanges.words.matching.data import Names

SHORT_JOURNEY = 500  # per mille of the travel component: at most 1500 km

Sentence = Callable[[Facts, Names], str]


def _is_not_full(component: Component) -> bool:
    return component.value < 1000


@dataclass(frozen=True, slots=True)
class ComponentWords:
    """What each reader is told.

    - label and help: of its weight, to the programme office
    - to_guest: about the host
    - to_host: about the guest; None: what the guest is told
    - is_doubtful: whether that should make people think
    - is_told: whether it is more than that all is as usual; it gets the facts, and whether
      they are doubtful
    """

    label: Promise
    help: Promise
    to_guest: Sentence
    to_host: Sentence | None = None
    is_doubtful: Callable[[Component], bool] = _is_not_full
    is_told: Callable[[Facts, bool], bool] = lambda facts, is_doubtful: True


def _ahead_of_guest(facts: Facts, names: Names) -> str:
    return phrases.ahead(
        {
            1: _("One level ahead of you on %(topic)s"),
            2: _("Two levels ahead of you on %(topic)s"),
            3: _("Three levels ahead of you on %(topic)s"),
            4: _("Four levels ahead of you on %(topic)s"),
            5: _("Five levels ahead of you on %(topic)s"),
        },
        facts,
        names.topics,
    )


def _host_is_ahead(facts: Facts, names: Names) -> str:
    return phrases.ahead(
        {
            1: _("You are one level ahead on %(topic)s"),
            2: _("You are two levels ahead on %(topic)s"),
            3: _("You are three levels ahead on %(topic)s"),
            4: _("You are four levels ahead on %(topic)s"),
            5: _("You are five levels ahead on %(topic)s"),
        },
        facts,
        names.topics,
    )


def _language_to_guest(facts: Facts, names: Names) -> str:
    if facts["interpreter"] == "host":
        return gettext("Interprets for you")
    if facts["interpreter"] == "guest":
        return gettext("No shared working language: you would bring the interpreters")
    return phrases.shared_languages(facts, names.languages)


def _language_to_host(facts: Facts, names: Names) -> str:
    if facts["interpreter"] == "host":
        return gettext("No shared working language: you would interpret")
    if facts["interpreter"] == "guest":
        return gettext("No shared working language: they would bring the interpreters")
    return phrases.shared_languages(facts, names.languages)


def _novelty_to_guest(facts: Facts, names: Names) -> str:
    if facts["visited"] and facts["last"]:
        return gettext("You were there in %(month)s") % {"month": phrases.month_of(facts["last"])}
    if facts["visited"]:
        return gettext("You were there before")
    if facts["is_return"]:
        return gettext("A return visit: they were your guests")
    return gettext("You have not visited them yet")


def _novelty_to_host(facts: Facts, names: Names) -> str:
    if facts["visited"] and facts["last"]:
        month = phrases.month_of(facts["last"])
        return gettext("They were your guests in %(month)s") % {"month": month}
    if facts["visited"]:
        return gettext("They were your guests before")
    if facts["is_return"]:
        return gettext("A return visit: you were their guests")
    return gettext("They have not visited you yet")


def _reciprocity_to_guest(facts: Facts, names: Names) -> str:
    if ahead := phrases.topics_ahead(facts):
        return ngettext(
            "Would like to learn about %(topic)s from you",
            "Would like to learn about %(count)d topics from you, above all %(topic)s",
            len(ahead),
        ) % {"count": len(ahead), "topic": phrases.topic_name(ahead[0], names.topics)}
    if facts["topics"]:
        return gettext("You are not ahead on what they want to learn")
    return gettext("Has not said yet what it wants to learn")


def _reciprocity_to_host(facts: Facts, names: Names) -> str:
    if ahead := phrases.topics_ahead(facts):
        return ngettext(
            "You could learn about %(topic)s from them in return",
            "You could learn about %(count)d topics from them in return, above all %(topic)s",
            len(ahead),
        ) % {"count": len(ahead), "topic": phrases.topic_name(ahead[0], names.topics)}
    if facts["topics"]:
        return gettext("They are not ahead on what you want to learn")
    return gettext("You have not said yet what you want to learn")


COMPONENT_WORDS: Mapping[ComponentKind, ComponentWords] = {
    ComponentKind.LEARNING: ComponentWords(
        label=_("Learning"),
        help=_(
            "What the guest wants to learn and the host can show: best two or three levels ahead."
        ),
        to_guest=_ahead_of_guest,
        to_host=_host_is_ahead,
        is_doubtful=lambda component: False,
    ),
    ComponentKind.LANGUAGE: ComponentWords(
        label=_("Shared language"),
        help=_("A language in which both can hold a meeting; with interpreters it is worth less."),
        to_guest=_language_to_guest,
        to_host=_language_to_host,
        is_doubtful=lambda component: bool(component.facts["interpreter"] == "guest"),
    ),
    ComponentKind.DATES: ComponentWords(
        label=_("Common dates"),
        help=_("Weeks in which both are free; three are plenty."),
        to_guest=lambda facts, names: phrases.dates(facts["windows"], names.windows),
    ),
    ComponentKind.TRAVEL: ComponentWords(
        label=_("Short journey"),
        help=_("The nearer the better, up to 3000 km."),
        to_guest=lambda facts, names: gettext("%(km)s km away") % {"km": number(facts["km"])},
        is_doubtful=lambda component: component.value < SHORT_JOURNEY,
    ),
    ComponentKind.NOVELTY: ComponentWords(
        label=_("New partner"),
        help=_("The guest was not there before; a return visit counts as new."),
        to_guest=_novelty_to_guest,
        to_host=_novelty_to_host,
        is_told=lambda facts, is_doubtful: is_doubtful or bool(facts["is_return"]),
    ),
    ComponentKind.MIX: ComponentWords(
        label=_("Union and city together"),
        help=_("A local authority and a UnionMigrantNet member on both sides."),
        to_guest=lambda facts, names: phrases.mix(facts, own="guest"),
        to_host=lambda facts, names: phrases.mix(facts, own="host"),
        is_told=lambda facts, is_doubtful: is_doubtful,
    ),
    ComponentKind.RECIPROCITY: ComponentWords(
        label=_("Learning in return"),
        help=_("What the host would learn from its guest."),
        to_guest=_reciprocity_to_guest,
        to_host=_reciprocity_to_host,
        is_doubtful=lambda component: not phrases.topics_ahead(component.facts),
        is_told=lambda facts, is_doubtful: not is_doubtful,
    ),
}

LABELS = {kind: words.label for kind, words in COMPONENT_WORDS.items()}
