"""The `search` columns hold folded names, also those of rows that were there before."""

from importlib import import_module

import pytest
from django.apps import apps

from exchanges.models import City, Organisation
from tests.factories import make_city, make_organisation

pytestmark = pytest.mark.django_db


def test_the_migration_folds_again_what_an_earlier_fold_left() -> None:
    city = make_city("liege")
    organisation = make_organisation("Li\u200bège", city=city)
    City.objects.update(search="li\u00adege")
    Organisation.objects.update(search="li\u200bege")

    import_module("exchanges.migrations.0006_search_without_invisible").fold_again(apps, None)

    assert City.objects.get(pk=city.pk).search == "liege"
    assert Organisation.objects.get(pk=organisation.pk).search == "liege"
