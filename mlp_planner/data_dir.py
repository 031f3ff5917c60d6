from pathlib import Path

DEMO_MARKER = ".demo"


def prepare(folder: Path, *, demo: bool) -> Path:
    """Return the folder of the program's data, made if need be.

    A demo marks a folder that was empty: `make demo RESET=1` deletes marked folders only.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if demo and not any(folder.iterdir()):
        (folder / DEMO_MARKER).touch()
    return folder
