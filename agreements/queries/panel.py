from __future__ import annotations

from datetime import datetime

from agreements.models import Agreement
from agreements.queries.states import with_state_at
from exchanges.models import StudyVisit, User


def agreements_of_visit(visit: StudyVisit, user: User, at: datetime) -> list[Agreement]:
    """Return those that the person may see, with their parties and the state that they show."""
    found = with_state_at(Agreement.objects.visible_to(user).filter(visit=visit), at)
    return list(found.prefetch_related("parties__organisation__city"))
