"""Slow senders and idle connections stop gunicorn; behind docs/nginx.conf they stop nothing."""

import http.client
import os
import re
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from mlp_planner import gunicorn_conf
from tests.moment import AT
from tests.postgres_cluster import free_port
from tests.programs import nginx

HOST = "localhost"
HALF = (
    b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 2000\r\n\r\nlogin="
)
PATIENCE = 3
"""Seconds in which a normal request must have its answer."""

Open = Callable[[], socket.socket]


@contextmanager
def running(command: list[str], port: int, **environment: str) -> Iterator[None]:
    process = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        for _attempt in range(300):
            assert process.poll() is None, process.communicate()[1]
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.communicate(timeout=20)


def write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(AT).not_valid_after(AT + timedelta(days=9))
    (folder / "certificate").write_bytes(
        made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    (folder / "key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def configuration(folder: Path, *, plain: int, secure: int, planner: int) -> str:
    """docs/nginx.conf with other ports and places, in the frame that Debian puts around it."""
    site = (settings.BASE_DIR / "docs/nginx.conf").read_text()
    for pattern, instead in (
        (r"listen 80;", f"listen 127.0.0.1:{plain};"),
        (r"listen 443 ssl", f"listen 127.0.0.1:{secure} ssl"),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{planner}"),
        (r"/etc/letsencrypt/\S+/fullchain\.pem", str(folder / "certificate")),
        (r"/etc/letsencrypt/\S+/privkey\.pem", str(folder / "key")),
        (r"/var/log/nginx/planner\.log", str(folder / "error.log")),
    ):
        site, found = re.subn(pattern, instead, site)
        assert found == 1, pattern
    site = site.replace("planner.example.org", HOST)
    temporary = "".join(
        f"{kind}_temp_path {folder / kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root; " if os.geteuid() == 0 else ""
    return (
        f"{user}daemon off; worker_processes 1; pid {folder / 'pid'}; error_log stderr crit;\n"
        f"events {{ worker_connections 768; }}\nhttp {{ {temporary}\n{site}\n}}\n"
    )


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, int]]:
    """gunicorn with its own limits, one process of it, and nginx before it."""
    folder, program = tmp_path_factory.mktemp("proxy"), nginx()
    ports = {"plain": free_port(), "secure": free_port(), "planner": free_port()}
    write_certificate(folder)
    (folder / "nginx.conf").write_text(configuration(folder, **ports))
    bind = f"127.0.0.1:{ports['planner']}"
    gunicorn = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:mlp_planner.gunicorn_conf",
        "-b",
        bind,
    ]
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder), "TRUSTED_PROXY_COUNT": "1"}
    proxy = [str(program), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
    with ExitStack() as stack:
        stack.enter_context(running(gunicorn, ports["planner"], **environment))
        stack.enter_context(running(proxy, ports["secure"]))
        direct = to(ports["planner"], secure=False, patience=60)
        assert status_of(direct, "/privacy/") == 200  # the first page takes longer
        yield ports


def to(port: int, *, secure: bool, patience: int = PATIENCE) -> Open:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE

    def connect() -> socket.socket:
        plain = socket.create_connection(("127.0.0.1", port), timeout=patience)
        if not secure:
            return plain
        return context.wrap_socket(plain, server_hostname=HOST)

    return connect


def status_of(connect: Open, path: str = "/healthz", **headers: str) -> int:
    """Return the status of a normal request; 0 when there is no answer in time."""
    with connect() as connection:
        lines = [f"GET {path} HTTP/1.1", f"Host: {HOST}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        answer = http.client.HTTPResponse(connection)
        try:
            answer.begin()
        except TimeoutError:
            return 0
        return answer.status


@contextmanager
def attack(connect: Open, *, half_sent: int, idle: int) -> Iterator[None]:
    with ExitStack() as stack:
        for _number in range(half_sent):
            stack.enter_context(connect()).sendall(HALF)
        for _number in range(idle):
            stack.enter_context(connect())
        time.sleep(0.5)
        yield


def test_half_sent_requests_stop_gunicorn_alone(ports: dict[str, int]) -> None:
    direct = to(ports["planner"], secure=False)

    assert status_of(direct) == 200
    with attack(direct, half_sent=15, idle=0):
        assert status_of(direct) == 0


@pytest.mark.parametrize(("half_sent", "idle"), [(15, 0), (0, 200), (60, 200)])
def test_behind_nginx_a_normal_request_is_answered(
    ports: dict[str, int], half_sent: int, idle: int
) -> None:
    through = to(ports["secure"], secure=True)

    with attack(through, half_sent=half_sent, idle=idle):
        assert status_of(through) == 200
        assert status_of(through, "/privacy/") == 200


def test_idle_connections_to_the_plain_port_stop_nothing(ports: dict[str, int]) -> None:
    with attack(to(ports["plain"], secure=False), half_sent=0, idle=200):
        assert status_of(to(ports["secure"], secure=True)) == 200
        assert status_of(to(ports["plain"], secure=False)) == 301


def test_a_body_that_is_too_long_ends_at_the_proxy(ports: dict[str, int]) -> None:
    assert status_of(to(ports["secure"], secure=True), Content_Length="4000000") == 413


def test_readiness_is_not_told_to_strangers() -> None:
    site = (settings.BASE_DIR / "docs/nginx.conf").read_text()
    assert re.search(r"location = /readyz \{[^}]*deny all;", site)


def test_gunicorn_has_limits_of_its_own() -> None:
    assert gunicorn_conf.worker_class == "gthread"
    assert 0 < gunicorn_conf.timeout <= 60
    assert 0 < gunicorn_conf.worker_connections <= 200
    assert gunicorn_conf.limit_request_fields <= 100
    assert 0 < gunicorn_conf.limit_request_line <= 8190
    assert 0 < gunicorn_conf.limit_request_field_size <= 8190
    assert gunicorn_conf.max_requests > 0 < gunicorn_conf.max_requests_jitter
