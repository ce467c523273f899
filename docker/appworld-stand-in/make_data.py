#!/usr/bin/env python3
"""Writes the data of the stand-in below a root, in AppWorld's layout: base databases, tasks, data sets, API docs."""

import json
import sqlite3
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from standin import apps, documents  # noqa: E402
from standin.apps.supervisor import NOT_GIVEN  # noqa: E402
from standin.layout import DATABASE_VERSION, SUBSETS, Root  # noqa: E402
from standin.store import APPS, Store, models_of, table  # noqa: E402

ACCOUNT_APPS = ("contacts", "notes", "wallet")
TIME = "2023-05-18T12:00:00"
WRITTEN = "2023-05-02T09:30:00"


def base_store(base):
    """The world as it is before any task."""
    store, people = Store.empty(), base["people"]
    for key, person in people.items():
        shown = {name: person[name] for name in ("email", "first_name", "last_name")}
        for app in ACCOUNT_APPS:
            more = {"balance_cents": base["balance_cents"][key]} if app == "wallet" else {}
            store.insert(f"{app}.User", **shown, password=base["passwords"][key][app], **more)
    for note in base["notes"]:
        store.insert(
            "notes.Note", user_email=people[note["user"]]["email"], title=note["title"], content=note["content"],
            tags=json.dumps(note["tags"]), created_at=WRITTEN, updated_at=WRITTEN, pinned=0)
    for owner, other, relationship in base["contacts"]:
        person = people[other]
        store.insert(
            "contacts.Contact", user_email=people[owner]["email"], name=f"{person['first_name']} {person['last_name']}",
            email=person["email"], phone_number=person["phone_number"], relationship=relationship)
    for name, category, number in base["listings"]:
        store.insert("contacts.Listing", name=name, category=category, phone_number=number)
    for sender, receiver, cents, description in base["payments"]:
        store.insert(
            "wallet.Transaction", sender_email=people[sender]["email"], receiver_email=people[receiver]["email"],
            amount_cents=cents, description=description, created_at=WRITTEN)
    return store


def write_databases(store, directory):
    directory.mkdir(parents=True)
    for app in APPS:
        file = sqlite3.connect(directory / f"{app}.db")
        for model in models_of(app):
            found = store.connection.execute(f"SELECT * FROM {table(model)}")
            columns = ", ".join(f'"{column[0]}"' for column in found.description[1:])
            file.execute(f"CREATE TABLE {table(model)} (id INTEGER PRIMARY KEY, {columns})")
            marks = ", ".join("?" * len(found.description))
            file.executemany(f"INSERT INTO {table(model)} VALUES ({marks})", [tuple(row) for row in found])
        file.commit()
        file.close()
    (directory / "version.txt").write_text(DATABASE_VERSION + "\n")


def write_json(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def write_task(root, store, base, task, gold):
    """One task: its specs, its changes to the base, and as much ground truth as its mode says."""
    directory, person = root.task_directory(task["task_id"]), base["people"][task["supervisor"]]
    supervisor = {key: person[key] for key in ("first_name", "last_name", "email", "phone_number")}
    write_json(directory / "specs.json", {
        "instruction": task["instruction"], "supervisor": supervisor, "datetime": TIME,
        "db_version": DATABASE_VERSION, "canary_string": "gage appworld stand-in"})
    start = store.copy()
    start.insert("supervisor.Supervisor", **person)
    for app in ACCOUNT_APPS:
        start.insert("supervisor.AccountPassword", account_name=app,
                     password=base["passwords"][task["supervisor"]][app])
    start.insert("supervisor.Task", instruction=task["instruction"], status=None, answer=NOT_GIVEN)
    start.save(store, directory / "dbs")
    truth = directory / "ground_truth"
    write_json(truth / "answer.json", task["answer"])
    write_json(truth / "evaluation.json", {"tests": task["tests"]})
    write_json(truth / "metadata.json", {
        "mode": task["mode"], "difficulty": task["difficulty"], "num_apps": len(task["required_apps"]),
        "num_apis": len(task["required_apis"]), "num_api_calls": task["num_api_calls"]})
    write_json(truth / "test_data.json",
               [{"requirement": test["requirement"], "label": test["label"]} for test in task["tests"]])
    write_json(truth / "private_data.json", {})
    write_json(truth / "public_data.json", {})
    if task["mode"] != "minimal":
        write_json(truth / "required_apps.json", task["required_apps"])
        write_json(truth / "required_apis.json", task["required_apis"])
    if task["mode"] == "full":
        write_json(truth / "api_calls.json", gold)


def main(path):
    root = Root(path)
    base = json.loads((HERE / "base.json").read_text())
    tasks = json.loads((HERE / "tasks.json").read_text())["tasks"]
    gold = json.loads((HERE / "agents.json").read_text())["agents"]["gold"]
    store = base_store(base)
    write_databases(store, root.data / "base_dbs")
    for task in tasks:
        write_task(root, store, base, task, gold[task["task_id"]])
    (root.data / "datasets").mkdir()
    for subset in SUBSETS:
        lines = [task["task_id"] + "\n" for task in tasks if task["subset"] == subset]
        (root.data / "datasets" / f"{subset}.txt").write_text("".join(lines))
    for app, found in apps.APPS.items():
        docs = root.data / "api_docs"
        write_json(docs / "standard" / f"{app}.json", [documents.standard(api) for api in found.values()])
        write_json(docs / "function_calling" / f"{app}.json",
                   [documents.function_calling(api) for api in found.values()])
    (root.data / "version.txt").write_text(DATABASE_VERSION + "\n")
    print(f"{len(tasks)} tasks below {root.data}")


if __name__ == "__main__":
    main(sys.argv[1])
