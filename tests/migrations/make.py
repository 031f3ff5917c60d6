"""Keeps the filled demo of this commit for the tests of later ones: `python -m tests.migrations.make`.

Run it before a change of models that is worth a test of its own. It writes a SQLite file, a dump of
PostgreSQL with the same rows, and what both must still hold after any later migration.
"""

from __future__ import annotations

import gzip
import json
import os
import secrets
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from tests.migrations.summary import summary_of, tables_of
from tests.postgres_cluster import binaries, postgres_cluster

FOLDER = Path(__file__).parent / "data"
LEFT_OUT = ("contenttypes", "auth.permission", "sessions", "admin.logentry", "usersessions")


def manage(*arguments: str, **environment: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments], env={**os.environ, **environment}, check=True
    )


def main() -> int:
    folder = binaries()
    if folder is None:
        sys.stderr.write("initdb is missing: install postgresql\n")
        return 1
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        demo = {"DEMO": "1", "DATA_DIR": name}
        manage("migrate", "-v", "0", **demo)
        manage("createcachetable", "-v", "0", **demo)
        manage("demo_load", **demo)
        rows = str(home / "rows.xml")  # JSON would cut moments to milliseconds, and break the record
        left_out = [f"--exclude={label}" for label in LEFT_OUT]
        manage("dumpdata", "--format=xml", *left_out, "-o", rows, **demo)
        with closing(sqlite3.connect(home / "db.sqlite3")) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.execute("VACUUM")
            cursor = database.cursor()
            summary = summary_of(cursor, tables_of(cursor, "sqlite"))
        write("demo.sqlite3.gz", (home / "db.sqlite3").read_bytes())
        with postgres_cluster(folder) as url:
            grown_up = {
                "DATABASE_URL": url,
                "SECRET_KEY": secrets.token_urlsafe(64),
                "ALLOWED_HOSTS": "planner.example.org",
                "DATA_DIR": name,
            }
            manage("migrate", "-v", "0", **grown_up)
            manage("loaddata", "-v", "0", rows, **grown_up)
            dump = [folder / "pg_dump", "--no-owner", "--no-privileges", url]
            write("demo.postgres.sql.gz", subprocess.run(dump, check=True, capture_output=True).stdout)
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()
    stored = json.dumps({"commit": commit, "tables": summary}, indent=1)
    (FOLDER / "summary.json").write_text(f"{stored}\n")
    return 0


def write(name: str, content: bytes) -> None:
    (FOLDER / name).write_bytes(gzip.compress(content, mtime=0))


if __name__ == "__main__":
    sys.exit(main())
