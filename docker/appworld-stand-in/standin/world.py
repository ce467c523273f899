"""One world: a task being worked on, and the files that it leaves."""

import json
import shutil
import urllib.request

from .execution import Apis, Shell
from .layout import Task


class LocalStates:
    """The worlds' states when they are kept in the environment's own process."""

    def __init__(self, server):
        self.server = server

    def open(self, task, changes):
        self.server.forget()
        self.server.activate(task.id, task.datetime, changes)

    def restore(self, task, changes):
        self.open(task, changes)

    def save(self, task, directory):
        self.server.save(task.id, str(directory))

    def close(self, task):
        self.server.forget(task.id)

    def call(self, api, arguments):
        return self.server.call_tool(api, arguments)


class RemoteStates:
    """The worlds' states when an API server keeps them. One that cannot be reached raises."""

    def __init__(self, url, call):
        self.url = url.rstrip("/")
        self.call = call  # Of the server in this process: the same calls without the detour over its port.

    def open(self, task, changes):
        self._send("POST", "/dbs", task_id=task.id, date_and_time=task.datetime, **{"from": str(changes)})

    def restore(self, task, changes):
        # The API server goes on with the state that it has under the task's name.
        self.open(task, changes)

    def save(self, task, directory):
        self._send("POST", "/dbs/save", task_id=task.id, to=str(directory))

    def close(self, task):
        self._send("DELETE", "/dbs/cache", task_id=task.id)

    def _send(self, method, path, **body):
        request = urllib.request.Request(
            self.url + path, json.dumps(body).encode(), {"content-type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())


class World:
    """A task with its state, its shell and its output directory."""

    def __init__(self, root, states, options):
        self.root, self.states, self.options = root, states, options
        self.task = Task.load(root, options["task_id"], options["ground_truth_mode"])
        self.experiment = options["experiment_name"]
        self.directory = root.world_directory(self.experiment, self.task.id)
        apis = Apis(states.call, options["raise_on_failure"], options["raise_on_extra_parameters"],
                    options["max_api_calls_per_interaction"])
        self.shell = Shell(apis, options["timeout_seconds"], options["max_interactions"])
        states.open(self.task, self.task.directory / "dbs")
        self._prepare_directory()
        self.save()

    def _prepare_directory(self):
        shutil.rmtree(self.directory, ignore_errors=True)
        for name in ("dbs", "logs", "misc", "checkpoints", "version"):
            (self.directory / name).mkdir(parents=True, exist_ok=True)
        (self.directory / "version" / "code.txt").write_text("stand-in\n")
        (self.directory / "version" / "data.txt").write_text("stand-in-1\n")

    def execute(self, code):
        message = self.shell.execute(code, self.options["raise_on_unsafe_syntax"])
        self._save_or_leave_nothing()
        self.save_logs()
        return message

    def _save_or_leave_nothing(self):
        """The save after an interaction: of a closed world it leaves no state at all, as the original's does."""
        try:
            self.states.save(self.task, self.directory / "dbs")
        except KeyError:
            for file in (self.directory / "dbs").glob("*.jsonl"):
                file.unlink()

    def save(self):
        self.states.save(self.task, self.directory / "dbs")
        self.save_logs()

    def save_logs(self):
        (self.directory / "logs" / "environment_io.md").write_text(self.shell.log())
        (self.directory / "logs" / "api_calls.jsonl").touch()

    def save_state(self, name):
        self.states.save(self.task, self._checkpoint(name))
        return name

    def load_state(self, name):
        directory = self._checkpoint(name)
        if not directory.is_dir():
            raise FileNotFoundError(directory)
        self.states.restore(self.task, directory)

    def _checkpoint(self, name):
        if not name or "/" in name or name.startswith("."):
            raise ValueError(f"{name!r} is no name of a state")
        return self.directory / "checkpoints" / name


