"""The MCP server (port 5001): streamable HTTP without sessions, each message answered as one server-sent event."""

import json
import time

from . import apps, documents, validation
from .http import Response

VERSIONS = ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")
OUTPUT_TYPES = ("content_only", "structured_data_only", "both_but_empty_text", "both", "call_tool_result")
UNSERVED = frozenset({
    "prompts/list", "prompts/get", "resources/list", "resources/read", "resources/templates/list",
    "resources/subscribe", "resources/unsubscribe", "logging/setLevel", "completion/complete", "tasks/list"})
NEEDED = {
    "initialize": ("protocolVersion", "capabilities", "clientInfo"), "tools/call": ("name",), "prompts/get": ("name",),
    "resources/read": ("uri",), "resources/subscribe": ("uri",), "resources/unsubscribe": ("uri",),
    "logging/setLevel": ("level",), "completion/complete": ("ref", "argument"),
}
STREAM_HEADERS = {"cache-control": "no-cache, no-transform", "connection": "keep-alive", "x-accel-buffering": "no"}
INVALID = {"code": -32602, "message": "Invalid request parameters", "data": ""}


class Invalid(Exception):
    """A request that does not fit its method's declaration."""


def transport_error(status, code, message, headers=None):
    error = {"jsonrpc": "2.0", "id": "server-error", "error": {"code": code, "message": message}}
    return Response.json(error, status, headers)


class McpListener:
    """What port 5001 answers."""

    def __init__(self, server, faults, output_type="both"):
        self.server, self.faults, self.output_type = server, faults, output_type

    def answer(self, request):
        if request.path == "/mcp":
            return Response.redirect(request, "/mcp/")
        if not request.path.startswith("/mcp/"):
            return Response.text("Not Found", 404)
        if request.method == "POST":
            return self._post(request)
        if request.method == "GET":
            return self._stand(request)
        if request.method == "DELETE":
            return transport_error(405, -32600, "Method Not Allowed: Session termination not supported")
        return transport_error(405, -32600, "Method Not Allowed", {"allow": "GET, POST, DELETE"})

    def _stand(self, request):
        """A stream that never ends and never says anything."""
        if not _accepts(request, "text/event-stream"):
            return transport_error(406, -32600, "Not Acceptable: Client must accept text/event-stream")

        def silence():
            while True:
                time.sleep(3600)
                yield b": \r\n\r\n"

        return Response(200, content_type="text/event-stream", headers=STREAM_HEADERS, pieces=silence())

    def _post(self, request):
        if not (_accepts(request, "application/json") and _accepts(request, "text/event-stream")):
            return transport_error(
                406, -32600, "Not Acceptable: Client must accept both application/json and text/event-stream")
        if request.header("content-type").split(";")[0].strip().lower() != "application/json":
            return Response.text("Invalid Content-Type header", 400, "application/json")
        try:
            message = json.loads(request.body)
        except ValueError as error:
            return transport_error(400, -32700, f"Parse error: {error}")
        wrong = _envelope_error(message)
        if wrong:
            return transport_error(400, -32602, f"Validation error: {wrong}")
        version = request.header("mcp-protocol-version")
        if message.get("method") != "initialize" and version and version not in VERSIONS:
            return transport_error(
                400, -32600, f"Bad Request: Unsupported protocol version: {version}. "
                f"Supported versions: {', '.join(VERSIONS)}")
        # What has no usable id is taken for a notification.
        identifier = message.get("id")
        if isinstance(identifier, bool) or not isinstance(identifier, (int, str)) or "method" not in message:
            return Response(202)
        return self._event({"jsonrpc": "2.0", "id": message["id"], **self._outcome(message)})

    def _event(self, answer):
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        data = f"event: message\r\ndata: {text}\r\n\r\n".encode()
        return Response(200, content_type="text/event-stream", headers=STREAM_HEADERS, pieces=self.faults.pieces(data))

    def _outcome(self, message):
        parameters = message.get("params") or {}
        try:
            for name in NEEDED.get(message["method"], ()):
                if name not in parameters:
                    raise Invalid
            return self._result(message["method"], parameters)
        except Invalid:
            return {"error": INVALID}

    def _result(self, method, parameters):
        if method == "initialize":
            return {"result": _initialized(parameters)}
        if method == "ping":
            return {"result": {}}
        if method == "tools/list":
            return {"result": {"tools": [self._tool(api) for found in apps.APPS.values() for api in found.values()]}}
        if method == "tools/call":
            return {"result": self._call(parameters["name"], parameters.get("arguments"))}
        if method in UNSERVED:
            return {"error": {"code": -32601, "message": "Method not found"}}
        raise Invalid

    def _tool(self, api):
        tool = {"name": f"{api.app}__{api.name}", "description": api.description,
                "inputSchema": documents.input_schema(api)}
        if self.output_type in ("structured_data_only", "both"):
            tool["outputSchema"] = documents.output_schema(api)
        return tool

    def _call(self, name, arguments):
        if not isinstance(name, str) or not isinstance(arguments, dict | None):
            raise Invalid
        app, separator, api_name = name.partition("__")
        api = apps.find(app, api_name)
        if api is None:
            # The original looks the app up first, then the API, in dictionaries.
            missing = api_name if app in apps.APPS and separator else app
            return _refused(repr(missing))
        arguments = arguments or {}
        wrong = validation.strict(api.all_parameters(), arguments)
        if wrong:
            return _refused(f"Input validation error: {wrong}")
        self.faults.before_call(name, self.server.task_id)
        return self._shown({"response": self._answer(api, arguments)})

    def _answer(self, api, arguments):
        declared = {one.name for one in api.all_parameters()}
        try:
            # What is not declared is ignored without a word.
            return self.server.call_tool(api, {key: arguments[key] for key in arguments if key in declared})[1]
        except Exception as error:
            print(f"mcp: {api.app}__{api.name} failed: {error!r}", flush=True)
            return {"message": "Internal Server Error"}

    def _shown(self, payload):
        text = [{"type": "text", "text": json.dumps(payload, indent=2)}]
        if self.output_type == "content_only":
            return {"content": text, "isError": False}
        if self.output_type == "both_but_empty_text":
            return {"content": [], "structuredContent": payload, "isError": False}
        shown = {"content": text, "structuredContent": payload, "isError": False}
        return {"_meta": {}, **shown} if self.output_type == "call_tool_result" else shown


def _initialized(parameters):
    asked = parameters["protocolVersion"]
    return {
        "protocolVersion": asked if asked in VERSIONS else VERSIONS[-1],
        "capabilities": {"experimental": {}, "tools": {"listChanged": False}},
        "serverInfo": {"name": "AppWorld", "version": "1.25.0"},
    }


def _refused(text):
    return {"content": [{"type": "text", "text": text}], "isError": True}


def _accepts(request, kind):
    return any(part.split(";")[0].strip() == kind for part in request.header("accept").split(","))


def _envelope_error(message):
    """What is wrong with a message before its method is looked at, in the words of the SDK's validator."""
    link = "    For further information visit https://errors.pydantic.dev/2.12/v/"
    kinds = {"JSONRPCRequest": ("jsonrpc", "id", "method"), "JSONRPCNotification": ("jsonrpc", "method"),
             "JSONRPCResponse": ("jsonrpc", "id", "result"), "JSONRPCError": ("jsonrpc", "id", "error")}
    if not isinstance(message, dict):
        shown = _shortened(repr(message))
        lines = [f"{kind}\n  Input should be a valid dictionary or instance of {kind} [type=model_type, "
                 f"input_value={shown}, input_type={type(message).__name__}]\n{link}model_type" for kind in kinds]
        return "\n".join([f"{len(lines)} validation errors for JSONRPCMessage", *lines])
    if any(all(name in message for name in names) for names in kinds.values()) and message["jsonrpc"] == "2.0":
        return None
    lines = []
    for kind, names in kinds.items():
        for name in names:
            if name not in message:
                lines.append(f"{kind}.{name}\n  Field required [type=missing, input_value={_shortened(repr(message))}, "
                             f"input_type=dict]\n{link}missing")
            elif name == "jsonrpc" and message[name] != "2.0":
                lines.append(f"{kind}.{name}\n  Input should be '2.0' [type=literal_error, "
                             f"input_value={message[name]!r}, input_type={type(message[name]).__name__}]\n"
                             f"{link}literal_error")
    return "\n".join([f"{len(lines)} validation errors for JSONRPCMessage", *lines])


def _shortened(text):
    """A long value with its middle left out."""
    return text if len(text) <= 50 else f"{text[:25]}...{text[-24:]}"
