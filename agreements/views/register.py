from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from agreements.exports.register import register_table
from agreements.forms.register import RegisterForm
from agreements.queries.register import (
    RegisterFilter,
    cities_of,
    find_agreements,
    next_step,
    sums_of,
)
from agreements.words.validity_bars import validity_bars
from exchanges import clock
from exchanges.permissions import is_any_auditor, is_any_office
from exchanges.views.active import signed_in
from exchanges.views.downloads import table_response

A_PAGE = 25


@require_safe
@vary_on_headers("HX-Request")
def agreement_list(request: HttpRequest) -> HttpResponse:
    """Show the register to the office, and to partners their own agreements."""
    user, at = signed_in(request), clock.now()
    asked = RegisterFilter.from_query(request.GET)
    found = find_agreements(user, asked, at)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    agreements = list(page.object_list)
    context = {
        "asked": asked,
        "form": RegisterForm(request.GET, cities=cities_of(user)),
        "page": page,
        "rows": [(each, next_step(each)) for each in agreements],
        "sums": sums_of(user, asked, at),
        "bars": validity_bars(agreements, at.date()),
        "is_register": is_any_office(user) or is_any_auditor(user),
    }
    is_fragment = getattr(request, "htmx", False)
    template = "agreements/agreement_list.html" + ("#results" if is_fragment else "")
    return render(request, template, context)


@require_safe
def agreement_table(request: HttpRequest, kind: str) -> HttpResponse:
    """Answer with all rows that the filter of the address finds."""
    user, at = signed_in(request), clock.now()
    asked = RegisterFilter.from_query(request.GET)
    table = register_table(find_agreements(user, asked, at))
    return table_response(table, kind, f"agreements-{at.date()}")
