"""What the documents name is there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", *Path(ROOT).glob("docs/**/*.md")]
PLACE = re.compile(
    r"`((?:exchanges|agreements|mlp_planner|templates|static|tests|docs)/[\w/.-]+|"
    r"(?:domain|enums|models|words|queries|operations|forms|exports|mail|views|urls|management)"
    r"/[\w/.-]+)`"
)


@pytest.mark.parametrize("name", [str(Path(name).name) for name in DOCUMENTS])
def test_every_file_that_a_document_names_is_there(name: str) -> None:
    found = [path for path in (ROOT / each for each in DOCUMENTS) if path.name == name]
    text = found[0].read_text(encoding="utf-8")
    missing = [place for place in PLACE.findall(text) if not is_there(place)]
    assert missing == []


def is_there(place: str) -> bool:
    """In the repository, or in `exchanges/` where the document is about the core."""
    return (ROOT / place).exists() or (ROOT / "exchanges" / place).exists()
