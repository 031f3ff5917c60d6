"""What begins references is fit for addresses: in the operation, the file and the database too."""

import pytest
from django.db import IntegrityError, transaction

from exchanges.domain.short_titles import is_short_title
from exchanges.models import Programme
from exchanges.operations.programmes import programmes
from tests.exchanges.operations.test_twice import PROGRAMME
from tests.factories import AT, Scene

pytestmark = pytest.mark.django_db
WRONG = ["UMN II", "UMN/2", "Umn", "", "-A", "A-", "A--B", "ÜMN", "U\n", "A" * 21]


@pytest.mark.parametrize("title", WRONG)
def test_no_operation_takes_it(scene: Scene, title: str) -> None:
    assert not is_short_title(title)
    values = {**PROGRAMME, "short_title": title}
    coordinator = scene.programme.coordinator
    with pytest.raises(programmes.WrongShortTitle):
        programmes.add(coordinator=coordinator, values=values, most=1, by=scene.office, at=AT)
    with pytest.raises(programmes.WrongShortTitle):
        programmes.edit(
            programme=scene.programme, values=values, most=8, revision=None, by=scene.office, at=AT
        )


@pytest.mark.parametrize("title", ["UMN II", "UMN/2", "Umn", "A--B"])
def test_no_database_stores_it(scene: Scene, title: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.filter(pk=scene.programme.pk).update(short_title=title)


@pytest.mark.parametrize("title", ["UMN", "UMN-2", "2027", "A1-B2-C3"])
def test_what_fits_an_address_is_taken(scene: Scene, title: str) -> None:
    assert is_short_title(title)
    Programme.objects.filter(pk=scene.programme.pk).update(short_title=title)
