"""How far a plan can be trusted: what else would do, what fairness costs, what weights change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from exchanges.domain.matching import ComponentKind, GateKind, find_gates
from exchanges.plans.domain.analysis import (
    Alternative,
    Analysis,
    FairnessPrice,
    LeftOut,
    LeftOutKind,
    Stability,
    WorstOff,
)
from exchanges.plans.domain.facts import Budget, PlanResult
from exchanges.plans.domain.problem import pairs_in, points_of, problem_of
from exchanges.plans.domain.request import PlanRequest, RequestCity
from exchanges.plans.domain.study import Study, missing_visits, objective_of

MOST_CITIES = 40
"""Above this each of the twenty solves can take seconds: only what needs none is told."""

MOST_ALTERNATIVES = 4
MOST_LEFT_OUT = 50
UNLIKE_BY = 2


def analyse(request: PlanRequest, result: PlanResult, budget: Budget) -> Analysis:
    """All that can be said within the budget."""
    study = Study(
        request=request,
        problem=problem_of(request),
        result=result,
        budget=budget,
        points=points_of(request),
        ends=budget.clock() + budget.seconds,
    )
    is_small = len(request.cities) <= MOST_CITIES
    alternatives = tuple(find_alternatives(study)) if is_small else ()
    fairness = price_of_fairness(study) if is_small else None
    stability = measure_stability(study) if is_small else None
    return Analysis(
        alternatives=alternatives,
        fairness=fairness,
        stability=stability,
        worst_off=worst_off(study),
        left_out=tuple(explain_left_out(study, is_small=is_small)),
        is_small=is_small,
        is_complete=study.is_complete,
    )


def find_alternatives(study: Study) -> Iterator[Alternative]:
    """The best plans that miss at least two visits of this one and of each other."""
    if len(study.result.visits) < UNLIKE_BY:
        return
    unlike = [study.result.visits]
    for number in range(MOST_ALTERNATIVES):
        problem = replace(study.problem, unlike=tuple(unlike), unlike_by=UNLIKE_BY)
        found = study.solve(problem, of=MOST_ALTERNATIVES - number + 16)
        if found is None or not found.visits:
            return
        if any(missing_visits(each, found.visits) < UNLIKE_BY for each in unlike):
            return
        unlike.append(found.visits)
        yield Alternative(
            visits=found.visits,
            score=study.score(found.visits),
            objective=found.objective,
            taking_part=found.taking_part,
            is_proven=found.is_proven,
        )


def price_of_fairness(study: Study) -> FairnessPrice | None:
    """The plan that looks at the pairs alone: what it would bring, and whom it would leave out."""
    cities = tuple(replace(city, credit=0) for city in study.problem.cities)
    problem = replace(study.problem, points=study.points, participation=0, cities=cities)
    found = study.solve(problem, of=16)
    if found is None:
        return None
    best = max(study.score(found.visits), study.score(study.result.visits))
    return FairnessPrice(
        score=best,
        price=best - study.score(study.result.visits),
        taking_part=found.taking_part,
        visits=found.visits,
        is_proven=found.is_proven,
    )


def measure_stability(study: Study) -> Stability | None:
    """Each weight a quarter up and down: in how many of these solves the same visits come out.

    A plan that is as good as the best one then counts as the same.
    """
    runs = same = 0
    kept: Counter[int] = Counter()
    changed: list[tuple[str, bool]] = []
    asked = list(_other_weights(study.request))
    for number, (kind, is_up, request) in enumerate(asked):
        problem = problem_of(request)
        found = study.solve(problem, of=len(asked) - number)
        if found is None:
            break
        own = objective_of(problem, study.result.visits)
        if own >= found.objective and not found.is_proven:
            study.is_complete = False  # no better plan was found, nor that there is none
            continue
        runs += 1
        is_same = own >= found.objective
        same += is_same
        if not is_same:
            changed.append((kind.value, is_up))
        pairs = pairs_in(found.visits)
        for index, visit in enumerate(study.result.visits):
            kept[index] += is_same or pairs.issuperset(visit.pairs)
    if not runs:
        return None
    visits = tuple(kept[index] for index in range(len(study.result.visits)))
    return Stability(runs=runs, same=same, visits=visits, changed=tuple(changed))


def worst_off(study: Study) -> WorstOff | None:
    """Of the cities that could travel, the one whose visit is worth least to it."""
    found = [_fate(study, city.slug, options) for city, options in _travellers(study)]
    return min(found, key=lambda each: (each.points, -each.rank, each.city), default=None)


def explain_left_out(study: Study, *, is_small: bool) -> Iterator[LeftOut]:
    """For each city that the plan leaves out: why, or what the plan would lose with it."""
    inside = set(study.result.taking_part)
    left = [city for city in study.request.cities if city.slug not in inside and not city.is_in]
    for number, city in enumerate(left[:MOST_LEFT_OUT]):
        slug = city.slug
        if not any(slug in pair for pair in study.points if pair not in study.request.forbidden):
            gates = tuple(sorted(_gates(study, slug).items(), key=lambda each: (-each[1], each[0])))
            yield LeftOut(slug, LeftOutKind.NO_PAIR, gates=gates)
        elif is_small:
            yield _with_it(study, slug, of=min(len(left), MOST_LEFT_OUT) - number)
        else:
            yield LeftOut(slug, LeftOutKind.NOT_ASKED)


def _with_it(study: Study, slug: str, *, of: int) -> LeftOut:
    """Solve again with a price on its taking part that outweighs all the rest."""
    most = abs(study.result.bound) + abs(study.result.objective) + study.problem.participation + 1
    cities = tuple(
        replace(city, credit=city.credit + most) if city.slug == slug else city
        for city in study.problem.cities
    )
    found = study.solve(replace(study.problem, cities=cities), of=of)
    if found is None:
        return LeftOut(slug, LeftOutKind.NOT_ASKED)
    if slug not in found.taking_part:
        kind = LeftOutKind.NO_ROOM if found.is_proven else LeftOutKind.NOT_ASKED
        return LeftOut(slug, kind)
    return LeftOut(
        slug,
        LeftOutKind.LOSES,
        loss=study.result.objective - (found.objective - most),
        score_loss=study.score(study.result.visits) - study.score(found.visits),
        visits=found.visits,
    )


def _other_weights(request: PlanRequest) -> Iterator[tuple[ComponentKind, bool, PlanRequest]]:
    for kind in ComponentKind:
        weight = getattr(request.weights, kind)
        for is_up, changed in ((True, weight * 5 // 4), (False, weight * 3 // 4)):
            if changed == weight or not _usable(request, kind, changed):
                continue
            weights = replace(request.weights, **{kind.value: changed})
            yield kind, is_up, replace(request, weights=weights)


def _usable(request: PlanRequest, kind: ComponentKind, weight: int) -> bool:
    """Some weight is above zero."""
    others = (getattr(request.weights, other) for other in ComponentKind if other != kind)
    return bool(weight + sum(others) > 0)


def _travellers(study: Study) -> Iterator[tuple[RequestCity, dict[str, int]]]:
    options: dict[str, dict[str, int]] = {}
    for (guest, host), points in study.points.items():
        if (guest, host) not in study.request.forbidden:
            options.setdefault(guest, {})[host] = points
    for city in study.request.cities:
        if city.guest_left > 0 and not city.is_in and city.slug in options:
            yield city, options[city.slug]


def _fate(study: Study, city: str, options: Mapping[str, int]) -> WorstOff:
    hosts = [visit.host for visit in study.result.visits if city in visit.guests]
    best = max(options, key=lambda host: (options[host], host))
    visited = max(hosts, key=lambda host: options.get(host, 0), default="")
    points = options.get(visited, 0)
    rank = 1 + sum(value > points for value in options.values()) if visited else 0
    return WorstOff(city, visited, points, rank, len(options), best, options[best])


def _gates(study: Study, slug: str) -> Counter[GateKind]:
    """Return what rules it out, as guest and as host, with how many others."""
    facts = {city.slug: city.facts for city in study.request.cities}
    own, found = facts.pop(slug), Counter[GateKind]()
    for other in facts.values():
        for guest, host in ((own, other), (other, own)):
            gates = find_gates(guest, host, allow_same_country=study.request.allow_same_country)
            found.update({gate.kind for gate in gates})
    return found
