"""What a city says about being matched with another one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.models import City, CityWish, User
from exchanges.operations.cities.profile import lock_city
from exchanges.operations.editing import assign, raise_if_changed
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal

WISH = ("kind", "reason")


class WishOfItself(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This is your own city. Choose another one."))


class WishAlreadySaid(Refusal):
    def __init__(self, other: City) -> None:
        super().__init__(
            _("Your city has said something about %(city)s already. Change that instead.")
            % {"city": other}
        )


@transaction.atomic
def say(*, city: City, other: City, values: Mapping[str, Any], by: User, at: datetime) -> CityWish:
    """A new wish. The same one twice, as a double click sends it, is one.

    Raises WishOfItself, and WishAlreadySaid when there is another one towards that city.
    """
    if city.pk == other.pk:
        raise WishOfItself
    city = lock_city(city, by)
    wanted = {name: values[name] for name in WISH}
    found = city.wishes.filter(other=other).first()
    if found and wish_values(found) == wanted:
        return found
    if found:
        raise WishAlreadySaid(other)
    wish = CityWish.objects.create(city=city, other=other, said_by=by, said_at=at, **wanted)
    record("say_wish", city, by=by, at=at, other=other.pk)
    return wish


@transaction.atomic
def edit(
    *,
    city: City,
    other: City,
    values: Mapping[str, Any],
    revision: int | None,
    by: User,
    at: datetime,
) -> CityWish:
    """Raises EditedMeanwhile when somebody saved since the form was opened.

    One that was taken back meanwhile is said anew.
    """
    city = lock_city(city, by)
    wish = city.wishes.filter(other=other).first()
    if wish is None:
        return say(city=city, other=other, values=values, by=by, at=at)
    raise_if_changed(wish_values(wish), revision)
    changed = assign(wish, {name: values[name] for name in WISH})
    if changed:
        wish.said_by, wish.said_at, wish.is_sample = by, at, False
        wish.save()
        record("say_wish", city, by=by, at=at, other=other.pk, changed=changed)
    return wish


@transaction.atomic
def take_back(*, city: City, other: City, by: User, at: datetime) -> None:
    """Nothing happens when there is no wish any more."""
    city = lock_city(city, by)
    deleted, _rows = city.wishes.filter(other=other).delete()
    if deleted:
        record("take_back_wish", city, by=by, at=at, other=other.pk)


def wish_values(wish: CityWish) -> dict[str, str]:
    return {name: str(getattr(wish, name)) for name in WISH}
