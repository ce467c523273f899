"""A server of tools made with the official Python package, for tests of the client.

usage: server.py stdio | http [--stateless] [--json] | sse

Over HTTP it listens on a free port of 127.0.0.1 and prints its address, one line, to standard output.
"""

import argparse
import asyncio
import os
import socket
import sys

try:
    from mcp.server import MCPServer as Server
    from mcp.server.mcpserver import Context

    NEWEST = True
except ImportError:
    from mcp.server.fastmcp import Context, FastMCP as Server

    NEWEST = False

server = Server("test-server")
seen = {"cancelled": 0}


@server.tool()
def add(a: int, b: int = 2) -> int:
    """Adds two numbers."""
    return a + b


@server.tool()
def describe(name: str) -> dict[str, str]:
    """Describes a name as a value."""
    return {"response": name}


@server.tool()
def big(size: int) -> str:
    """Answers with a long text."""
    return "x" * size


@server.tool()
def fail() -> str:
    """Always fails."""
    raise ValueError("it went wrong")


@server.tool()
async def slow(seconds: float, ctx: Context) -> str:
    """Takes its time and says how far it is."""
    try:
        for step in range(1, 4):
            await ctx.report_progress(step, 3, f"step {step}")
            await asyncio.sleep(seconds / 3)
    except asyncio.CancelledError:
        seen["cancelled"] += 1
        raise
    return "done"


@server.tool()
def cancelled() -> int:
    """How many slow calls were cancelled."""
    return seen["cancelled"]


@server.tool()
def environment(name: str) -> str:
    """A variable of the server's environment."""
    return os.environ.get(name, "")


@server.tool()
def die(words: str) -> str:
    """Ends the server in the middle of the call."""
    sys.stderr.write(words + "\n")
    sys.stderr.flush()
    os._exit(3)


def serve(app):
    import uvicorn

    # Named, because asyncio switches Nagle off only for what says that it is TCP.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listener])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("transport", choices=["stdio", "http", "sse"])
    parser.add_argument("--stateless", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.transport == "stdio":
        server.run("stdio")
    elif options.transport == "sse":
        serve(server.sse_app())
    elif NEWEST:
        serve(server.streamable_http_app(stateless_http=options.stateless, json_response=options.json))
    else:
        server.settings.stateless_http = options.stateless
        server.settings.json_response = options.json
        serve(server.streamable_http_app())


main()
