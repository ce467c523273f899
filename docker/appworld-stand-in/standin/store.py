"""The state of all apps: one SQLite database in memory, made of base databases and a task's changes."""

import json
import sqlite3
import threading
from pathlib import Path

# Columns of each model; `id` is always the first.
MODELS = {
    "supervisor.Supervisor": ("id", "first_name", "last_name", "email", "phone_number", "birthday", "sex"),
    "supervisor.AccountPassword": ("id", "account_name", "password"),
    "supervisor.Task": ("id", "instruction", "status", "answer"),
    "notes.User": ("id", "email", "first_name", "last_name", "password"),
    "notes.Note": ("id", "user_email", "title", "content", "tags", "created_at", "updated_at", "pinned"),
    "contacts.User": ("id", "email", "first_name", "last_name", "password"),
    "contacts.Contact": ("id", "user_email", "name", "email", "phone_number", "relationship"),
    "contacts.Group": ("id", "user_email", "title"),
    "contacts.Listing": ("id", "name", "category", "phone_number"),
    "wallet.User": ("id", "email", "first_name", "last_name", "password", "balance_cents"),
    "wallet.Transaction": ("id", "sender_email", "receiver_email", "amount_cents", "description", "created_at"),
    "wallet.Request": ("id", "sender_email", "receiver_email", "amount_cents", "description", "status", "created_at"),
}
# Models that an agent changes by doing what every task asks for: no collateral damage.
IGNORED_MODELS = frozenset({"supervisor.Task"})
APPS = ("supervisor", "notes", "contacts", "wallet")

_base_lock = threading.Lock()
_base_stores = {}


def models_of(app):
    return [name for name in MODELS if name.split(".")[0] == app]


def table(model):
    return '"' + model.replace(".", "_") + '"'


class Store:
    """One state. Closing it makes every later use raise sqlite3.ProgrammingError."""

    def __init__(self):
        self.connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self.connection.row_factory = sqlite3.Row

    @staticmethod
    def empty():
        store = Store()
        for model, columns in MODELS.items():
            rest = ", ".join(f'"{name}"' for name in columns[1:])
            store.connection.execute(f"CREATE TABLE {table(model)} (id INTEGER PRIMARY KEY, {rest})")
        return store

    @staticmethod
    def base(root):
        """The base databases of a root, read once a process and copied."""
        with _base_lock:
            key = str(root.path)
            if key not in _base_stores:
                _base_stores[key] = Store._read_base(root.data / "base_dbs")
            return _base_stores[key].copy()

    @staticmethod
    def _read_base(directory):
        store = Store.empty()
        for app in APPS:
            file = sqlite3.connect(f"file:{directory / (app + '.db')}?mode=ro", uri=True)
            for model in models_of(app):
                rows = file.execute(f"SELECT * FROM {table(model)}").fetchall()
                marks = ", ".join("?" * len(MODELS[model]))
                store.connection.executemany(f"INSERT INTO {table(model)} VALUES ({marks})", rows)
            file.close()
        return store

    @staticmethod
    def load(root, changes):
        """The base with the changes of a directory; one that is missing or cut raises."""
        store = Store.base(root)
        for app in APPS:
            for line in (Path(changes) / f"{app}.jsonl").read_text().splitlines():
                statement, values, _ = json.loads(line)
                store.connection.execute(statement, values)
        return store

    def copy(self):
        other = Store()
        self.connection.backup(other.connection)
        return other

    def close(self):
        self.connection.close()

    def rows(self, model):
        """All records of a model by id."""
        return {row["id"]: dict(row) for row in self.connection.execute(f"SELECT * FROM {table(model)}")}

    def find(self, model, **values):
        """The records with these values, in order of their ids."""
        where = " AND ".join(f'"{key}" = ?' for key in values) or "1"
        query = f"SELECT * FROM {table(model)} WHERE {where} ORDER BY id"
        return [dict(row) for row in self.connection.execute(query, tuple(values.values()))]

    def first(self, model, **values):
        found = self.find(model, **values)
        return found[0] if found else None

    def insert(self, model, **values):
        """Adds a record under the next id, which it returns."""
        newest = self.connection.execute(f"SELECT MAX(id) FROM {table(model)}").fetchone()[0]
        record = {"id": (newest or 0) + 1, **values}
        names = ", ".join(f'"{name}"' for name in record)
        marks = ", ".join("?" * len(record))
        statement = f"INSERT INTO {table(model)} ({names}) VALUES ({marks})"
        self.connection.execute(statement, tuple(record.values()))
        return record["id"]

    def update(self, model, identifier, **values):
        sets = ", ".join(f'"{key}" = ?' for key in values)
        self.connection.execute(f"UPDATE {table(model)} SET {sets} WHERE id = ?", (*values.values(), identifier))

    def delete(self, model, identifier):
        self.connection.execute(f"DELETE FROM {table(model)} WHERE id = ?", (identifier,))

    def changes(self, start, model):
        """What was added, updated and removed since another state."""
        before, after = start.rows(model), self.rows(model)
        added = [after[key] for key in after if key not in before]
        removed = [before[key] for key in before if key not in after]
        updated = [after[key] for key in after if key in before and after[key] != before[key]]
        return {"added": added, "updated": updated, "removed": removed}

    def changed_models(self, start):
        """The models of all apps that differ from another state, but for those that every task changes."""
        names = (model for model in MODELS if model not in IGNORED_MODELS)
        return {model for model in names if any(self.changes(start, model).values())}

    def save(self, base, directory):
        """Writes the statements that lead from the base to this state, one file an app.

        The old files go first: a state that cannot be read any more leaves nothing.
        """
        directory = Path(directory)
        directory.mkdir(parents=True, exist_ok=True)
        for old in directory.glob("*.jsonl"):
            old.unlink()
        for app in APPS:
            lines = [json.dumps(line) for model in models_of(app) for line in self._statements(base, model)]
            (directory / f"{app}.jsonl").write_text("".join(line + "\n" for line in lines))

    def _statements(self, base, model):
        found = self.changes(base, model)
        for record in found["removed"]:
            yield [f"DELETE FROM {table(model)} WHERE id = ?", [record["id"]], False]
        for record in found["updated"]:
            sets = ", ".join(f'"{key}" = ?' for key in record)
            yield [f"UPDATE {table(model)} SET {sets} WHERE id = ?", [*record.values(), record["id"]], False]
        for record in found["added"]:
            names = ", ".join(f'"{key}"' for key in record)
            marks = ", ".join("?" * len(record))
            yield [f"INSERT INTO {table(model)} ({names}) VALUES ({marks})", list(record.values()), False]
