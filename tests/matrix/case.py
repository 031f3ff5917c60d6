"""One row of the permission matrix: a URL, a method, and what each person gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from tests.matrix.world import PERSONS, World

LOGIN = "login"
Status = int | str
Expected = dict[str, Status]
Kwargs = Callable[[World], dict[str, Any]]
DONE = 302


def nothing(world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Case:
    """`expected`: the status for each person, or LOGIN for the way to the login page.

    `data` is added to what the page's own form would send. `writes` is False where even those who
    may do it change no table but the session.
    """

    url_name: str
    kwargs: Kwargs = nothing
    method: str = "GET"
    data: Kwargs = nothing
    expected: Expected = field(default_factory=dict)
    query: str = ""
    writes: bool = True
    form: str = "form"

    @property
    def allowed(self) -> list[str]:
        return [person for person, status in self.expected.items() if status in (200, DONE)]

    def __str__(self) -> str:
        return f"{self.method} {self.url_name}{self.query}"


def opens(
    to: str = "", *, refuses: str = "", others: Status = 404, anonymous: Status = LOGIN
) -> Expected:
    """200 for whom it is, 403 for who knows of it and may not; names divided by spaces."""
    expected: Expected = dict.fromkeys(PERSONS, others)
    named: Expected = {"anonymous": anonymous}
    named |= dict.fromkeys(refuses.split(), 403) | dict.fromkeys(to.split(), 200)
    unknown = set(named) - set(PERSONS)
    assert not unknown, unknown
    return expected | named


PUBLIC = opens(others=200, anonymous=200)
SIGNED_IN = opens(others=200)


def page(url_name: str, kwargs: Kwargs, expected: Expected, query: str = "") -> list[Case]:
    """To read only."""
    return [Case(url_name, kwargs, expected=expected, query=query)]


def button(
    url_name: str, kwargs: Kwargs, expected: Expected, data: Kwargs = nothing, writes: bool = True
) -> list[Case]:
    """POST only."""
    done = {person: DONE if status == 200 else status for person, status in expected.items()}
    return [Case(url_name, kwargs, "POST", data, done, writes=writes)]


def form(
    url_name: str,
    kwargs: Kwargs,
    expected: Expected,
    data: Kwargs = nothing,
    *,
    key: str = "form",
    **posted: Status,
) -> list[Case]:
    """GET shows it, POST sends it. `posted`: who gets another answer to POST than others do."""
    asks = Case(url_name, kwargs, expected=expected)
    [sends] = button(url_name, kwargs, expected, data)
    return [asks, replace(sends, expected=sends.expected | posted, form=key)]
