"""All cases, from one module a subject."""

from importlib import import_module
from pkgutil import iter_modules

from tests.matrix.case import Case

CASES: list[Case] = [
    case
    for module in iter_modules(__path__)
    for case in import_module(f"{__name__}.{module.name}").CASES
]
