"""A PostgreSQL of our own in a temporary folder, on a free port, gone afterwards."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The folder of the newest initdb, or None."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3])
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@contextmanager
def postgres_cluster(folder: Path) -> Iterator[str]:
    """Yields the address of a database of the cluster, as DATABASE_URL writes it."""
    password, port, user = secrets.token_hex(16), free_port(), unprivileged_user()
    with tempfile.TemporaryDirectory(prefix="mlp-planner-postgres-") as name:
        if user:
            shutil.chown(name, user)
        home = Path(name)
        (home / "password").write_text(password)
        (home / "password").chmod(0o644)
        data = str(home / "data")

        def run(program: str, *arguments: str) -> None:
            subprocess.run(
                [folder / program, "-D", data, *arguments],
                user=user,
                cwd=name,
                check=True,
                stdout=subprocess.DEVNULL,
            )

        run("initdb", "-U", "planner", "-A", "scram-sha-256", "-E", "UTF8", "--no-sync",
            "--locale=C.UTF-8", "--pwfile", str(home / "password"))  # fmt: skip
        settings = f"-F -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={name}"
        settings += " -c jit=off -c autovacuum=off -c full_page_writes=off"  # it lives for minutes
        run("pg_ctl", "start", "-w", "-l", str(home / "log"), "-o", settings)
        try:
            yield f"postgres://planner:{password}@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "stop", "-m", "immediate")


def unprivileged_user() -> str | None:
    """Whom to run as: initdb refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
