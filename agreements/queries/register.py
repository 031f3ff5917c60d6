"""The register: who agreed with whom, from which visit, until when, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Prefetch, Q
from django.utils.translation import gettext as _

from agreements.domain.agreement_states import IN_FORCE, WAITS_FOR
from agreements.domain.validity import WARNING_DAYS
from agreements.enums import AgreementState
from agreements.models import Agreement, Party
from agreements.models.agreements import AgreementQuerySet
from agreements.queries.states import is_in_force, is_shown_as, with_state_at
from exchanges.models import City, User
from exchanges.queries.network.search import matches, matches_each
from exchanges.words.formats import sort_key

SORTS = ("valid_until", "-valid_until", "reference", "-reference", "state_since", "-state_since")
WITHIN = {"90": WARNING_DAYS, "180": 180, "365": 365}
MOST_TEXT = 100


@dataclass(frozen=True)
class RegisterFilter:
    """What the address asks for; unknown values ask for nothing."""

    text: str = ""
    state: str = ""
    city: str = ""
    until: str = ""
    sort: str = "valid_until"

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> RegisterFilter:
        state, until, sort = (query.get(name, "") for name in ("state", "until", "sort"))
        return cls(
            text=query.get("text", "").replace("\0", "").strip()[:MOST_TEXT],
            state=state if state in set(AgreementState) else "",
            city=query.get("city", "").replace("\0", "")[:MOST_TEXT],
            until=until if until in WITHIN else "",
            sort=sort if sort in SORTS else "valid_until",
        )

    @property
    def is_used(self) -> bool:
        return bool(self.text or self.state or self.city or self.until)


@dataclass(frozen=True)
class Sums:
    total: int
    in_force: int
    runs_out: int
    on_the_way: int


def find_agreements(
    user: User | AnonymousUser, asked: RegisterFilter, at: datetime
) -> AgreementQuerySet:
    """Find agreements with visit, parties, shown state, counts of approvals and signatures.

    Five queries.
    """
    current = Q(versions__number=F("current_number"))
    parties = Party.objects.select_related("organisation__city", "city")
    found = _filtered(Agreement.objects.visible_to(user), asked, at)
    return (
        with_state_at(found, at)
        .select_related("visit", "programme", "drafter__city")
        .prefetch_related(Prefetch("parties", queryset=parties))
        .annotate(
            party_count=Count("parties", distinct=True),
            approval_count=Count("versions__approvals", filter=current, distinct=True),
            signature_count=Count("versions__signatures", filter=current, distinct=True),
        )
        .order_by(asked.sort, "pk")
    )


def sums_of(user: User | AnonymousUser, asked: RegisterFilter, at: datetime) -> Sums:
    found = _filtered(Agreement.objects.visible_to(user), asked, at)
    counted = found.aggregate(
        total=Count("pk"),
        in_force=Count("pk", filter=is_in_force(at)),
        runs_out=Count("pk", filter=_ending_within(WARNING_DAYS, at)),
        on_the_way=Count("pk", filter=Q(state__in=WAITS_FOR)),
    )
    return Sums(**counted)


def cities_of(user: User | AnonymousUser) -> list[City]:
    """Cities that the register can be narrowed to, by name."""
    cities = City.objects.filter(
        agreement_parties__agreement__in=Agreement.objects.visible_to(user)
    ).distinct()
    return sorted(cities, key=sort_key)


def next_step(agreement: Agreement) -> str:
    """Return the next step in words, for a row of `find_agreements`."""
    counts = {
        "approved": getattr(agreement, "approval_count", 0),
        "signed": getattr(agreement, "signature_count", 0),
        "parties": getattr(agreement, "party_count", 0),
    }
    words = {
        AgreementState.DRAFT: _("Drafter proposes it"),
        AgreementState.PROPOSED: _("%(approved)d of %(parties)d approved"),
        AgreementState.APPROVED: _("Send out for signature"),
        AgreementState.OUT_FOR_SIGNATURE: _("%(signed)d of %(parties)d signed"),
        AgreementState.EXPIRING: _("Go on, or let it end"),
    }
    return words.get(AgreementState(agreement.shown_state), "") % counts


def _filtered(
    agreements: AgreementQuerySet, asked: RegisterFilter, at: datetime
) -> AgreementQuerySet:
    if asked.state:
        agreements = agreements.filter(is_shown_as(_states(asked.state), at))
    if asked.city:
        parties = Party.objects.filter(city__slug=asked.city)
        agreements = agreements.filter(pk__in=parties.values("agreement"))
    if asked.until:
        agreements = agreements.filter(_ending_within(WITHIN[asked.until], at))
    if asked.text:
        agreements = agreements.filter(matches_each(asked.text, _matching))
    return agreements


def _states(asked: str) -> Iterable[AgreementState]:
    """Who asks for what is in force wants what runs out soon, too."""
    return IN_FORCE if asked == AgreementState.ACTIVE else (AgreementState(asked),)


def _ending_within(days: int, at: datetime) -> Q:
    """In force now, and over within so many days from now."""
    later = at + timedelta(days=days + 1)
    return is_in_force(at) & is_shown_as((AgreementState.EXPIRED, AgreementState.TERMINATED), later)


def _matching(word: str) -> Q:
    """In the reference, the title, its visit, or the names of the parties and their cities."""
    parties = Party.objects.filter(matches(word, "organisation__search", "city__search"))
    of_visit = Q(visit__search__contains=word)
    return Q(search__contains=word) | of_visit | Q(pk__in=parties.values("agreement"))
