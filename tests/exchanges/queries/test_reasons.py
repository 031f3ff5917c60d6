import pytest
from django.utils import translation

from exchanges.domain.matching import Component, ComponentKind, Gate, GateKind, TopicGain
from exchanges.queries.reasons import Names, Tone, sentence, tone

NAMES = Names(
    topics={"one-stop-shop": "one-stop shops", "housing": "housing"},
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
        (Gate(GateKind.NO_CAPACITY, {}), "Has no place to host this year", Tone.CAUTION),
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


def test_every_kind_of_gate_has_a_sentence() -> None:
    facts = learning(("housing", 1, 1)).facts
    with translation.override("en"):
        sentences = {sentence(Gate(kind, facts), NAMES) for kind in GateKind}
    assert len(sentences) == len(GateKind)
