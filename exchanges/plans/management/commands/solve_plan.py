from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchanges import clock
from exchanges.management.ending import ending
from exchanges.models import ProgrammePlan
from exchanges.plans.management.solving import solve_here
from exchanges.plans.operations.solving import claim


class Command(BaseCommand):
    help = "Solves one plan that waits. The worker starts it; by hand it needs the id only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("plan", type=int, help="the plan's id")
        parser.add_argument("--lease", default="", help="of the worker that claimed it")

    def handle(self, *args: Any, plan: int, lease: str, **options: Any) -> None:
        end = ending()
        claimed = claimed_by(plan, lease) if lease else claim(at=clock.now(), plan=plan)
        if claimed is None:
            raise CommandError(f"Plan {plan} does not wait to be solved.")
        solve_here(claimed, end)


def claimed_by(plan: int, lease: str) -> ProgrammePlan | None:
    return ProgrammePlan.objects.filter(pk=plan, lease=lease).first()
