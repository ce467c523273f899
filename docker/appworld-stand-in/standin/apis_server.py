"""The server of the apps' APIs (port 9000): routes, checks arguments and tokens, and keeps the states of tasks."""

import json
import re
import sqlite3
import threading
from urllib.parse import parse_qsl

from . import apps, validation
from .apps.api import ApiError, Context
from .apps.login import authenticate
from .http import Response
from .store import Store

BASE_TIME = "2023-05-18T12:00:00"
BASE_TASK = "_base_"
ROOT_PAGE = {
    "title": "AppWorld API Server",
    "description": "The API server of the stand-in: each app's APIs are below /{app_name}.",
    "disclaimer": "Routes outside of the apps are for administration, not for agents.",
    "available_apps": ["api_docs", *apps.APPS],
}
CONTROL_PATHS = frozenset({
    "/", "/app_descriptions", "/active/task", "/tasks", "/supervisors", "/date_time", "/seed",
    "/show_api_response_schemas"})


class AppServer:
    """The states of tasks, the current one of them, and who has logged out since the process started.

    The environment has one of its own for worlds that are not remote.
    """

    def __init__(self, root, faults):
        self.root = root
        self.faults = faults
        self.lock = threading.RLock()  # Protects everything below: calls are handled one at a time.
        self.stores = {}
        self.current = None
        self.task_id = BASE_TASK
        self.now = BASE_TIME
        self.logged_out = set()
        self.shows_schemas = True
        self.seed = 100
        self.reset_to_base()

    def reset_to_base(self):
        self.current, self.task_id, self.now = Store.base(self.root), BASE_TASK, BASE_TIME

    def activate(self, task_id, now, changes):
        """Makes a task's state the current one.

        A state that is there under the task's name is used as it is: nothing is reset, as in the original.
        """
        with self.lock:
            if task_id not in self.stores:
                if self.faults.leaks_state and self.stores:
                    self.stores[task_id] = self._leaking(task_id, changes)
                else:
                    self.stores[task_id] = Store.load(self.root, changes)
            self.current, self.task_id, self.now = self.stores[task_id], task_id, now

    def _leaking(self, task_id, changes):
        """The newest task's state under another supervisor: what a server that forgets to reset would have."""
        fresh = Store.load(self.root, changes)
        leaked = list(self.stores.values())[-1].copy()
        for model in ("supervisor.Supervisor", "supervisor.AccountPassword", "supervisor.Task"):
            for identifier in leaked.rows(model):
                leaked.delete(model, identifier)
            for record in fresh.find(model):
                leaked.insert(model, **record)
        return leaked

    def forget(self, task_id=None):
        """Closes the state of a task, or of all; calls fail until the next activation."""
        with self.lock:
            for name in [task_id] if task_id else list(self.stores):
                store = self.stores.pop(name, None)
                if store is None:
                    continue
                if store is self.current:
                    self.current = None
                store.close()

    def save(self, task_id, directory):
        with self.lock:
            self.stores[task_id].save(Store.base(self.root), directory)

    def save_if_known(self, task_id, directory):
        """Saves a task's state; one that has been closed leaves what was saved before."""
        if task_id in self.stores:
            self.save(task_id, directory)

    def reopen(self, task_id, now, directory):
        """Goes on with a closed task from what was saved of it."""
        with self.lock:
            self.stores[task_id] = Store.load(self.root, directory)
            self.current, self.task_id, self.now = self.stores[task_id], task_id, now

    def call(self, api, given, token=None):
        """Calls an API with arguments and returns its answer; raises ApiError for what the agent did wrong."""
        with self.lock:
            if self.current is None:
                raise sqlite3.ProgrammingError("Cannot operate on a closed database.")
            context = Context(api.app, self.current, self.now, self)
            if api.needs_login:
                authenticate(context, token)
            return api.call(context, validation.lenient(api.parameters, given))

    def call_tool(self, api, arguments):
        """Calls an API as a client library does: the token among the arguments; returns status and answer."""
        given = dict(arguments)
        if api.is_form:
            # Forms know texts only.
            given = {key: value if isinstance(value, str) else str(value) for key, value in given.items()}
        token = given.pop("access_token", None) if api.needs_login else None
        try:
            return 200, self.call(api, given, token)
        except ApiError as error:
            return error.status, {"message": error.message}


class ApisListener:
    """What port 9000 answers."""

    def __init__(self, server):
        self.server = server
        self.routes = [(re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", api.path) + "$"), api)
                       for app in apps.APPS.values() for api in app.values()]

    def answer(self, request):
        control = self._control(request)
        if control is not None:
            return control
        try:
            found = self._call(request)
            return found if isinstance(found, Response) else Response.json(found)
        except ApiError as error:
            return Response.json({"message": error.message}, error.status)

    def _call(self, request):
        fitting = [(match, api) for pattern, api in self.routes if (match := pattern.match(request.path))]
        parts = request.path.strip("/").split("/")
        if not fitting:
            if request.path.endswith("/") and any(pattern.match(request.path[:-1]) for pattern, _ in self.routes):
                return Response.redirect(request, request.path[:-1])
            if parts[0] not in ROOT_PAGE["available_apps"]:
                raise ApiError(404, f"No app named '{parts[0]}' found.")
            raise ApiError(404, f"No API named '{'/'.join(parts[1:])}' found in the {parts[0]} app.")
        for match, api in fitting:
            if api.method == request.method:
                scheme, _, token = request.header("authorization").partition(" ")
                token = token.strip() if scheme.lower() == "bearer" else None
                given = {**request.query, **match.groupdict()}
                return self.server.call(api, self._with_body(api, request, given), token)
        raise ApiError(405, "Method Not Allowed")

    @staticmethod
    def _with_body(api, request, given):
        if api.is_form:
            is_form = request.header("content-type").startswith("application/x-www-form-urlencoded")
            return {**given, **dict(parse_qsl(request.body.decode(), keep_blank_values=True))} if is_form else given
        if api.method in ("POST", "PATCH", "PUT") and request.body:
            try:
                body = json.loads(request.body)
            except ValueError as error:
                place = getattr(error, "pos", 0)
                raise ApiError(422, f"Validation error. Reason: \n{place}: JSON decode error") from None
            if not isinstance(body, dict):
                inside = [one.name for one in api.parameters if "{" + one.name + "}" not in api.path]
                missing = "\n".join(f"{name}: Field required" for name in inside)
                raise ApiError(422, f"Validation error. Reason: \n{missing}")
            return {**given, **body}
        return given

    def _control(self, request):
        """The administrative routes; None where the path is none of them."""
        server, key = self.server, (request.method, request.path)
        with server.lock:
            if key == ("GET", "/"):
                return Response.json(ROOT_PAGE)
            if key == ("GET", "/app_descriptions"):
                return Response.json("\n".join(f"{app}: {text}" for app, text in apps.DESCRIPTIONS.items()))
            if key == ("GET", "/active/task"):
                # The environment's initialize sets databases and time; it does not activate a task here.
                return Response.json({"task_id": BASE_TASK})
            if key == ("GET", "/tasks"):
                return Response.json(sorted(path.name for path in (server.root.data / "tasks").iterdir()))
            if key == ("GET", "/supervisors"):
                return Response.json([server.current.first("supervisor.Supervisor")] if server.current else [])
            if request.path.startswith("/activate/task/") and request.method == "POST":
                raise RuntimeError("this server does not activate tasks by itself: use the environment's /initialize")
            return self._settings(key, request)

    def _settings(self, key, request):
        server = self.server
        if key == ("GET", "/date_time"):
            return Response.json({"date_and_time": server.now})
        if key == ("POST", "/date_time"):
            server.now = json.loads(request.body)["date_and_time"]
            return Response.json({"date_and_time": server.now})
        if key == ("DELETE", "/date_time"):
            server.now = BASE_TIME
            return Response.json({"date_and_time": server.now})
        if key == ("POST", "/seed"):
            server.seed = json.loads(request.body)["seed"]
            return Response.json({"seed": server.seed})
        if key == ("GET", "/show_api_response_schemas"):
            return Response.json({"show_api_response_schemas": server.shows_schemas})
        if key == ("POST", "/show_api_response_schemas"):
            server.shows_schemas = bool(json.loads(request.body)["show_api_response_schemas"])
            return Response.json({"show_api_response_schemas": server.shows_schemas})
        if request.path.split("/")[1] == "dbs":
            return self._databases(key, request)
        return self._documents(request)

    def _databases(self, key, request):
        server = self.server
        if key == ("GET", "/dbs"):
            home = f":memory:task_output-{server.task_id}"
            return Response.json({app: home for app in ("admin", *ROOT_PAGE["available_apps"])})
        body = json.loads(request.body or b"{}")
        if key == ("POST", "/dbs"):
            server.activate(body["task_id"], body["date_and_time"], body["from"])
        elif key == ("POST", "/dbs/save"):
            server.save_if_known(body["task_id"], body["to"])
        elif key == ("DELETE", "/dbs/cache"):
            server.forget(body.get("task_id"))
        else:
            return Response.json({"message": "Method Not Allowed"}, 405)
        return Response.json(None)

    def _documents(self, request):
        parts = request.path.strip("/").split("/")
        if request.path in CONTROL_PATHS:
            return Response.json({"message": "Method Not Allowed"}, 405)
        if parts[0] not in apps.APPS or request.method != "GET":
            return None
        if len(parts) == 1:
            if not request.path.endswith("/"):
                return Response.redirect(request, f"/{parts[0]}/")
            return Response.json({"message": f"Hello from {parts[0]} app."})
        if parts[1:] == ["docs"]:
            return Response.text(f"<p>See /{parts[0]}/openapi.json.</p>", content_type="text/html; charset=utf-8")
        if parts[1:] == ["openapi.json"]:
            paths = {}
            for api in apps.APPS[parts[0]].values():
                paths.setdefault(api.path, {})[api.method.lower()] = {"summary": api.description}
            return Response.json({"openapi": "3.1.0", "info": {"title": parts[0], "version": "1"}, "paths": paths})
        return None


