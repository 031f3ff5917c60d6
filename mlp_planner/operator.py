"""The operator's pages: behind a second factor, and without what would bypass operations."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from exchanges import clock
from exchanges.views.people.proof import second_factor_of, where_to_prove


def guard(site: admin.AdminSite) -> None:
    """Ask for a second factor in this session."""
    is_operator, login = site.has_permission, site.login

    def has_permission(request: HttpRequest) -> bool:
        return is_operator(request) and second_factor_of(request, at=clock.now()) is not None

    def login_or_proof(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_operator(request) and not has_permission(request):
            return redirect(where_to_prove(request, request.GET.get("next", request.path)))
        return login(request, *args, **kwargs)

    site.has_permission = has_permission  # type: ignore[method-assign]
    site.login = secure_admin_login(login_or_proof)  # type: ignore[method-assign]
    site.unregister(Group)
