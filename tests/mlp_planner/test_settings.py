"""Settings are tried in a process of their own: environment in, values or a refusal out."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STRONG = "k3-Vb7_xQ9zLmN2pRtUwYs5dFgHjKaEcXo8iTq4Z0WvB6nMrPyS1"
PRODUCTION = {
    "SECRET_KEY": STRONG,
    "ALLOWED_HOSTS": "planner.example.org,www.planner.example.org",
    "DATABASE_URL": "postgres://planner:word@db.example.org/planner",
    "EMAIL_URL": "smtp+tls://planner:word@mail.example.org:587",
    "CACHE_URL": "rediscache://cache.example.org:6379/1",
}
PRINT_VALUES = """
import json, sys
from mlp_planner import settings
print(json.dumps({name: getattr(settings, name, None) for name in sys.argv[1:]}, default=str))
"""


def run_settings(
    folder: Path, names: list[str], environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PRINT_VALUES, *names],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def values(folder: Path, *names: str, **environment: str) -> dict[str, object]:
    run = run_settings(folder, list(names), environment)
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout))


def refusal(folder: Path, **environment: str) -> str:
    run = run_settings(folder, [], environment)
    assert run.returncode != 0
    last = run.stderr.strip().splitlines()[-1]
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: "), run.stderr
    return last.partition(": ")[2]


def test_nothing_set_is_the_embedded_default(tmp_path: Path) -> None:
    found = values(
        tmp_path, "EMBEDDED", "DEBUG", "DEMO", "ALLOWED_HOSTS", "BASE_URL", "CLOCK_FILE", "MAIL_DIR"
    )
    assert found == {
        "EMBEDDED": True,
        "DEBUG": False,
        "DEMO": False,
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
        "BASE_URL": "http://localhost:8000",
        "CLOCK_FILE": None,
        "MAIL_DIR": str(tmp_path / "mail"),
    }


def test_embedded_database_is_a_file_with_immediate_transactions(tmp_path: Path) -> None:
    database = values(tmp_path, "DATABASE")["DATABASE"]
    assert isinstance(database, dict)
    assert database["NAME"] == str(tmp_path / "db.sqlite3")
    assert database["OPTIONS"] == {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }


def test_embedded_secret_is_made_once_and_is_private(tmp_path: Path) -> None:
    first = values(tmp_path, "SECRET_KEY")["SECRET_KEY"]
    second = values(tmp_path, "SECRET_KEY")["SECRET_KEY"]
    kept = tmp_path / "secret_key"
    assert first == second == kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_embedded_secret_is_the_same_for_processes_that_start_together(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PRINT_VALUES, "SECRET_KEY"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in processes}) == 1


def test_port_moves_the_embedded_address(tmp_path: Path) -> None:
    assert values(tmp_path, "BASE_URL", PORT="8123") == {"BASE_URL": "http://localhost:8123"}


def test_demo_has_a_clock_of_its_own(tmp_path: Path) -> None:
    found = values(tmp_path, "DEMO", "CLOCK_FILE", DEMO="1")
    assert found == {"DEMO": True, "CLOCK_FILE": str(tmp_path / "clock")}


def test_production_uses_the_named_services(tmp_path: Path) -> None:
    found = values(
        tmp_path,
        "EMBEDDED",
        "BASE_URL",
        "EMAIL_BACKEND",
        "EMAIL_HOST",
        "EMAIL_USE_TLS",
        "CACHES",
        "DATABASE",
        **PRODUCTION,
    )
    database, caches = found.pop("DATABASE"), found.pop("CACHES")
    assert found == {
        "EMBEDDED": False,
        "BASE_URL": "https://planner.example.org",
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_USE_TLS": True,
    }
    assert isinstance(database, dict)
    assert (database["ENGINE"], database["HOST"]) == (
        "django.db.backends.postgresql",
        "db.example.org",
    )
    assert isinstance(caches, dict)
    assert caches["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache"


def test_production_has_cookies_for_this_host_and_tls_only(tmp_path: Path) -> None:
    names = (
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SECURE_PROXY_SSL_HEADER",
    )
    assert list(values(tmp_path, *names, **PRODUCTION).values()) == [
        True,
        True,
        True,
        "__Host-sessionid",
        "__Host-csrftoken",
        None,
    ]


def test_proxy_header_is_trusted_only_when_a_proxy_is_named(tmp_path: Path) -> None:
    found = values(tmp_path, "SECURE_PROXY_SSL_HEADER", **PRODUCTION, TRUSTED_PROXY_COUNT="1")
    assert found == {"SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"]}


@pytest.mark.parametrize("name", sorted(PRODUCTION.keys() - {"SECRET_KEY"}))
def test_production_without_secret_is_refused(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, **{name: PRODUCTION[name]}).startswith("Set SECRET_KEY to at least 50")


@pytest.mark.parametrize(
    "key",
    [STRONG[:49], "ab" * 40, f"django-insecure-{STRONG}", "changeme-please-0123456789-" * 3],
    ids=["short", "two letters", "from startproject", "well known"],
)
def test_production_with_a_weak_secret_is_refused(tmp_path: Path, key: str) -> None:
    said = refusal(tmp_path, **PRODUCTION | {"SECRET_KEY": key})
    assert said.startswith("Set SECRET_KEY to at least 50")
    assert key not in said


@pytest.mark.parametrize("hosts", ["", "*"])
def test_production_without_host_names_is_refused(tmp_path: Path, hosts: str) -> None:
    said = refusal(tmp_path, **PRODUCTION | {"ALLOWED_HOSTS": hosts})
    assert said.startswith("Set ALLOWED_HOSTS to the host names of this site")


@pytest.mark.parametrize("name", ["DEMO", "DEBUG"])
def test_production_refuses_demo_and_debug(tmp_path: Path, name: str) -> None:
    said = refusal(tmp_path, **PRODUCTION, **{name: "1"})
    assert said.startswith("DEBUG and DEMO are for the embedded default only")


def test_older_keys_come_from_the_environment(tmp_path: Path) -> None:
    older = f"{STRONG[::-1]},{STRONG.swapcase()}"
    found = values(tmp_path, "SECRET_KEY_FALLBACKS", **PRODUCTION, SECRET_KEY_FALLBACKS=older)
    assert found == {"SECRET_KEY_FALLBACKS": older.split(",")}
    weak = refusal(tmp_path, **PRODUCTION, SECRET_KEY_FALLBACKS="changeme")
    assert weak.startswith("Set SECRET_KEY_FALLBACKS")


def test_length_of_a_session_comes_from_the_environment(tmp_path: Path) -> None:
    names = ("SESSION_IDLE_SECONDS", "SESSION_COOKIE_AGE")
    assert list(values(tmp_path, *names).values()) == [12 * 3600, 14 * 86400]
    shorter = values(tmp_path, *names, SESSION_IDLE_HOURS="1", SESSION_MAX_DAYS="2")
    assert list(shorter.values()) == [3600, 2 * 86400]
    assert refusal(tmp_path, SESSION_IDLE_HOURS="0") == "Set SESSION_IDLE_HOURS to 1 or more."
