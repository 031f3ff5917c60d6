"""Who counts days in a programme's time zone, so that the zone cannot change any more."""

from __future__ import annotations

from collections.abc import Callable

from exchanges.models import Programme
from exchanges.registry import Registry

binds_time_zone: Registry[Callable[[Programme], bool]] = Registry("time zone bound")
"""Each says whether something that binds others counts its days in the programme's zone."""
