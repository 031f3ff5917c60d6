"""Fields that several tables share."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    CharField = models.CharField[str, str]
else:
    CharField = models.CharField


class EnumField(CharField):
    """Holds a value of an enum, with `choices` from `exchanges.labels`.

    A migration knows of a short text only. So neither a new value nor another label changes the
    schema, and migrations stay readable when the code moves on.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        if isinstance(kwargs.get("default"), Enum):
            kwargs["default"] = kwargs["default"].value
        return name, "django.db.models.CharField", list(args), kwargs
