"""The command line: `serve …` and `evaluate …`, as the benchmark's own program has them."""

import argparse
import shlex
import signal
import sys
import threading
import time

from . import evaluation, mcp_server
from .apis_server import ApisListener, AppServer
from .environment_server import EnvironmentListener
from .faults import Faults
from .http import Listener
from .layout import SUBSETS, Root


def parser():
    top = argparse.ArgumentParser(prog="appworld")
    commands = top.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="start servers")
    kinds = serve.add_subparsers(dest="kind", required=True)
    multiple = kinds.add_parser("multiple", help="several servers in one process")
    for name in ("environment", "apis", "mcp"):
        multiple.add_argument(f"--{name}", help=f"the arguments of the {name} server, as one text")
    multiple.add_argument("--root", default=".")
    for name, port in (("environment", 8000), ("apis", 9000)):
        one = kinds.add_parser(name)
        one.add_argument("--port", type=int, default=port)
        one.add_argument("--root", default=".")
    mcp = kinds.add_parser("mcp")
    add_mcp_arguments(mcp)
    mcp.add_argument("--root", default=".")
    judge = commands.add_parser("evaluate", help="judge what worlds have saved")
    judge.add_argument("experiment")
    judge.add_argument("dataset", nargs="?")
    judge.add_argument("--task-id")
    judge.add_argument("--root", default=".")
    return top


def add_mcp_arguments(one):
    one.add_argument("transport", choices=["http"])
    one.add_argument("--port", type=int, default=10000)
    one.add_argument("--output-type", choices=mcp_server.OUTPUT_TYPES, default="both")
    one.add_argument("--app-names")
    one.add_argument("--remote-apis-url")


def port_of(text, default):
    one = argparse.ArgumentParser(prog="appworld serve")
    one.add_argument("--port", type=int, default=default)
    return one.parse_args(shlex.split(text)).port


def main(arguments):
    options = parser().parse_args(arguments)
    root = Root(options.root)
    if options.command == "evaluate":
        return evaluate(root, options)
    if not root.data.is_dir():
        print(f"appworld: {root.path} has no folder data", file=sys.stderr)
        return 1
    return serve(root, options)


def serve(root, options):
    """Starts the listeners and waits for a signal."""
    faults = Faults()
    time.sleep(faults.slow_start)
    server = AppServer(root, faults)
    if options.kind == "environment":
        options.environment = f"--port {options.port}"
    elif options.kind == "apis":
        options.apis = f"--port {options.port}"
    if getattr(options, "environment", None) is not None:
        listener = EnvironmentListener(root, server, faults)
        start(port_of(options.environment, 8000), listener, "environment")
    if getattr(options, "apis", None) is not None:
        start(port_of(options.apis, 9000), ApisListener(server), "apis")
    mcp = mcp_options(options)
    if mcp is not None:
        start(mcp.port, mcp_server.McpListener(server, faults, mcp.output_type), "mcp")
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()
    return 0


def mcp_options(options):
    if options.kind == "mcp":
        return options
    if getattr(options, "mcp", None) is None:
        return None
    one = argparse.ArgumentParser(prog="appworld serve mcp")
    add_mcp_arguments(one)
    return one.parse_args(shlex.split(options.mcp))


def start(port, listener, name):
    server = Listener(port, listener.answer, name)
    server.start()
    print(f"{name} listens on port {server.server_port}", flush=True)


def evaluate(root, options):
    """Judges one task or a data set, and leaves the judgement in the experiment's folder."""
    if (options.dataset is None) == (options.task_id is None):
        print("appworld evaluate: say a data set or --task-id, one of them", file=sys.stderr)
        return 2
    try:
        if options.task_id:
            name, task_ids = f"on_only_{options.task_id}", [options.task_id]
            print("Note: scenario goal completion of one task is its task goal completion.", file=sys.stderr)
        elif options.dataset in SUBSETS:
            name, task_ids = options.dataset, root.subset(options.dataset)
        else:
            print(f"appworld evaluate: no data set named {options.dataset}: {', '.join(SUBSETS)}", file=sys.stderr)
            return 1
        result = evaluation.evaluate_tasks(root, options.experiment, task_ids)
    except (OSError, ValueError) as error:
        print(f"appworld evaluate: {error}", file=sys.stderr)
        return 1
    print(evaluation.write_evaluation(root, options.experiment, name, result), end="")
    return 0
