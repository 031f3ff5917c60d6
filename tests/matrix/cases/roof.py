"""Home, the language, and what else is for everybody."""

from tests.matrix.case import PUBLIC, SIGNED_IN, Case, button, nothing, page

CASES: list[Case] = [
    *page("home", nothing, PUBLIC),
    *page("visit-map", nothing, PUBLIC),
    *page("privacy", nothing, PUBLIC),
    *page("security-txt", nothing, PUBLIC),
    # Without the content type of a report
    Case("csp-report", nothing, "POST", expected=dict.fromkeys(PUBLIC, 415), writes=False),
    *button("first-steps-dismiss", nothing, SIGNED_IN, writes=False),
    *button("set_language", nothing, PUBLIC, lambda w: {"language": "it"}, writes=False),
]
