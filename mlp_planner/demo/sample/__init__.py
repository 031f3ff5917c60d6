"""A programme that runs now, with people and visits in all states, made by the operations."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from exchanges.domain.programme_file import ProgrammeFile
from exchanges.models import Programme
from mlp_planner.demo.sample.days import SampleDays
from mlp_planner.demo.sample.mail import settle_mail
from mlp_planner.demo.sample.people import add_people
from mlp_planner.demo.sample.plan import planned
from mlp_planner.demo.sample.profiles import add_profiles
from mlp_planner.demo.sample.programme import add_programme, settle_the_last
from mlp_planner.demo.sample.stage import Stage
from mlp_planner.demo.sample.steps import take_in_order
from mlp_planner.demo.sample.visits import VISITS


@transaction.atomic
def load_sample(file: ProgrammeFile, *, at: datetime, with_plan: bool = True) -> Programme:
    """The visits lie around `at`. The programme of the file has to be loaded already.

    Solving the plan, and asking how far it can be trusted, takes most of the time.
    """
    days = SampleDays(at.date())
    programme = add_programme(file, at=days.ago(119), today=days.today)
    cast = add_people(programme, at=days.ago(118))
    add_profiles(programme, cast, days)
    settle_the_last(programme, cast, at=days.ago(117))
    stage = Stage(programme, cast, days)
    parts = (*VISITS, planned) if with_plan else VISITS
    take_in_order(step for part in parts for step in part(stage))
    settle_mail(at=at)
    return programme
