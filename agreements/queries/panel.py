from __future__ import annotations

from agreements.models import Agreement
from exchanges.models import StudyVisit, User


def agreements_of_visit(visit: StudyVisit, user: User) -> list[Agreement]:
    """Return those that the person may see, with their parties."""
    found = Agreement.objects.visible_to(user).filter(visit=visit)
    return list(found.prefetch_related("parties__organisation__city"))
