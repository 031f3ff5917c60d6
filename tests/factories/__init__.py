"""Rows for tests: plain functions, each with what it needs and keywords to say otherwise."""

from tests.factories.partners import make_city, make_organisation, make_topic
from tests.factories.people import (
    make_appointed,
    make_contact,
    make_member,
    make_signatory,
    make_user,
)
from tests.factories.programmes import make_partner, make_programme, make_question
from tests.factories.scene import Scene, make_scene
from tests.factories.visits import (
    make_agenda_item,
    make_agreed_visit,
    make_completed_visit,
    make_confirmed_visit,
    make_draft,
    make_proposed_visit,
)
from tests.moment import AT

__all__ = [
    "AT",
    "Scene",
    "make_agenda_item",
    "make_agreed_visit",
    "make_appointed",
    "make_city",
    "make_completed_visit",
    "make_confirmed_visit",
    "make_contact",
    "make_draft",
    "make_member",
    "make_organisation",
    "make_partner",
    "make_programme",
    "make_proposed_visit",
    "make_question",
    "make_scene",
    "make_signatory",
    "make_topic",
    "make_user",
]
