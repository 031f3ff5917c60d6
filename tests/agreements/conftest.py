import pytest

from tests.factories.agreements import HeldVisit, make_held_visit


@pytest.fixture
def scene(db: None) -> HeldVisit:
    """A visit that was held, with people on both sides."""
    return make_held_visit()
