"""A plan for spreadsheet programs, and whole for other programs."""

from __future__ import annotations

import json

from django.utils.translation import gettext as _

from exchanges.exports.spreadsheet import Table
from exchanges.models import ProgrammePlan
from exchanges.plans.words.page import PlanPage
from exchanges.plans.words.travel import mode_words
from exchanges.words.formats import country

GRAMS = 1000


def plan_table(page: PlanPage) -> Table:
    """Return a line for each guest of each visit."""
    header = [
        _("Visit"),
        _("Host"),
        _("Country of the host"),
        _("Guest"),
        _("Country of the guest"),
        _("First day"),
        _("Last day"),
        _("Points"),
        _("People"),
        _("Journey"),
        _("Kilometres of all people"),
        _("CO₂e (kg)"),
    ]
    rows = (
        [
            row.number + 1,
            row.host.name,
            country(row.host.country),
            pair.guest.name,
            country(pair.guest.country),
            row.dates.start,
            row.dates.end,
            pair.points,
            journey.people,
            mode_words(journey),
            journey.person_km,
            journey.grams // GRAMS,
        ]
        for row in page.rows
        for pair, journey in zip(row.pairs, row.travel.pairs, strict=True)
    )
    return Table(header, rows)


def plan_json(plan: ProgrammePlan) -> bytes:
    """The snapshot as it is stored, with its SHA-256, and what came out."""
    whole = {
        "programme": plan.programme.slug,
        "number": plan.number,
        "kind": plan.kind,
        "based_on": plan.based_on.number if plan.based_on else None,
        "state": plan.state,
        "created_at": plan.created_at.isoformat(),
        "finished_at": plan.finished_at.isoformat() if plan.finished_at else None,
        "time_limit": plan.time_limit,
        "request_sha256": plan.request_sha256,
        "request": json.loads(plan.request),
        "result": plan.result,
        "analysis": plan.analysis,
    }
    return json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False).encode()
