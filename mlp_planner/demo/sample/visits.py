"""The sample visits, one script each. The pairs are those that matching suggests; Ljubljana hosts
nobody yet and Pordenone travels nowhere, so that the story can be played."""

from __future__ import annotations

from agreements.operations import lifetime
from exchanges.models import Practice
from exchanges.operations import agenda
from exchanges.operations.visits import visits
from mlp_planner.demo.sample import texts
from mlp_planner.demo.sample.agendas import LIEGE, PORDENONE, sessions
from mlp_planner.demo.sample.agreements import (
    approve_partnership,
    propose_cooperation,
    sign_partnership,
)
from mlp_planner.demo.sample.play import Script
from mlp_planner.demo.sample.stage import Stage


def closed(stage: Stage) -> Script:
    """Sofia in Liège, with report and an agreement that runs out in 80 days."""
    days = stage.days
    at = yield days.ago(104)
    options = [days.visit_before(10, 3), days.visit_before(9, 3)]
    visit = stage.propose(texts.SOFIA_IN_LIEGE, options, answer_days=21, at=at)
    at = yield days.ago(98, 10)
    stage.accept_all(visit, at=at)
    at = yield days.ago(96, 14)
    stage.agree(visit, at=at)
    at = yield days.ago(92, 13)
    stage.confirm(visit, at=at)
    at = yield days.ago(84, 10)
    for slug in ("sofia-municipality", "citub"):
        stage.name_delegates(visit, slug, at=at)
    at = yield days.ago(60, 8)
    visits.complete(visit=visit, by=stage.host_contact(visit), at=at)
    at = yield days.ago(57, 15)
    seen = Practice.objects.filter(slug__in=texts.SEEN_IN_LIEGE)
    by = stage.cast.contacts["sofia-municipality"]
    visits.close(visit=visit, by=by, at=at, report=texts.REPORT, practices_seen=list(seen))
    at = yield days.ago(54, 7)
    agreement = approve_partnership(stage, visit, valid_until=days.in_days(80), at=at)
    at = yield days.ago(52, 16)
    sign_partnership(stage, agreement, at=at)
    at = yield days.ago(20, 16)
    propose_cooperation(stage, visit, at=at)
    at = yield days.ago(10, 6)
    lifetime.advance(at=at)


def completed(stage: Stage) -> Script:
    """Liège in Milan: held, no report and no agreement yet."""
    days = stage.days
    at = yield days.ago(72)
    options = [days.visit_before(4, 2), days.visit_before(3, 2)]
    visit = stage.propose(texts.LIEGE_IN_MILAN, options, answer_days=21, at=at)
    at = yield days.ago(66, 10)
    stage.accept_all(visit, at=at)
    at = yield days.ago(64, 12)
    stage.agree(visit, at=at)
    at = yield days.ago(62, 14)
    stage.confirm(visit, at=at)
    at = yield days.ago(50, 11)
    for slug in ("city-of-liege", "cepag"):
        stage.name_delegates(visit, slug, at=at)
    at = yield days.ago(15, 9)
    visits.complete(visit=visit, by=stage.host_contact(visit), at=at)


def confirmed_soon(stage: Stage) -> Script:
    """Milan and Trieste in Liège, with a full agenda of three days."""
    days = stage.days
    at = yield days.ago(45)
    options = days.options(5, 3)
    visit = stage.propose(texts.MILAN_IN_LIEGE, options, answer_days=14, at=at)
    at = yield days.ago(40, 9)
    stage.accept_all(visit, at=at)
    at = yield days.ago(38, 13)
    stage.agree(visit, at=at)
    at = yield days.ago(36, 15)
    visit = stage.confirm(visit, at=at)
    at = yield days.ago(24, 13)
    for slug in ("city-of-milan", "city-of-trieste"):
        stage.name_delegates(visit, slug, at=at)
    at = yield days.ago(16, 13)
    for data in sessions(visit, LIEGE):
        agenda.add_item(visit=visit, data=data, by=stage.host_contact(visit), at=at)


def confirmed_later(stage: Stage) -> Script:
    """Ljubljana in Pordenone: a draft agenda in which one person and one room are taken twice."""
    days = stage.days
    at = yield days.ago(34)
    options = days.options(10, 2)
    visit = stage.propose(texts.LJUBLJANA_IN_PORDENONE, options, answer_days=14, at=at)
    at = yield days.ago(29, 11)
    stage.accept(visit, "city-of-pordenone", at=at, doubts=1)
    stage.accept_all(visit, at=at)
    at = yield days.ago(27, 13)
    stage.agree(visit, at=at)
    at = yield days.ago(25, 15)
    visit = stage.confirm(visit, at=at)
    at = yield days.ago(14, 10)
    stage.name_delegates(visit, "nsds", at=at)
    at = yield days.ago(12, 12)
    for data in sessions(visit, PORDENONE):
        agenda.add_item(visit=visit, data=data, by=stage.host_contact(visit), at=at)


def agreed(stage: Stage) -> Script:
    """Athens in Sofia: waits for the office."""
    days = stage.days
    at = yield days.ago(18)
    options = days.options(13, 3)
    visit = stage.propose(texts.ATHENS_IN_SOFIA, options, answer_days=21, at=at)
    at = yield days.ago(13, 14)
    stage.accept_all(visit, at=at)
    at = yield days.ago(2, 10)
    stage.agree(visit, at=at)


def proposed(stage: Stage) -> Script:
    """Milan in Athens: the Athens Labour Unions Organization has not answered."""
    days = stage.days
    at = yield days.ago(3)
    options = days.options(16, 3, count=3)
    visit = stage.propose(texts.MILAN_IN_ATHENS, options, answer_days=24, at=at)
    at = yield days.ago(2, 12)
    stage.accept(visit, "anolf-milano", at=at)
    at = yield days.ago(2, 13)
    stage.accept(visit, "city-of-athens", at=at, doubts=1, word=texts.WORD_FROM_ATHENS)


def draft(stage: Stage) -> Script:
    """Trieste, to Athens: learning and cities are filled in, dates are not."""
    at = yield stage.days.ago(2, 15)
    stage.draft(texts.TRIESTE_IN_ATHENS, at=at)


SCRIPTS = (closed, completed, confirmed_soon, confirmed_later, agreed, proposed, draft)
