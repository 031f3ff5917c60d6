"""That a person has just proven who he or she is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from exchanges.enums import SignInMethod

FRESH_FOR = timedelta(minutes=5)
SECOND_FACTORS = frozenset({SignInMethod.PASSKEY, SignInMethod.APP, SignInMethod.RECOVERY_CODE})


@dataclass(frozen=True, slots=True)
class Proof:
    """Who (the id of the account, and its address at that time), how and when."""

    person: int
    email: str
    method: SignInMethod
    at: datetime

    @property
    def is_second_factor(self) -> bool:
        return self.method in SECOND_FACTORS

    def holds(self, person: int, *, at: datetime) -> bool:
        """Say whether it is this person's and not older than five minutes."""
        return self.person == person and timedelta() <= at - self.at <= FRESH_FOR
