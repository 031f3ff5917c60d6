import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "report-uri /csp-reports/",
    "report-to csp",
}


@pytest.mark.parametrize("path", ["/accounts/login/", "/no/such/page/"])
def test_page_carries_the_content_security_policy(client: Client, path: str) -> None:
    header = client.get(path)["Content-Security-Policy"]
    assert {directive.strip() for directive in header.split(";")} == POLICY


def test_page_names_where_reports_go(client: Client) -> None:
    assert client.get("/accounts/login/")["Reporting-Endpoints"] == 'csp="/csp-reports/"'


def test_page_switches_off_what_it_does_not_use(client: Client) -> None:
    header = client.get("/accounts/login/")["Permissions-Policy"]
    assert "camera=()" in header.split(", ")
    assert "publickey-credentials-get=(self)" in header.split(", ")


def test_page_is_not_framed_sniffed_or_named_to_others(client: Client) -> None:
    response = client.get("/accounts/login/")
    names = ("X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy")
    assert [response[name] for name in names] == ["DENY", "nosniff", "same-origin"]
