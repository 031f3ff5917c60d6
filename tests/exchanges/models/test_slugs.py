"""A slug is in addresses, files and snapshots, so it stays once it is saved."""

import pytest
from django.db import DatabaseError, models, transaction

from exchanges.models import City, Organisation, Practice, Programme, Topic
from tests.factories import Scene

pytestmark = pytest.mark.django_db
SLUGGED = (City, Organisation, Practice, Programme, Topic)


@pytest.mark.parametrize("model", SLUGGED)
def test_slug_is_read_only(scene: Scene, model: type[models.Model]) -> None:
    Practice.objects.create(slug="desk", title="One desk")
    row = model._default_manager.first()
    assert row is not None
    with pytest.raises(DatabaseError, match="slug"), transaction.atomic():
        model._default_manager.filter(pk=row.pk).update(slug="another")
    row.save()


def test_every_slug_is() -> None:
    from django.apps import apps

    slugged = {
        model
        for model in apps.get_app_config("exchanges").get_models()
        if any(field.name == "slug" for field in model._meta.get_fields())
    }
    assert slugged == set(SLUGGED)
