from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from exchanges.domain.dates import DateRange
from exchanges.domain.matching import Component, ComponentKind, Gate, GateKind, TopicGain
from exchanges.words.matching.components import LABELS
from exchanges.words.matching.data import Names
from exchanges.words.matching.reasons import Tone, guest_sentence, sentence, tone

NAMES = Names(
    topics={"one-stop-shop": "one-stop shops", "housing": "Housing"},
    languages={"en": "English", "it": "Italian", "sl": "Slovene"},
)


def learning(*levels: tuple[str, int, int]) -> Component:
    topics = tuple(TopicGain(topic, 2, guest, host, 0) for topic, guest, host in levels)
    return Component(ComponentKind.LEARNING, 500, 300, 600, {"topics": topics})


def language(*shared: str, interpreter: str = "") -> Component:
    facts = {"shared": shared, "interpreter": interpreter}
    return Component(ComponentKind.LANGUAGE, 400, 40, 100, facts)


def travel(km: int, value: int) -> Component:
    return Component(ComponentKind.TRAVEL, value, 0, 0, {"km": km})


def too_small(*levels: tuple[str, int, int]) -> Gate:
    return Gate(GateKind.LEARNING_TOO_SMALL, learning(*levels).facts)


@pytest.mark.parametrize(
    ("reason", "text", "expected_tone"),
    [
        (
            learning(("one-stop-shop", 1, 3)),
            "Two levels ahead of you on one-stop shops",
            Tone.STRENGTH,
        ),
        (
            learning(("one-stop-shop", 1, 2), ("housing", 0, 1), ("gender", 3, 3)),
            "One level ahead of you on one-stop shops, and ahead on 1 more topic",
            Tone.STRENGTH,
        ),
        (
            learning(("one-stop-shop", 0, 5), ("housing", 0, 1), ("gender", 2, 3)),
            "Five levels ahead of you on one-stop shops, and ahead on 2 more topics",
            Tone.STRENGTH,
        ),
        (learning(("gender", 0, 4)), "Four levels ahead of you on gender", Tone.STRENGTH),
        (language("en"), "Works in English with you", Tone.STRENGTH),
        (language("en", "it"), "Works in English and Italian with you", Tone.STRENGTH),
        (
            language("en", "it", "sl"),
            "Works in English, Italian and Slovene with you",
            Tone.STRENGTH,
        ),
        (language(interpreter="host"), "Interprets for you", Tone.STRENGTH),
        (
            language(interpreter="guest"),
            "No shared working language: you would bring the interpreters",
            Tone.CAUTION,
        ),
        (travel(98, 967), "98 km away", Tone.STRENGTH),
        (travel(2006, 331), "2,006 km away", Tone.CAUTION),
        (Gate(GateKind.SAME_CITY, {}), "Your own city", Tone.CAUTION),
        (Gate(GateKind.SAME_COUNTRY, {}), "Same country as you", Tone.CAUTION),
        (
            Gate(GateKind.NO_COMMON_LANGUAGE, {}),
            "Shares no working language with you and nobody interprets",
            Tone.CAUTION,
        ),
        (
            Gate(GateKind.NO_NEEDS, {}),
            "You have not said yet what you want to learn",
            Tone.CAUTION,
        ),
        (too_small(("housing", 2, 2)), "Is not ahead of you on this topic", Tone.CAUTION),
        (
            too_small(("housing", 2, 2), ("gender", 2, 1)),
            "Is not ahead of you on any of these topics",
            Tone.CAUTION,
        ),
        (
            too_small(("housing", 2, 3), ("gender", 2, 1)),
            "Is ahead of you on too little of what you want to learn",
            Tone.CAUTION,
        ),
    ],
)
def test_reason_becomes_a_sentence(
    reason: Gate | Component, text: str, expected_tone: Tone
) -> None:
    with translation.override("en"):
        assert (sentence(reason, NAMES), tone(reason)) == (text, expected_tone)


def test_numbers_and_lists_follow_the_language() -> None:
    with translation.override("it"):
        assert "2.006" in sentence(travel(2006, 331), NAMES)
        assert "English e Italian" in sentence(language("en", "it"), NAMES)


WINDOWS = (
    DateRange(date(2027, 3, 2), date(2027, 3, 4)),
    DateRange(date(2027, 3, 30), date(2027, 4, 1)),
    DateRange(date(2027, 4, 6), date(2027, 4, 8)),
    DateRange(date(2027, 4, 13), date(2027, 4, 15)),
)
IN_2027 = replace(NAMES, windows=WINDOWS)


def dates(*windows: int) -> Component:
    value = {1: 333, 2: 667}.get(len(windows), 1000)
    return Component(ComponentKind.DATES, value, 0, 100, {"windows": windows})


def novelty(*, visited: bool = False, last: str = "", is_return: bool = False) -> Component:
    facts = {"visited": visited, "last": last, "is_return": is_return}
    return Component(ComponentKind.NOVELTY, 200 if visited else 1000, 0, 80, facts)


def mix(*lacking: str) -> Component:
    sides = ("guest_authority", "guest_umn", "host_authority", "host_umn")
    facts = {side: side not in lacking for side in sides}
    return Component(ComponentKind.MIX, 500 if lacking else 1000, 0, 80, facts)


def reciprocity(*levels: tuple[str, int, int]) -> Component:
    return Component(ComponentKind.RECIPROCITY, 300, 0, 80, learning(*levels).facts)


@pytest.mark.parametrize(
    ("reason", "to_the_guest", "to_the_host", "expected_tone"),
    [
        (
            dates(0),
            "One common window only: 2–4 March 2027",
            "One common window only: 2–4 March 2027",
            Tone.CAUTION,
        ),
        (
            dates(1, 3),
            "Two common windows only: 30 March – 1 April 2027 and 13–15 April 2027",
            "Two common windows only: 30 March – 1 April 2027 and 13–15 April 2027",
            Tone.CAUTION,
        ),
        (
            dates(0, 1, 2, 3),
            "4 common windows, the first 2–4 March 2027",
            "4 common windows, the first 2–4 March 2027",
            Tone.STRENGTH,
        ),
        (
            dates(40, 41, 42),  # beyond the windows that are known
            "3 common windows",
            "3 common windows",
            Tone.STRENGTH,
        ),
        (
            novelty(),
            "You have not visited them yet",
            "They have not visited you yet",
            Tone.STRENGTH,
        ),
        (
            novelty(visited=True, last="2022-05", is_return=True),
            "You were there in May 2022",
            "They were your guests in May 2022",
            Tone.CAUTION,
        ),
        (
            novelty(visited=True),
            "You were there before",
            "They were your guests before",
            Tone.CAUTION,
        ),
        (
            novelty(is_return=True),
            "A return visit: they were your guests",
            "A return visit: you were their guests",
            Tone.STRENGTH,
        ),
        (
            mix(),
            "Local authority and UnionMigrantNet member on both sides",
            "Local authority and UnionMigrantNet member on both sides",
            Tone.STRENGTH,
        ),
        (
            mix("guest_authority", "host_umn"),
            "Missing: a local authority on your side and a UnionMigrantNet member on their side",
            "Missing: a local authority on their side and a UnionMigrantNet member on your side",
            Tone.CAUTION,
        ),
        (
            mix("guest_umn", "host_umn", "host_authority"),
            "Missing: a local authority on their side and a UnionMigrantNet member on either side",
            "Missing: a local authority on your side and a UnionMigrantNet member on either side",
            Tone.CAUTION,
        ),
        (
            mix("guest_authority", "host_authority"),
            "Missing: a local authority on either side",
            "Missing: a local authority on either side",
            Tone.CAUTION,
        ),
        (
            reciprocity(("housing", 1, 3), ("one-stop-shop", 0, 1), ("gender", 2, 2)),
            "Would like to learn about 2 topics from you, above all housing",
            "You could learn about 2 topics from them in return, above all housing",
            Tone.STRENGTH,
        ),
        (
            reciprocity(("housing", 1, 3), ("gender", 2, 2)),
            "Would like to learn about housing from you",
            "You could learn about housing from them in return",
            Tone.STRENGTH,
        ),
        (
            reciprocity(("housing", 0, 0)),
            "You are not ahead on what they want to learn",
            "They are not ahead on what you want to learn",
            Tone.CAUTION,
        ),
        (
            reciprocity(),
            "Has not said yet what it wants to learn",
            "You have not said yet what you want to learn",
            Tone.CAUTION,
        ),
        (
            Gate(GateKind.NO_CAPACITY, {"hosting_capacity": 0, "booked": 0}),
            "Has no place to host this year",
            "Your city has no place to host this year",
            Tone.CAUTION,
        ),
        (
            Gate(GateKind.NO_CAPACITY, {"hosting_capacity": 1, "booked": 1}),
            "Has no place left to host this year",
            "Your city has no place left to host this year",
            Tone.CAUTION,
        ),
        (
            Gate(GateKind.NO_GUEST_CAPACITY, {"guest_capacity": 0, "booked": 0}),
            "Your city does not travel this year",
            "Does not travel this year",
            Tone.CAUTION,
        ),
        (
            Gate(GateKind.NO_GUEST_CAPACITY, {"guest_capacity": 1, "booked": 2}),
            "You cannot make another visit this year",
            "Cannot make another visit this year",
            Tone.CAUTION,
        ),
        (
            Gate(GateKind.NO_COMMON_WINDOW, {"guest": 3, "host": 2}),
            "You have no free week in common",
            "You have no free week in common",
            Tone.CAUTION,
        ),
        (
            Gate(GateKind.NO_COMMON_WINDOW, {"guest": 0, "host": 2}),
            "You have no free week left in this programme",
            "Has no free week left in this programme",
            Tone.CAUTION,
        ),
        (
            Gate(GateKind.NO_COMMON_WINDOW, {"guest": 2, "host": 0}),
            "Has no free week left in this programme",
            "You have no free week left in this programme",
            Tone.CAUTION,
        ),
        (
            language(interpreter="host"),
            "Interprets for you",
            "No shared working language: you would interpret",
            Tone.STRENGTH,
        ),
        (
            learning(("housing", 1, 3)),
            "Two levels ahead of you on housing",
            "You are two levels ahead on housing",
            Tone.STRENGTH,
        ),
    ],
)
def test_each_side_reads_its_own_sentence(
    reason: Gate | Component, to_the_guest: str, to_the_host: str, expected_tone: Tone
) -> None:
    with translation.override("en"):
        assert sentence(reason, IN_2027) == to_the_guest
        assert guest_sentence(reason, IN_2027) == to_the_host
    assert tone(reason) == expected_tone


OWN_WISH = "You asked not to be matched with it"
NOT_OFFERED = "Is not offered to you: the programme office can tell you more"


@pytest.mark.parametrize(
    ("by", "to_the_guest", "to_the_host"),
    [
        ("guest", OWN_WISH, NOT_OFFERED),
        ("host", NOT_OFFERED, OWN_WISH),
        ("both", OWN_WISH, OWN_WISH),
    ],
)
def test_a_veto_is_named_to_the_city_that_said_it_only(
    by: str, to_the_guest: str, to_the_host: str
) -> None:
    gate = Gate(GateKind.FORBIDDEN, {"by": by})
    with translation.override("en"):
        assert sentence(gate, NAMES) == to_the_guest
        assert guest_sentence(gate, NAMES) == to_the_host


def test_numbers_of_windows_follow_the_language() -> None:
    with translation.override("bg"):
        assert "март" in sentence(dates(0), IN_2027)


def test_every_component_has_a_label() -> None:
    with translation.override("en"):
        labels = {str(LABELS[kind]) for kind in ComponentKind}
    assert len(labels) == len(ComponentKind)


@pytest.mark.parametrize("say", [sentence, guest_sentence])
def test_every_kind_of_gate_has_a_sentence(say: Callable[[Gate, Names], str]) -> None:
    facts = {
        **learning(("housing", 1, 1)).facts,
        "by": "host", "booked": 0, "guest": 1, "host": 1,
    }  # fmt: skip
    with translation.override("en"):
        sentences = {say(Gate(kind, facts), NAMES) for kind in GateKind}
    assert len(sentences) == len(GateKind)
    assert all(sentences)
