"""The little of HTTP that the three listeners share."""

import json
import socketserver
import sys
import threading
import traceback
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

MAXIMUM_BODY = 16 << 20


@dataclass
class Request:
    """What was asked."""

    method: str
    path: str
    query: dict
    headers: dict
    body: bytes

    def header(self, name):
        return self.headers.get(name.lower(), "")


@dataclass
class Response:
    """What is answered; `pieces` is sent in chunks as they come, instead of `body`."""

    status: int
    body: bytes = b""
    content_type: str | None = "application/json"
    headers: dict = field(default_factory=dict)
    pieces: object = None

    @staticmethod
    def json(value, status=200, headers=None):
        return Response(status, json.dumps(value, ensure_ascii=False).encode(), headers=headers or {})

    @staticmethod
    def text(value, status=200, content_type="text/plain; charset=utf-8"):
        return Response(status, value.encode(), content_type)

    @staticmethod
    def broken():
        """What a crash of the program behind a route looks like from outside."""
        return Response.text("Internal Server Error", 500)

    @staticmethod
    def redirect(request, path):
        host = request.header("host") or "localhost"
        return Response(307, content_type=None, headers={"location": f"http://{host}{path}"})


class Listener(ThreadingHTTPServer):
    """One port. `answer(request)` returns a Response; what it raises is a plain-text 500 and a log entry."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, port, answer, name, host="0.0.0.0", is_quiet=False):
        self.is_quiet = is_quiet
        self.answer = answer
        self.name = name
        super().__init__((host, port), Handler)

    def server_bind(self):
        # HTTPServer would look the host's name up.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]

    def start(self):
        threading.Thread(target=self.serve_forever, args=(0.05,), name=self.name, daemon=True).start()

    def handle_error(self, request, client_address):
        # A client that went away is no event; a crash in `answer` is logged where it happens.
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "appworld-stand-in"
    sys_version = ""
    disable_nagle_algorithm = True

    def _serve(self):
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        if length > MAXIMUM_BODY:
            self.close_connection = True
            return self._send(Response.text("the body is too large", 413))
        request = Request(
            self.command, parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)),
            {key.lower(): value for key, value in self.headers.items()}, self.rfile.read(length))
        try:
            response = self.server.answer(request)
        except Exception:
            print(f"{self.server.name}: {self.command} {self.path} failed", file=sys.stderr)
            traceback.print_exc()
            response = Response.broken()
        self._send(response)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _serve

    def _send(self, response):
        self.send_response(response.status)
        if response.content_type:
            self.send_header("content-type", response.content_type)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.pieces is None:
            self.send_header("content-length", str(len(response.body)))
            self.end_headers()
            self.wfile.write(response.body)
            return
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for piece in response.pieces:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.flush()
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, form, *values):
        if not self.server.is_quiet:
            print(f"{self.server.name}: {form % values}", file=sys.stderr)
