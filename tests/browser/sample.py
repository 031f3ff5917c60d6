"""The programme and its sample, as the demo shows them, everybody reading English."""

from __future__ import annotations

from datetime import datetime, timedelta

from exchanges.domain.programme_file import read_programme_file
from exchanges.models import Programme, User
from exchanges.operations.programmes.loading import load_programme
from mlp_planner.demo.sample import load_sample
from mlp_planner.management.commands.demo_load import FILE


def load_demo(at: datetime, *, with_plan: bool = False) -> Programme:
    file = read_programme_file(FILE.read_bytes())
    load_programme(file=file, at=at - timedelta(days=125))
    programme = load_sample(file, at=at, with_plan=with_plan)
    User.objects.update(language="en")
    return programme
