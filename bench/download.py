"""A 10 MB download: by Pliego's own view, and by nginx for Pliego (X-Accel-Redirect), against nginx and a plain file.

Aim: 0.35 of its rate for the own view, 0.8 with X-Accel-Redirect. nginx is installed from Debian's packages by root.
"""

import os
import random
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bench.measurement import Measurement, seconds, side_by_side
from bench.site import BROWSER, Site, free_port, wait_for_port

SIZE = 10_000_000
ROUNDS = 60
_PREFIX = "/stored"
_CONFIGURATION = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log; {user}
events {{ }}
http {{
  access_log off; sendfile on; tcp_nopush on; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxied;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  upstream pliego {{ server 127.0.0.1:{site}; keepalive 8; }}
  server {{
    listen 127.0.0.1:{port};
    location = /healthz {{ return 200; }}
    location /static/ {{ alias {folder}/plain/; }}
    location {prefix}/ {{ internal; alias {folder}/data/blobs/; }}
    location / {{
      proxy_pass http://pliego; proxy_http_version 1.1;
      proxy_set_header Connection ""; proxy_set_header Host $http_host;
    }}
  }}
}}
"""


def measure() -> Iterator[Measurement]:
    """Rates of whole downloads, one after the other over one connection."""
    if not have_nginx():
        print("download: nginx is not here and cannot be installed: nothing to compare with")
        return
    with tempfile.TemporaryDirectory(prefix="pliego-bench-") as name:
        folder = Path(name)
        pdf = b"%PDF-1.7\n" + random.Random(5).randbytes(SIZE)
        (folder / "plain").mkdir()
        (folder / "plain" / "file.pdf").write_bytes(pdf)
        with Site(folder) as site:
            file = address_of_file(site, pdf)
            with nginx(folder, site.port) as front:
                yield compare("own view", (site.port, file), front, 0.35)
        with Site(folder, X_ACCEL_PREFIX=_PREFIX) as site, nginx(folder, site.port) as front:
            yield compare("X-Accel-Redirect", (front, file), front, 0.8)


def address_of_file(site: Site, pdf: bytes) -> str:
    """Share it and give the path of the file beside its page."""
    page = site.page_of(pdf)
    site.wait_until_read()
    with closing(site.client()) as client:
        page = client.lasting(page)
    return f"{page}{page.split('/')[-2]}.pdf"


def compare(name: str, measured: tuple[int, str], front: int, aim: float) -> Measurement:
    """One way of giving out the file against nginx and a plain file."""
    with connected(measured[0]) as here, connected(front) as there:
        rates = side_by_side(lambda: rate(here, measured[1]), lambda: rate(there, "/static/file.pdf"), ROUNDS)
    return Measurement(f"10 MB download, {name}", rates[0], "MB/s", aim, "nginx static", rates[1], at_least=True)


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    """A plain connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        yield connection


def rate(connection: socket.socket, path: str) -> float:
    """MB per second of one download; raise RuntimeError when it is not the whole file."""
    return SIZE / seconds(lambda: download(connection, path)) / 1e6


def download(connection: socket.socket, path: str) -> None:
    """Read an answer to its end, as cheaply as Python can."""
    host, port = connection.getpeername()
    asked = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUser-Agent: {BROWSER}\r\nAccept-Encoding: gzip\r\n\r\n"
    connection.sendall(asked.encode())
    buffer = bytearray(1 << 18)
    head = b""
    while b"\r\n\r\n" not in head:
        head += connection.recv(4096)
    head, _, body = head.partition(b"\r\n\r\n")
    lengths = [int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    if b" 200 " not in head or lengths != [SIZE + 9]:
        raise RuntimeError(head.decode(errors="replace"))
    left = lengths[0] - len(body)
    while left:
        left -= connection.recv_into(buffer, min(left, len(buffer)))


def have_nginx() -> bool:
    """Whether nginx is here; root installs it."""
    if shutil.which("nginx") is None and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(
            ["apt-get", "install", "--yes", "--quiet", "nginx-light"], check=False, stdout=subprocess.DEVNULL
        )
    return shutil.which("nginx") is not None


@contextmanager
def nginx(folder: Path, site: int) -> Iterator[int]:
    """nginx in front of a site; gives its port."""
    port = free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    file = folder / "nginx.conf"
    file.write_text(
        _CONFIGURATION.format(folder=folder, site=site, port=port, prefix=_PREFIX, user=user), encoding="utf-8"
    )
    with subprocess.Popen(["nginx", "-p", str(folder), "-c", str(file)], stderr=subprocess.DEVNULL) as server:
        try:
            wait_for_port(port, server)
            yield port
        finally:
            server.terminate()
