"""Plans in sentences: what a plan holds, how good it is, and what holds it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exchanges.plans.domain import Binding, BindingKind, Method, PlanResult, Unmet, UnmetKind
from exchanges.words.formats import country, listed, number, share

LEAST_SHOWN = 0.001
"""A gap below this is shown as this: it is not closed."""

MOST_OF_A_PAIR = 1100
"""The points that a pair can be worth: its score and two wishes."""

METHODS = {
    Method.HEURISTIC: gettext_lazy("Building a first plan and improving it"),
    Method.MODEL: gettext_lazy("Searching for the best plan and proving it"),
    Method.COLUMNS: gettext_lazy("Combining visits and proving how good the plan is"),
}

UNMET = {
    UnmetKind.UNKNOWN_CITY: gettext_lazy("one of the two cities is not in this plan"),
    UnmetKind.FORBIDDEN: gettext_lazy("it is forbidden as well"),
    UnmetKind.RULED_OUT: gettext_lazy("the two cannot be matched"),
    UnmetKind.NO_COMMON_WINDOW: gettext_lazy("the two have no free week in common"),
    UnmetKind.NO_CAPACITY: gettext_lazy("one of the two can make or host no more visits"),
    UnmetKind.NO_PLACES: gettext_lazy("the host has too few places for the delegation"),
    UnmetKind.NO_MIX: gettext_lazy("a local authority or a UnionMigrantNet member is missing"),
    UnmetKind.CONFLICT: gettext_lazy("it contradicts other fixed pairs or visits"),
}


@dataclass(frozen=True, slots=True)
class ProofInWords:
    """`share` is what a better plan could gain at most."""

    is_proven: bool
    words: str
    share: str


def headline(visits: int, taking_part: int, cities: int) -> str:
    """Return it like this: 4 visits. Cities that take part: 9 of 9."""
    if not visits:
        return _("No visit is possible")
    words = ngettext(
        "%(visits)d visit. Cities that take part: %(part)d of %(all)d.",
        "%(visits)d visits. Cities that take part: %(part)d of %(all)d.",
        visits,
    )
    return words % {"visits": visits, "part": taking_part, "all": cities}


def proof_of(result: PlanResult) -> ProofInWords:
    if result.is_proven:
        return ProofInWords(True, _("Proven optimal"), share(0))
    within = share(max(result.gap, LEAST_SHOWN))
    return ProofInWords(
        False, _("Within %(share)s of the best possible") % {"share": within}, within
    )


def proof_sentence(result: PlanResult) -> str:
    if result.is_proven:
        return _("No plan is better under these rules: that is proven.")
    within = share(max(result.gap, LEAST_SHOWN))
    stopped = _("It was stopped before the proof was complete.") + " " if result.was_stopped else ""
    return stopped + _(
        "A better plan may exist, but none gains more than %(share)s (%(points)s)."
    ) % {"share": within, "points": points_words(result.bound - result.objective)}


def points_words(points: int) -> str:
    return ngettext("%(count)s point", "%(count)s points", points) % {"count": number(points)}


def seconds_words(seconds: float) -> str:
    shown = round(seconds, 1)
    return ngettext("%(count)s second", "%(count)s seconds", round(shown)) % {
        "count": number(shown)
    }


def binding_sentence(binding: Binding, cities: Mapping[str, str], worth: str) -> str:
    """What holds the plan back, and what one more would be worth, as `worth_words` has it."""
    return f"{_binding_words(binding, cities)} {worth}".rstrip()


def worth_words(gain: int, participation: int, left_out: int) -> str:
    """What one more would bring at most, from the linear relaxation; empty when that is not known.

    `participation` is what a city that takes part is worth, where that outweighs all points, else
    0. `left_out` cities could still be let in.
    """
    if gain <= 0:
        return ""
    if not participation or gain <= MOST_OF_A_PAIR:
        return _("One more would bring at most %(points)s.") % {"points": points_words(gain)}
    count = min(left_out, max(1, round(gain / participation)))
    words = ngettext(
        "One more could let %(count)s more city take part.",
        "One more could let %(count)s more cities take part.",
        count,
    )
    return words % {"count": count} if count else ""


def unmet_sentence(unmet: Unmet, cities: Mapping[str, str]) -> str:
    guest, host = (cities.get(slug, slug) for slug in unmet.pair)
    pair = {"guest": guest, "host": host, "why": UNMET[unmet.kind]}
    return _("%(guest)s to %(host)s could not be kept: %(why)s.") % pair


def price_sentence(points: int, cities: int) -> str:
    """What is lost against another plan: points of pairs, and cities that take part."""
    if not points and not cities:
        return _("It costs nothing: as many points, and as many cities.")
    return _("The difference: %(difference)s.") % {"difference": _difference(points, cities)}


def difference_sentence(title: str, points: int, cities: int) -> str:
    """How a plan of this title differs from the first, which has so much more."""
    if not points and not cities:
        return _("%(title)s is as good: as many points, and as many cities.") % {"title": title}
    said = {"title": title, "difference": _difference(points, cities)}
    return _("%(title)s has %(difference)s.") % said


def _difference(points: int, cities: int) -> str:
    said = []
    if points:
        words = (
            ngettext("%(count)s point less", "%(count)s points less", points)
            if points > 0
            else ngettext("%(count)s point more", "%(count)s points more", -points)
        )
        said.append(words % {"count": number(abs(points))})
    if cities:
        words = (
            ngettext(
                "%(count)s city less that takes part",
                "%(count)s cities less that take part",
                cities,
            )
            if cities > 0
            else ngettext(
                "%(count)s city more that takes part",
                "%(count)s cities more that take part",
                -cities,
            )
        )
        said.append(words % {"count": abs(cities)})
    return listed(said)


def _binding_words(binding: Binding, cities: Mapping[str, str]) -> str:
    name = cities.get(binding.subject, binding.subject)
    if binding.kind is BindingKind.EXCHANGES:
        return _("The number of exchanges is used up.")
    if binding.kind is BindingKind.COUNTRY:
        named = {"country": country(binding.subject)}
        return _("No more visits may be held in %(country)s.") % named
    if binding.kind is BindingKind.HOSTING:
        return _("%(city)s can host no more visits.") % {"city": name}
    if binding.kind is BindingKind.PLACES:
        return _("%(city)s has no more places for guests.") % {"city": name}
    return _("%(city)s can make no more visits.") % {"city": name}
