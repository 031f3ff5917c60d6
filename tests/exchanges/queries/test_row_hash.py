"""A row is known again from the database, and no changed field goes unseen."""

import pytest

from exchanges.models import Membership
from exchanges.queries.row_hash import is_row_as_recorded, row_hash

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership(scene):
    return Membership.objects.first()


def test_a_row_read_again_is_as_recorded(membership):
    recorded = row_hash(membership)
    assert is_row_as_recorded(Membership.objects.get(pk=membership.pk), recorded)


def test_each_changed_field_shows(membership):
    recorded = row_hash(membership)
    assert "function" in recorded["fields"]
    for name in recorded["fields"]:
        row = Membership.objects.get(pk=membership.pk)
        setattr(row, name, "other")
        assert not is_row_as_recorded(row, recorded), name


def test_a_field_that_came_later_is_not_asked_for(membership):
    recorded = row_hash(membership)
    recorded_earlier = {**recorded, "fields": ["id", "role"]}
    assert not is_row_as_recorded(membership, recorded_earlier)
    assert not is_row_as_recorded(membership, {**recorded, "fields": [*recorded["fields"], "gone"]})
    assert not is_row_as_recorded(membership, {})
