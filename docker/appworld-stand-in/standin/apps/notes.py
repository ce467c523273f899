"""Notes: titles, contents, tags."""

import json

from .api import MESSAGE, Api, ApiError, Parameter, integer, page, page_parameters, text
from .login import login_apis

DESCRIPTION = "A note-taking app to write, find, change and delete notes."
NOTE = {"note_id": "integer", "title": "string", "tags": ["string"], "created_at": "string", "updated_at": "string",
        "pinned": "boolean"}


def _own(context, identifier):
    note = context.store.first("notes.Note", id=identifier)
    if note is None:
        raise ApiError(409, f"The note with id {identifier} does not exist.")
    if note["user_email"] != context.user["email"]:
        raise ApiError(403, f"You are not authorized to access the note with id {identifier}.")
    return note


def _head(note):
    return {
        "note_id": note["id"], "title": note["title"], "tags": json.loads(note["tags"]),
        "created_at": note["created_at"], "updated_at": note["updated_at"], "pinned": bool(note["pinned"]),
    }


def search_notes(context, values):
    words = values["query"].lower().split()
    own = context.store.find("notes.Note", user_email=context.user["email"])
    found = [note for note in own if all(word in f"{note['title']} {note['content']}".lower() for word in words)]
    return [_head(note) for note in page(found, values)]


def show_note(context, values):
    note = _own(context, values["note_id"])
    head = _head(note)
    return {"note_id": head["note_id"], "title": head["title"], "content": note["content"],
            **{key: head[key] for key in ("tags", "created_at", "updated_at", "pinned")}}


def create_note(context, values):
    identifier = context.store.insert(
        "notes.Note", user_email=context.user["email"], title=values["title"], content=values["content"],
        tags=json.dumps(values["tags"] or []), created_at=context.now, updated_at=context.now,
        pinned=int(values["pinned"]))
    return {"message": "Note created.", "note_id": identifier}


def update_note(context, values):
    note = _own(context, values["note_id"])
    given = {key: values[key] for key in ("title", "content") if values[key] is not None}
    if values["tags"] is not None:
        given["tags"] = json.dumps(values["tags"])
    if values["pinned"] is not None:
        given["pinned"] = int(values["pinned"])
    context.store.update("notes.Note", note["id"], **given, updated_at=context.now)
    return {"message": "Note updated."}


def delete_note(context, values):
    context.store.delete("notes.Note", _own(context, values["note_id"])["id"])
    return {"message": "Note deleted."}


def _identifier():
    return integer("note_id", "The id of the note.")


APIS = (
    *login_apis("notes"),
    Api("notes", "search_notes", "GET", "/notes/notes", "Search your notes, or list them all.", search_notes, [NOTE],
        (text("query", "Words that the note must have; empty for all.", default=""), *page_parameters()),
        needs_login=True),
    Api("notes", "show_note", "GET", "/notes/notes/{note_id}", "Show a note with its content.", show_note,
        {**NOTE, "content": "string"}, (_identifier(),), needs_login=True),
    Api("notes", "create_note", "POST", "/notes/notes", "Create a note.", create_note,
        {**MESSAGE, "note_id": "integer"},
        (text("title", "The title of the note.", minimum_length=1), text("content", "The content of the note."),
         Parameter("tags", ("array",), "Tags of the note.", default=None),
         Parameter("pinned", ("boolean",), "Whether to pin the note.", default=False)), needs_login=True),
    Api("notes", "update_note", "PATCH", "/notes/notes/{note_id}", "Change a note; what is left out stays.",
        update_note, MESSAGE,
        (_identifier(), text("title", "The new title.", default=None),
         text("content", "The new content.", default=None),
         Parameter("tags", ("array",), "The new tags.", default=None),
         Parameter("pinned", ("boolean",), "Whether to pin the note.", default=None)), needs_login=True),
    Api("notes", "delete_note", "DELETE", "/notes/notes/{note_id}", "Delete a note.", delete_note, MESSAGE,
        (_identifier(),), needs_login=True),
)
