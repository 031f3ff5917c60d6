from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from exchanges.models import Membership, Organisation, User
from exchanges.views.people import account
from mlp_planner.demo.page import demo_page
from mlp_planner.demo.story import STORIES, Story, StoryStep


@dataclass(frozen=True, slots=True)
class Player:
    person: User
    roles: Sequence[str]


@dataclass(frozen=True, slots=True)
class OrganisationWithPlayers:
    organisation: Organisation
    players: Sequence[Player]


@dataclass(frozen=True, slots=True)
class StoryWithPlayers:
    """A story with who plays each of its steps."""

    story: Story
    steps: Sequence[tuple[StoryStep, User | None]]


@demo_page
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Show all sample persons, and stories to play with them."""
    memberships = list(_sample_memberships())
    context = {
        "stories": [StoryWithPlayers(story, _played(story, memberships)) for story in STORIES],
        "teams": _teams(memberships),
        "others": User.objects.filter(is_sample=True, is_active=True, memberships=None),
    }
    return render(request, "demo/people.html", context)


@demo_page
@require_POST
def sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Become a sample person; never one who opened the account."""
    person = get_object_or_404(User, pk=pk, is_sample=True, is_active=True)
    account.sign_in(request, person)
    record_authentication(request, person, method="demo")
    return redirect(settings.LOGIN_REDIRECT_URL)


def _sample_memberships() -> Iterable[Membership]:
    return (
        Membership.objects.filter(user__is_sample=True, user__is_active=True)
        .select_related("user", "organisation__city")
        .order_by("organisation__city__country", "organisation__name", "user__name", "pk")
    )


def _teams(memberships: Iterable[Membership]) -> list[OrganisationWithPlayers]:
    roles: dict[Organisation, dict[User, list[str]]] = {}
    for each in memberships:
        players = roles.setdefault(each.organisation, {})
        players.setdefault(each.user, []).append(each.get_role_display())
    return [
        OrganisationWithPlayers(
            organisation, [Player(person, names) for person, names in players.items()]
        )
        for organisation, players in roles.items()
    ]


def _played(story: Story, memberships: Iterable[Membership]) -> list[tuple[StoryStep, User | None]]:
    return [(step, _player_of(step, memberships)) for step in story.steps]


def _player_of(step: StoryStep, memberships: Iterable[Membership]) -> User | None:
    fitting = (
        each.user
        for each in memberships
        if each.organisation.slug == step.organisation and each.role == step.role
    )
    return next(fitting, None)
