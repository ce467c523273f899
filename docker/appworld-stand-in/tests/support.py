"""A stand-in in this process: requests go to the listeners without a port."""

import contextlib
import io
import json
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(SOURCE))

import make_data  # noqa: E402
from standin.apis_server import ApisListener, AppServer  # noqa: E402
from standin.environment_server import EnvironmentListener  # noqa: E402
from standin.faults import Faults  # noqa: E402
from standin.http import Listener, Request  # noqa: E402
from standin.layout import Root  # noqa: E402
from standin.mcp_server import McpListener  # noqa: E402

AGENTS = json.loads((SOURCE / "agents.json").read_text())["agents"]
ACCEPT = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


def make_root():
    """A root with the stand-in's data; the caller keeps the object as long as it is needed."""
    directory = tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
    with contextlib.redirect_stdout(io.StringIO()):
        make_data.main(directory.name)
    return directory, Root(directory.name)


class StandIn:
    """The three servers on one root. Only the API server listens, on a loopback port: remote worlds need it."""

    def __init__(self, root, output_type="structured_data_only", **variables):
        self.root = root
        faults = Faults(variables)
        self.server = AppServer(root, faults)
        self.apis = ApisListener(self.server)
        self.environment = EnvironmentListener(root, self.server, faults)
        self.mcp = McpListener(self.server, faults, output_type)
        self.listener = Listener(0, self.apis.answer, "apis", host="127.0.0.1", is_quiet=True)
        self.listener.start()
        self.url = f"http://127.0.0.1:{self.listener.server_port}"

    def close(self):
        self.listener.shutdown()
        self.listener.server_close()

    def post(self, path, **body):
        """Status and body of a request to the environment; what it raises is a 500."""
        request = Request("POST", path, {}, {"content-type": "application/json"}, json.dumps(body).encode())
        try:
            response = self.environment.answer(request)
        except Exception:
            return 500, None
        return response.status, json.loads(response.body)

    def output(self, path, **body):
        status, answer = self.post(path, **body)
        assert status == 200, (path, status, answer)
        return answer["output"]

    def initialize(self, task_id, experiment="test", remote=True, **more):
        if remote:
            more["remote_apis_url"] = self.url
        return self.output("/initialize", task_id=task_id, experiment_name=experiment, **more)

    def message(self, method, parameters=None, **headers):
        """The raw MCP answer."""
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters or {}}
        fields = {**ACCEPT, **{key.replace("_", "-"): value for key, value in headers.items()}}
        return self.mcp.answer(Request("POST", "/mcp/", {}, fields, json.dumps(body).encode()))

    def call(self, name, **arguments):
        """The result of a tool call."""
        data = b"".join(self.message("tools/call", {"name": name, "arguments": arguments}).pieces)
        return json.loads(data.decode().split("data: ", 1)[1])["result"]

    def play(self, agent, task_id, steps=None):
        """Lets a scripted agent do its part in a new world, and returns the verdict."""
        self.output("/close_all")
        self.initialize(task_id, experiment=agent)
        for step in AGENTS[agent][task_id][:steps]:
            for call in step:
                result = self.call(call["name"], **call["arguments"])
                assert not result["isError"], (call, result)
        self.output("/save", task_id=task_id)
        verdict = self.output("/evaluate", task_id=task_id)
        self.output("/close", task_id=task_id)
        return verdict
