"""A small server of tools over standard input and output, in nothing but Python's standard library.

It keeps notes for as long as it runs: notes__create, notes__list, supervisor__complete_task.
"""

import json
import sys

TOOLS = [
    {
        "name": "notes__create",
        "description": "Writes a note.",
        "inputSchema": {
            "type": "object",
            "properties": {"title": {"type": "string"}, "pinned": {"type": "boolean", "default": None}},
            "required": ["title"],
        },
    },
    {"name": "notes__list", "description": "Lists the notes.", "inputSchema": {"type": "object"}},
    {
        "name": "supervisor__complete_task",
        "description": "Says that the task is done.",
        "inputSchema": {"type": "object", "properties": {"answer": {"type": "string"}}},
    },
]
notes = []


def call(name, arguments):
    if name == "notes__create":
        if not isinstance(arguments.get("title"), str) or arguments.get("pinned", True) is None:
            return {"content": [{"type": "text", "text": "Input validation error"}], "isError": True}
        notes.append(arguments["title"])
        value = {"message": "Note created.", "note_id": len(notes)}
    elif name == "notes__list":
        value = notes
    elif name == "supervisor__complete_task":
        value = {"message": "Done.", "answer": arguments.get("answer")}
    else:
        return {"content": [{"type": "text", "text": repr(name)}], "isError": True}
    value = {"response": value}
    return {"content": [{"type": "text", "text": json.dumps(value)}], "structuredContent": value, "isError": False}


def answer(method, params):
    if method == "initialize":
        return {
            "protocolVersion": params["protocolVersion"],
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "notes", "version": "1"},
        }
    if method == "tools/list":
        return {"tools": TOOLS}
    if method == "tools/call":
        return call(params["name"], params.get("arguments") or {})
    return {}


for line in sys.stdin:
    message = json.loads(line)
    if "id" in message and "method" in message:
        result = answer(message["method"], message.get("params") or {})
        print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}), flush=True)
