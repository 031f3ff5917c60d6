"""What a city tells of itself: its contacts write and read it, others nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.matrix.case import Case, Kwargs, button, form, opens, page
from tests.matrix.world import World
from tests.moment import moved

EDITORS = opens("owner", others=403)


def city(world: World) -> dict[str, Any]:
    return {"slug": world.scene.guest_city.slug}


def part(name: str) -> Kwargs:
    return lambda world: city(world) | {"part": name}


def told(**values: Any) -> Kwargs:
    return lambda world: values


def wish(world: World) -> dict[str, Any]:
    return city(world) | {"other": world.wish.other.slug}


def new_wish(world: World) -> dict[str, Any]:
    return {"other": world.scene.host_city.slug, "kind": "preference", "reason": "Near."}


BLACKOUT = {
    "rows": "1",
    "start_0": moved(date(2027, 6, 1)).isoformat(),
    "end_0": moved(date(2027, 6, 3)).isoformat(),
    "reason_0": "Festival",
}
NAME = "exchanges:city-profile-part"

CASES: list[Case] = [
    *page("exchanges:city-profile-edit", city, EDITORS),
    *form(NAME, part("languages"), EDITORS, told(working_languages=["fr"])),
    *form(NAME, part("capacities"), EDITORS, told(hosting_capacity="5")),
    *form(NAME, part("levels"), EDITORS, told(**{"topic_one-stop-shop": "2"})),
    *form(NAME, part("needs"), EDITORS, told(**{"topic_one-stop-shop": "2"})),
    *form(NAME, part("dates"), EDITORS, told(**BLACKOUT)),
    *form(NAME, part("wishes"), EDITORS, new_wish),
    *form("exchanges:city-wish-edit", wish, EDITORS, told(reason="Too far, still.")),
    *button("exchanges:city-wish-take-back", wish, EDITORS),
]
