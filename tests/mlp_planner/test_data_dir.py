from pathlib import Path

from mlp_planner.data_dir import DEMO_MARKER, prepare


def test_demo_marks_a_folder_that_it_made(tmp_path: Path) -> None:
    assert (prepare(tmp_path / "new", demo=True) / DEMO_MARKER).exists()


def test_demo_does_not_mark_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    assert not (prepare(tmp_path, demo=True) / DEMO_MARKER).exists()


def test_other_use_marks_nothing(tmp_path: Path) -> None:
    assert not (prepare(tmp_path / "new", demo=False) / DEMO_MARKER).exists()
