"""Pages that lose their connection to PostgreSQL while they are made."""

import psycopg
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from exchanges.models import Topic
from mlp_planner.urls import urlpatterns as pages

asked: list[str] = []


def end_connection() -> None:
    """End it from outside, as a restart of the server does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    login = connection.settings_dict
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    address = {name: login[key] for name, key in names.items()}
    with psycopg.connect(**address, dbname=login["NAME"], autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [number])


def page(request: HttpRequest, times: int) -> HttpResponse:
    """Lose the connection in the first `times` tries."""
    asked.append(request.method or "")
    if len(asked) <= times:
        end_connection()
    return HttpResponse(f"{Topic.objects.count()} topics")


def in_transaction(request: HttpRequest, times: int) -> HttpResponse:
    with transaction.atomic():
        return page(request, times)


urlpatterns = [
    path("lost/<int:times>/", csrf_exempt(page)),
    path("lost/<int:times>/inside/", csrf_exempt(in_transaction)),
    *pages,
]
for each in urlpatterns[:2]:
    each.callback.login_required = False  # type: ignore[union-attr]
