"""What the wheel gets beside the packages: its requirements, templates, static files, catalogues.

In the wheel these folders lie inside `mlp_planner`. `mlp_planner.settings` looks there first.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

PACKAGE = Path("mlp_planner")


class Requirements(MetadataHookInterface):
    def update(self, metadata: dict[str, Any]) -> None:
        lines = Path(self.root, "requirements", "base.in").read_text().splitlines()
        metadata["dependencies"] = [line for line in lines if line and not line.startswith("#")]


class Resources(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        self.folder = TemporaryDirectory()
        if version == "editable":
            return  # it runs from the checkout
        root = Path(self.root)
        included = build_data["force_include"]
        for name in ("templates", "static"):
            included[str(root / name)] = str(PACKAGE / name)
        for source in sorted(root.glob("locale/*/LC_MESSAGES/*.po")):
            place = source.relative_to(root).with_suffix(".mo")
            compiled = Path(self.folder.name, place)
            compile_catalogue(source, compiled)
            included[str(compiled)] = str(PACKAGE / place)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        self.folder.cleanup()


def compile_catalogue(source: Path, compiled: Path) -> None:
    compiled.parent.mkdir(parents=True)
    with source.open("rb") as texts, compiled.open("wb") as file:
        write_mo(file, read_po(texts))
