"""References in addresses."""

import pytest
from django.urls import resolve, reverse


@pytest.mark.parametrize("path", ["/visits/propose/", "/visits/"])
def test_no_page_is_taken_for_a_reference(path: str) -> None:
    assert "reference" not in resolve(path).kwargs


@pytest.mark.parametrize("reference", ["UMN-2027-004", "UMN II-2027-004", "Umn-2027-004"])
def test_a_reference_of_before_has_an_address_too(reference: str) -> None:
    found = resolve(reverse("exchanges:visit-detail", args=[reference]).replace("%20", " "))
    assert (found.url_name, found.kwargs) == ("visit-detail", {"reference": reference})
