"""Runs the code of code agents: Python of one interaction after the other in one name space.

This is the real language, checked against a list of what agents may not use. The check is a courtesy to agents
that err; the walls against those that mean harm are the container's.
"""

import ast
import builtins
import ctypes
import io
import json
import linecache
import threading
import traceback
from contextlib import redirect_stdout

from . import apps, documents
from .apps.api import ApiError

SOURCE = "<python-input>"
FORBIDDEN = {
    "builtins": ("exit", "quit", "breakpoint", "open"), "time": ("sleep",), "json": ("dump", "load"),
    "os": ("system", "kill", "remove", "unlink", "rmdir", "rename", "fork", "_exit", "putenv", "chmod", "chown",
           "removedirs", "replace", "truncate", "chdir", "open", "read", "write", "walk"),
    "io": ("open", "FileIO"), "csv": ("reader", "writer", "DictReader", "DictWriter"),
}
FORBIDDEN_PATHS = {f"{module}.{name}" for module, names in FORBIDDEN.items() for name in names}
ALLOWED_MODULES = frozenset(
    "array bisect builtins calendar collections contextlib copy csv dataclasses datetime decimal difflib email enum "
    "fractions functools hashlib heapq inspect io itertools json math numbers operator os pathlib pprint random re "
    "string textwrap time typing unittest uuid".split())


class TimeIsUp(Exception):
    """The code has run for too long."""


def refusal(code):
    """What the code uses though it may not, in the environment's words; None if there is nothing, or no syntax."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError):
        return None
    modules = {alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import)
               for alias in node.names}
    modules |= {node.module.split(".")[0] for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom) and node.module}
    foreign = sorted(modules - ALLOWED_MODULES)
    if foreign:
        return _refused("module", foreign)
    used = sorted(_called_paths(tree) & FORBIDDEN_PATHS)
    return _refused("function", used) if used else None


def _refused(kind, names):
    listed = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
    return f"Usage of the following {kind}{'' if len(names) == 1 else 's'} is not allowed: {listed}."


def _called_paths(tree):
    """The dotted names that code uses, imports followed, bare ones taken for built-ins."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(names.get(node.id, f"builtins.{node.id}"))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.add(f"{names.get(node.value.id, node.value.id)}.{node.attr}")
    return found


class ApisOfApp:
    """`apis.notes`: looks an API up by name."""

    def __init__(self, owner, app):
        self._owner, self._app = owner, app

    def __getattr__(self, name):
        if self._app == "api_docs":
            found = documents.API_DOCS.get(name)
        else:
            found = apps.find(self._app, name)
        if found is None:
            raise Exception(f"No API named '{name}' found in the {self._app} app.")
        return self._owner.document(found) if callable(found) else self._owner.function(found)

    __getitem__ = __getattr__


class Apis:
    """`apis`: looks an app up by name. `call(api, arguments)` returns status and answer."""

    def __init__(self, call, raises_on_failure, raises_on_extra, maximum_calls):
        self._call, self._raises, self._strict = call, raises_on_failure, raises_on_extra
        self._maximum = maximum_calls
        self.count = 0

    def __getattr__(self, app):
        if app not in apps.APPS and app != "api_docs":
            raise Exception(f"No app named '{app}' found.")
        return ApisOfApp(self, app)

    __getitem__ = __getattr__

    def document(self, function):
        """A function of the api_docs app, which refuses as the others do."""
        def call(**arguments):
            try:
                return function(**arguments)
            except ApiError as error:
                return self._refused(error.status, {"message": error.message})

        return call

    def _refused(self, status, answer):
        if not self._raises:
            return answer
        body = json.dumps(answer, separators=(",", ":"), ensure_ascii=False)
        raise Exception(f"Response status code is {status}:\n{body}")

    def function(self, api):
        allowed = [one.name for one in api.all_parameters()]

        def call(**arguments):
            for name in arguments if self._strict else ():
                if name not in allowed:
                    raise Exception(f"Unexpected parameter '{name}' passed to the {api.name} API of the {api.app} app. "
                                    f"Allowed parameters are: {allowed!r}")
            self.count += 1
            if self.count > self._maximum:
                raise Exception(f"Number of requests exceeded the limit of {self._maximum}. "
                                "This potentially means that you have an infinite loop in your code.")
            status, answer = self._call(api, arguments)
            return self._refused(status, answer) if status >= 400 else answer

        return call


class Shell:
    """One world's name space and its interactions so far."""

    def __init__(self, apis, seconds, maximum_interactions):
        self.apis, self.seconds, self.maximum = apis, seconds, maximum_interactions
        self.interactions = []
        self.count = 0
        self.names = {"__name__": "__main__", "apis": apis, "print": _print, "input": _input, "json": json}

    def execute(self, code, checked=True):
        """Runs code and returns what the agent gets to see."""
        self.apis.count = 0
        self.count += 1
        message = self._message(code.strip(), checked)
        self.interactions.append((code.strip(), message.rstrip()))
        return message

    def _message(self, code, checked):
        refused = refusal(code) if checked else None
        if refused:
            return f"Execution failed. Traceback:\n{refused}"
        if self.count > self.maximum:
            code = f'raise Exception(f"Maximum number of executions ({self.maximum}) reached.")'
        try:
            compiled = compile(code, SOURCE, "exec")
        except SyntaxError as error:
            line = (error.text or "").rstrip()
            return f"Execution failed. Traceback:\nSyntax error in line:\n{line}\nMessage: {error.msg}"
        except ValueError as error:
            return f"Execution failed. Traceback:\n{error}"
        if not code:
            return "No code available to execute."
        linecache.cache[SOURCE] = (len(code), None, code.splitlines(keepends=True), SOURCE)
        output = io.StringIO()
        try:
            with redirect_stdout(output), Deadline(self.seconds):
                exec(compiled, self.names)
        except BaseException as error:
            return "Execution failed. Traceback:\n" + self._trace(error)
        return output.getvalue() or "Execution successful."

    def _trace(self, error):
        """The frames of the agent's own code, and the error."""
        if isinstance(error, TimeIsUp):
            error = Exception(f"Execution timed out after {self.seconds} seconds.").with_traceback(error.__traceback__)
        extracted = traceback.extract_tb(error.__traceback__)
        frames = [frame for frame in extracted if frame.filename == SOURCE]
        if extracted and extracted[-1].name == "_input":
            # To the agent, input is a part of the code that ran before its own.
            frames.append(traceback.FrameSummary(SOURCE, 34, "input", line=extracted[-1].line))
        lines = traceback.StackSummary.from_list(frames).format()
        return "".join(lines + traceback.format_exception_only(error)).rstrip("\n")

    def log(self):
        """The interactions as the log file shows them."""
        parts = []
        for number, (code, output) in enumerate(self.interactions, 1):
            parts.append(f"\n### Environment Interaction {number}\n{'-' * 76}\n```python\n{code}\n```\n\n"
                         f"```\n{output}\n```\n\n")
        return "".join(parts)


class Deadline:
    """Raises TimeIsUp in the thread that entered, after so many seconds; None waits for ever."""

    def __init__(self, seconds):
        self.timer = None
        if seconds is not None:
            thread = ctypes.c_ulong(threading.get_ident())
            raising = (thread, ctypes.py_object(TimeIsUp))
            self.timer = threading.Timer(seconds, ctypes.pythonapi.PyThreadState_SetAsyncExc, raising)
            self.timer.daemon = True

    def __enter__(self):
        if self.timer:
            self.timer.start()

    def __exit__(self, *_):
        if self.timer:
            self.timer.cancel()


def _print(*values, **options):
    """Prints one list, tuple or dictionary as JSON, all else as usual."""
    if not options and len(values) == 1 and isinstance(values[0], (list, tuple, dict)):
        short = json.dumps(values[0])
        builtins.print(short if len(short) < 100 else json.dumps(values[0], indent=1))
    else:
        builtins.print(*values, **options)


def _input(*_, **__):
    raise Exception("input(..) is not allowed. All decisions must be made autonomously.")
