import os
import shutil
import subprocess
from argparse import ArgumentParser
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

HEADS = "record-heads.txt"
SUMS = "SHA256SUMS"


class Command(BaseCommand):
    help = (
        "Copies database, files and heads of the record into a new folder, while the site runs. "
        "docs/deploy.md says how to restore it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder that is new or empty")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Heads come first and files last: the database has all heads, and no file is missing."""
        prepare(folder)
        heads = settings.RECORD_HEADS_FILE
        if heads is not None and heads.exists():
            shutil.copyfile(heads, folder / HEADS)
        dump = dump_postgresql if connection.vendor == "postgresql" else dump_sqlite
        dump(folder)
        if settings.MEDIA_ROOT.exists():
            shutil.copytree(settings.MEDIA_ROOT, folder / "files")
        names = write_sums(folder)
        self.stdout.write(f"Copied to {folder}: {', '.join(names)}.")
        self.stdout.write("The secret key is not in it. Keep it elsewhere.")


def prepare(folder: Path) -> None:
    """Others on this machine may not read it. Nothing that is there is written over."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(folder.iterdir()):
        raise CommandError(f"{folder} is not empty.")


def dump_sqlite(folder: Path) -> None:
    """One consistent copy with the write-ahead log in it, while others read and write."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / "db.sqlite3")])


def dump_postgresql(folder: Path) -> None:
    """The password goes through the environment, where other users do not see it."""
    login = connection.settings_dict
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    account = {name: str(login[key]) for key, name in names.items() if login[key]}
    command = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges"]
    command += ["--file", str(folder / "database.dump"), str(login["NAME"])]
    try:
        subprocess.run(command, env={**os.environ, **account}, check=True)
    except FileNotFoundError:
        raise CommandError("pg_dump is missing: install the client of PostgreSQL.") from None
    except subprocess.CalledProcessError as error:
        raise CommandError(f"pg_dump ended with {error.returncode}.") from None


def write_sums(folder: Path) -> list[str]:
    """Write what `sha256sum --check` reads; return the names at the top of the folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = []
    for path in paths:
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        lines.append(f"{digest}  {path.relative_to(folder)}\n")
    (folder / SUMS).write_text("".join(lines))
    return sorted({path.relative_to(folder).parts[0] for path in paths})
