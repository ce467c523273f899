"""The environment server (port 8000): one world at a time, its code, checkpoints and evaluation."""

import re
import threading

from . import bodies, documents, evaluation
from .apis_server import AppServer
from .apps import find
from .http import Response
from .layout import MODES, Task
from .store import Store
from .world import LocalStates, RemoteStates, World

WELCOME = "Welcome to AppWorld Server! Checkout /redoc or /docs for FastAPI documentation of this Server."
INITIALIZE = {
    "experiment_name": ("string", "default"), "remote_apis_url": ("string?", None),
    "remote_environment_url": ("string?", None), "remote_mcp_url": ("string?", None),
    "remote_docker": ("boolean", False), "max_interactions": ("integer", 1000),
    "max_api_calls_per_interaction": ("integer", 1000), "raise_on_unsafe_syntax": ("boolean", True),
    "raise_on_unsafe_execution": ("boolean", True), "load_ground_truth": ("boolean", True),
    "ground_truth_mode": (("full", "partial", "minimal"), "minimal"), "raise_on_failure": ("boolean", True),
    "random_seed": ("integer?", 100), "timeout_seconds": ("integer?", 100),
    "show_api_response_schemas": ("boolean", True), "gc_threshold": ("integer?", 500000),
    "include_direct_functions": ("boolean", False), "direct_function_separator": ("string", "__"),
    "raise_on_extra_parameters": ("boolean", True), "import_utils": ("boolean", False),
    "parse_datetimes": ("boolean", False), "allow_datetime_change": ("boolean", False),
    "add_login_shortcut": ("boolean", False), "wrap_response": ("boolean", False),
    "unwrap_response": ("boolean", False), "munchify_response": ("boolean", False),
    "task_id": ("string", ...),
}
ONE_TASK = {"task_id": ("string", ...)}
ONE_STATE = {**ONE_TASK, "state_id": ("string", ...)}
assert set(INITIALIZE["ground_truth_mode"][0]) == set(MODES)


class Refusal(Exception):
    """A request that does not fit the active world."""


class EnvironmentListener:
    """What port 8000 answers."""

    def __init__(self, root, remote_server, faults):
        self.root, self.faults = root, faults
        self.local = AppServer(root, faults)
        self.remote = remote_server
        self.lock = threading.Lock()  # One request at a time; never held by the API server's threads.
        self.world = None
        # End states by task that an evaluation has read; they stay until everything is closed.
        self.read_states = {}
        self.posts = {
            "/initialize": (self.initialize, INITIALIZE, bodies.model),
            "/execute": (self.execute, {**ONE_TASK, "code": ("string", ...)}, bodies.fields),
            "/batch_execute": (self.batch_execute, {**ONE_TASK, "codes": ("string[]", ...)}, bodies.fields),
            "/close": (self.close, ONE_TASK, bodies.fields),
            "/close_all": (self.close_all, {}, bodies.fields),
            "/evaluate": (self.evaluate, {
                **ONE_TASK, "suppress_errors": ("boolean", True), "report": ("boolean", False),
                "experiment_name": ("string?", None)}, bodies.fields),
            "/evaluate_all": (self.evaluate_all, {
                "task_ids": ("string[]", ...), "experiment_name": ("string", ...),
                "suppress_errors": ("boolean", True), "include_details": ("boolean", True)}, bodies.fields),
            "/save": (self.save, ONE_TASK, bodies.fields),
            "/save_logs": (self.save_logs, ONE_TASK, bodies.fields),
            "/save_state": (self.save_state, ONE_STATE, bodies.fields),
            "/load_state": (self.load_state, ONE_STATE, bodies.fields),
            "/task_completed": (self.task_completed, ONE_TASK, bodies.fields),
        }
        self.gets = {
            "/": lambda: Response.json({"message": WELCOME}),
            "/api_docs": lambda: Response.json(documents.all_standard()),
            "/openapi.json": self._openapi,
            "/docs": lambda: Response.text("<p>See /openapi.json.</p>", content_type="text/html; charset=utf-8"),
            "/playground": lambda: Response.text("<p>No playground.</p>", content_type="text/html; charset=utf-8"),
        }

    def answer(self, request):
        with self.lock:
            try:
                return self._route(request)
            except bodies.BadBody as error:
                return error.response
            except Refusal as error:
                return Response.json({"detail": str(error)}, 400)

    def _route(self, request):
        path = request.path
        task = re.fullmatch(r"/tasks/([^/]+)", path)
        allowed = "POST" if path in self.posts else "GET" if path in self.gets or task else None
        if allowed is None:
            bare = path.rstrip("/")
            if path != "/" and path.endswith("/") and (bare in self.posts or bare in self.gets):
                return Response.redirect(request, bare)
            return Response.json({"detail": "Not Found"}, 404)
        if request.method != allowed:
            return Response.json({"detail": "Method Not Allowed"}, 405, {"allow": allowed})
        if task:
            return Response.json({"output": Task.load(self.root, task[1]).summary()})
        if allowed == "GET":
            return self.gets[path]()
        handler, declared, read = self.posts[path]
        return Response.json({"output": handler(**(read(request, declared) if declared else {}))})

    def _openapi(self):
        paths = {path: {"post": {}} for path in self.posts} | {path: {"get": {}} for path in self.gets}
        return Response.json({"openapi": "3.1.0", "info": {"title": "AppWorld Environment Server"}, "paths": paths})

    def _active(self, task_id):
        if self.world is None:
            raise Refusal("AppWorld has not been initialized.")
        if self.world.task.id != task_id:
            raise Refusal(f"The active task world is {self.world.task.id}. "
                          f"But you have requested to operate on {task_id}")
        return self.world

    def initialize(self, **options):
        if self.faults.fails_initialize(options["task_id"]):
            raise RuntimeError("this initialize was asked to fail")
        url = options["remote_apis_url"]
        states = RemoteStates(url, self.remote.call_tool) if url else LocalStates(self.local)
        # The world before is forgotten only once the task is known to load.
        Task.load(self.root, options["task_id"], options["ground_truth_mode"])
        self._forget_local()
        self.world = World(self.root, states, options)
        return self.world.task.summary()

    def _forget_local(self):
        self.local.forget()
        self._forget_read()

    def _forget_read(self):
        for store in self.read_states.values():
            store.close()
        self.read_states.clear()

    def execute(self, task_id, code):
        return self._active(task_id).execute(code)

    def batch_execute(self, task_id, codes):
        world = self._active(task_id)
        return [world.execute(code) for code in codes]

    def close(self, task_id):
        world = self._active(task_id)
        world.states.close(world.task)
        if store := self.read_states.pop(task_id, None):
            store.close()

    def close_all(self):
        self._forget_local()
        self.world = None

    def evaluate(self, task_id, suppress_errors, report, experiment_name):
        if experiment_name is None:
            experiment_name = self._active(task_id).experiment
        task = Task.load(self.root, task_id)
        result = evaluation.evaluate(task, self._start(task), self._end(task, experiment_name))
        return evaluation.report(result) if report else result

    def _start(self, task):
        return Store.load(self.root, task.directory / "dbs")

    def _end(self, task, experiment):
        """The live state of a local world; else the one on disk, read once and kept, however it changes later."""
        if task.id in self.local.stores:
            return self.local.stores[task.id]
        directory = self.root.world_directory(experiment, task.id) / "dbs"
        if self.world and self.world.task.id == task.id and isinstance(self.world.states, LocalStates):
            # A closed local world is open again once its saved state has been read.
            self.local.reopen(task.id, task.datetime, directory)
            return self.local.stores[task.id]
        if task.id not in self.read_states:
            self.read_states[task.id] = Store.load(self.root, directory)
        return self.read_states[task.id]

    def evaluate_all(self, task_ids, experiment_name, suppress_errors, include_details):
        if self.local.stores or self.read_states:
            raise RuntimeError("a state is open: close_all first")
        if not include_details or not task_ids:
            raise RuntimeError("the original breaks without details, and without tasks")
        return evaluation.evaluate_tasks(self.root, experiment_name, task_ids)

    def save(self, task_id):
        self._active(task_id).save()

    def save_logs(self, task_id):
        self._active(task_id).save_logs()

    def save_state(self, task_id, state_id):
        return self._active(task_id).save_state(state_id)

    def load_state(self, task_id, state_id):
        world = self._active(task_id)
        self._forget_read()
        world.load_state(state_id)

    def task_completed(self, task_id):
        world = self._active(task_id)
        status, task = world.states.call(find("supervisor", "show_active_task"), {})
        return task["status"] in ("success", "fail")
