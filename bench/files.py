"""A small server of files in memory, packed where that helps, with ranges: what a careful static server does."""

import gzip
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type


@contextmanager
def file_server(files: Mapping[str, bytes]) -> Iterator[int]:
    """Serve files by name ("" at the root) until the block ends; gives the port."""
    packed = {name: gzip.compress(data, 9) for name, data in files.items() if not name.endswith(".pdf")}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = self.path.lstrip("/")
            if name not in files:
                self.send_error(404)
            elif name in packed:
                self._answer(200, name, packed[name], {"Content-Encoding": "gzip"})
            else:
                self._part(name, files[name])

        def _part(self, name: str, data: bytes) -> None:
            asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
            if not asked:
                self._answer(200, name, data, {"Accept-Ranges": "bytes"})
                return
            first, last = int(asked[1]), min(int(asked[2] or len(data)), len(data) - 1)
            headers = {"Content-Range": f"bytes {first}-{last}/{len(data)}"}
            self._answer(206, name, data[first : last + 1], headers)

        def _answer(self, status: int, name: str, data: bytes, headers: Mapping[str, str]) -> None:
            self.send_response(status)
            kind = "text/javascript" if name.endswith(".mjs") else guess_type(name)[0] or "text/html"
            for header, value in {"Content-Type": kind, "Content-Length": str(len(data)), **headers}.items():
                self.send_header(header, value)
            self.end_headers()
            with suppress(ConnectionError):  # pdf.js hangs up once it knows that there are ranges
                self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()
