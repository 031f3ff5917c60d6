import hashlib
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

VENDOR = settings.BASE_DIR / "static" / "vendor"
CSS = settings.BASE_DIR / "static" / "css" / "app.css"


def recorded_sums() -> dict[str, str]:
    lines = (VENDOR / "CHECKSUMS").read_text().splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def packages() -> list[Path]:
    return [path for path in VENDOR.iterdir() if path.is_dir()]


def test_vendored_files_are_those_that_were_recorded() -> None:
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for package in packages()
        for path in package.iterdir()
    }
    assert found == recorded_sums()


def test_vendored_packages_carry_version_and_licence() -> None:
    assert [path.name for path in packages() if not re.search(r"-\d+\.\d+\.\d+$", path.name)] == []
    assert [path.name for path in packages() if not (path / "LICENSE").is_file()] == []


def test_stylesheet_loads_only_files_that_are_here() -> None:
    addresses = re.findall(r'url\("([^")]+)"\)', CSS.read_text())
    files = [address for address in addresses if not address.startswith("data:")]
    assert len(files) == 4
    assert [name for name in files if not (CSS.parent / name).is_file()] == []


def test_static_files_ask_for_no_source_map() -> None:
    sheet = finders.find("vendor/bootstrap-5.3.9/bootstrap.min.css")
    assert "sourceMappingURL" not in Path(str(sheet)).read_text()
