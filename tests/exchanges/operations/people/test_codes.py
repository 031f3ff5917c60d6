from datetime import timedelta

import pytest

from exchanges.models import IssuedCode
from exchanges.operations.people.codes import MOST_TRIES, forget_expired_codes, keep_code, use_code
from tests.moment import AT
from tests.races import at_once

pytestmark = pytest.mark.django_db
UNTIL = AT + timedelta(minutes=3)


def kept(code: str = "BCDF-GHJK", name: str = "mine") -> str:
    keep_code(code, name=name, until=UNTIL)
    return name


def test_code_lies_hashed_and_opens_once() -> None:
    name = kept()
    row = IssuedCode.objects.get()
    assert "BCDF" not in f"{row.name}{row.digest}"
    assert use_code("bcdf ghjk", name=name, at=AT)
    assert not use_code("BCDF-GHJK", name=name, at=AT)


def test_right_code_after_three_wrong_ones_is_refused() -> None:
    name = kept()
    for _ in range(MOST_TRIES):
        assert not use_code("XXXX-XXXX", name=name, at=AT)
    assert not use_code("BCDF-GHJK", name=name, at=AT)


@pytest.mark.parametrize("typed", ["", " ", "\x00", "BCDF", "ΒCDF-GHJK", "x" * 10_000])
def test_odd_text_is_a_wrong_code(typed: str) -> None:
    assert not use_code(typed, name=kept(), at=AT)


def test_code_is_for_its_name_and_its_time() -> None:
    name = kept()
    kept("XXXX-XXXX", "other")
    assert not use_code("BCDF-GHJK", name="other", at=AT)
    assert not use_code("BCDF-GHJK", name="", at=AT)
    assert not use_code("BCDF-GHJK", name=name, at=UNTIL)


def test_new_code_ends_the_one_before() -> None:
    name = kept()
    kept("LMNP-QRST")
    assert not use_code("BCDF-GHJK", name=name, at=AT)
    assert use_code("LMNP-QRST", name=name, at=AT)


def test_expired_codes_are_forgotten() -> None:
    kept()
    assert forget_expired_codes(at=AT) == 0
    assert forget_expired_codes(at=UNTIL) == 1


@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_are_compared_three_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """The right code is among 24 guesses, so it opens only if it is one of the first three."""
    from exchanges.operations.people import codes

    name, compared = kept(), []
    compare = codes.is_code

    def counted(typed: str, **kwargs: str) -> bool:
        compared.append(typed)
        return compare(typed, **kwargs)

    monkeypatch.setattr(codes, "is_code", counted)
    at_once(*(lambda: use_code("XXXX-XXXX", name=name, at=AT) for _ in range(24)))
    assert len(compared) == MOST_TRIES
    assert not use_code("BCDF-GHJK", name=name, at=AT)


@pytest.mark.django_db(transaction=True)
def test_right_code_typed_twice_at_once_opens_once() -> None:
    name, opened = kept(), []
    at_once(*(lambda: opened.append(use_code("BCDF-GHJK", name=name, at=AT)) for _ in range(3)))
    assert sorted(opened) == [False, False, True]
