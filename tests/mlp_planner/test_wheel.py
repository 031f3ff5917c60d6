"""The wheel is built, installed where nothing else is, and used away from the checkout.

What the wheel requires is linked from this environment instead of fetched: only that, so an
import that no requirement stands for fails here.
"""

import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement

ROOT = settings.BASE_DIR
PACKAGES = ("mlp_planner", "exchanges", "agreements")
OF_THE_CHECKOUT = {
    "mlp_planner/management/commands/catalogues.py",
    "mlp_planner/management/commands/diagrams.py",
}
USE = """
import subprocess
import django
django.setup()

from django.conf import settings
from django.test import Client
from exchanges.exports.pdf.typeface import require_glyphs

subprocess.run([*settings.MANAGE, "createcachetable"], check=True)  # as the worker starts a child
browser = Client(headers={"host": "localhost", "accept-language": "fr"})
page = browser.get("/accounts/login/")
style = browser.get("/static/css/app.css")
print(page.status_code, "Planificateur d’échanges" in page.content.decode(), style.status_code)
print(require_glyphs("Θεσσαλονίκη"))
print(settings.BASE_DIR)
print(settings.DATA_DIR)
"""


def files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(ROOT)


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env={"PATH": "/usr/bin:/bin", "HOME": str(cwd), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    run(sys.executable, "-m", "pip", *build, cwd=folder)
    return next(folder.glob("mlp_planner-*.whl"))


@pytest.fixture(scope="module")
def programs(wheel: Path) -> Path:
    """The folder of the programs of an environment that has the wheel and what it requires."""
    folder = wheel.parent / "environment"
    venv.create(folder, with_pip=False, symlinks=True)
    pip = ("-m", "pip", "--python", folder / "bin" / "python", "install")
    run(sys.executable, *pip, "--quiet", "--no-deps", "--no-index", wheel, cwd=wheel.parent)
    packages = next(folder.glob("lib/python*/site-packages"))
    installed = Distribution.at(next(packages.glob("mlp_planner-*.dist-info")))
    for required in closure(installed, set(), {}).values():
        link(required, packages)
    return folder / "bin"


def closure(
    asking: Distribution, extras: set[str], found: dict[str, Distribution]
) -> dict[str, Distribution]:
    """All that a distribution requires, with what that requires, by name and extras."""
    for line in asking.requires or []:
        required = Requirement(line)
        wanted = required.marker is None or any(
            required.marker.evaluate({"extra": extra}) for extra in extras | {""}
        )
        name = f"{required.name}{sorted(required.extras)}"
        if wanted and name not in found:
            found[name] = distribution(required.name)
            closure(found[name], required.extras, found)
    return found


def link(required: Distribution, packages: Path) -> None:
    for top in {file.parts[0] for file in required.files or []} - {"..", "__pycache__"}:
        if not (packages / top).exists():
            (packages / top).symlink_to(Path(str(required.locate_file(top))))


def test_wheel_has_each_file_of_the_program_and_no_other(wheel: Path) -> None:
    expected = {str(path) for package in PACKAGES for path in files(ROOT / package)}
    expected |= {
        f"mlp_planner/{path}" for name in ("templates", "static") for path in files(ROOT / name)
    }
    expected |= {
        f"mlp_planner/{path.with_suffix('.mo')}"
        for path in files(ROOT / "locale")
        if path.suffix == ".po"
    }
    with zipfile.ZipFile(wheel) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert found == expected - OF_THE_CHECKOUT


def test_installed_program_passes_its_checks(programs: Path, tmp_path: Path) -> None:
    checked = run(programs / "mlp-planner", "check", "--fail-level", "WARNING", cwd=tmp_path)
    assert checked == "System check identified no issues (0 silenced).\n"


def test_installed_program_shows_a_translated_page_with_its_style_and_typeface(
    programs: Path, tmp_path: Path
) -> None:
    settings_name = {"DJANGO_SETTINGS_MODULE": "mlp_planner.settings"}
    shown = run(programs / "python", "-c", USE, cwd=tmp_path, **settings_name).splitlines()
    assert shown[:2] == ["200 True 200", "Θεσσαλονίκη"]
    assert Path(shown[2]).is_relative_to(programs.parent)
    assert Path(shown[3]) == tmp_path / ".local/share/mlp-planner"


def test_installed_program_is_served_by_gunicorn(programs: Path, tmp_path: Path) -> None:
    config = ("--check-config", "--config", "python:mlp_planner.gunicorn_conf")
    run(programs / "python", "-m", "gunicorn", *config, cwd=tmp_path)
