"""Where things lie below a root, and what a task on disk says."""

import json
from dataclasses import dataclass
from pathlib import Path

# How much of its ground truth a task has on disk, from least to most.
MODES = ("minimal", "partial", "full")
SUBSETS = ("train", "dev", "test_normal", "test_challenge")
DATABASE_VERSION = "stand-in-1"


class Root:
    """A data root: `data` with tasks and databases, `experiments/outputs` with what worlds leave."""

    def __init__(self, path):
        self.path = Path(path)
        self.data = self.path / "data"
        self.outputs = self.path / "experiments" / "outputs"

    def task_directory(self, task_id):
        return self.data / "tasks" / task_id

    def world_directory(self, experiment, task_id):
        return self.outputs / checked_name(experiment) / "tasks" / checked_name(task_id)

    def subset(self, name):
        """The task ids of a data set, in its file's order."""
        text = (self.data / "datasets" / f"{checked_name(name)}.txt").read_text()
        return [line.strip() for line in text.splitlines() if line.strip()]


@dataclass
class Task:
    """What specs.json and the ground truth of one task say."""

    id: str
    instruction: str
    supervisor: dict
    datetime: str
    directory: Path
    metadata: dict

    @staticmethod
    def load(root, task_id, mode="minimal"):
        """Reads a task; one that is missing, or has less ground truth than asked for, raises."""
        directory = root.task_directory(checked_name(task_id))
        specs = json.loads((directory / "specs.json").read_text())
        if specs["db_version"] != DATABASE_VERSION:
            raise ValueError(f"task {task_id} is of database version {specs['db_version']}")
        metadata = json.loads((directory / "ground_truth" / "metadata.json").read_text())
        if MODES.index(mode) > MODES.index(metadata["mode"]):
            raise ValueError(f"task {task_id} was saved in mode {metadata['mode']}, not {mode}")
        return Task(
            task_id, specs["instruction"], specs["supervisor"], specs["datetime"], directory, metadata)

    def truth(self, name):
        """One JSON file of the ground truth."""
        return json.loads((self.directory / "ground_truth" / name).read_text())

    def summary(self):
        """What the environment answers about the task."""
        keys = ("first_name", "last_name", "email", "phone_number")
        return {
            "task_id": self.id,
            "instruction": self.instruction,
            "supervisor": {key: self.supervisor[key] for key in keys},
            "datetime": self.datetime,
        }


def checked_name(name):
    """A name that is used as one part of a path."""
    if not name or name in (".", "..") or "/" in name or "\0" in name:
        raise ValueError(f"{name!r} is no name of a directory")
    return name


def scenario_of(task_id):
    """The scenario of a task id, without a tag."""
    return task_id.split(":")[0].split("_")[0]
