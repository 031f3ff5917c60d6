"""The pages of exchanges, one module a subject; each has its own `urlpatterns`."""

from importlib import import_module
from pkgutil import iter_modules

from django.urls import URLPattern

app_name = "exchanges"
urlpatterns: list[URLPattern] = [
    pattern
    for module in iter_modules(__path__)
    for pattern in import_module(f"{__name__}.{module.name}").urlpatterns
]
