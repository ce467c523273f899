"""Judges a state by the tests that a task declares, and adds tasks up as the benchmark does."""

import json
import re

from .layout import Task, scenario_of
from .store import Store

UNITS = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
         "seventeen eighteen nineteen").split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
RULE = "─" * 80


def number_of_words(text):
    """The number that English words below one hundred say, or None."""
    words = text.lower().replace("-", " ").split()
    if len(words) == 1 and words[0] in UNITS:
        return UNITS.index(words[0])
    if words and words[0] in TENS:
        tens = 20 + 10 * TENS.index(words[0])
        if len(words) == 1:
            return tens
        if len(words) == 2 and words[1] in UNITS[1:10]:
            return tens + UNITS.index(words[1])
    return None


def normalized(answer):
    """An answer as it is compared: nothing, lists, numbers and texts each in one form."""
    if answer is None or (isinstance(answer, str) and not answer.strip()):
        return "null"
    if isinstance(answer, list):
        return " | ".join(sorted(normalized(one) for one in answer))
    text = str(answer).strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1].strip()
    words = number_of_words(text)
    if words is not None:
        return str(words)
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", text):
        number = float(text)
        return str(int(number)) if number.is_integer() else f"{number:.2f}"
    return " ".join(text.lower().split())


def _set_text(values):
    return "{" + ", ".join(repr(one) for one in sorted(values)) + "}" if values else "set()"


def _difference(left, right):
    """The lines that say what only one side has."""
    only_left = sorted((one for one in left if one not in right), key=str)
    only_right = sorted((one for one in right if one not in left), key=str)
    said = [f"\n\nIn left but not right:\n{only_left!r}"] if only_left else []
    return "".join(said + ([f"\n\nIn right but not left:\n{only_right!r}"] if only_right else []))


class Checks:
    """The kinds of tests that a task can declare. Each returns None, or what is wrong."""

    def __init__(self, task, start, end):
        self.task, self.start, self.end = task, start, end

    def answer(self, test):
        found = normalized(self.end.first("supervisor.Task")["answer"])
        wanted = normalized(self.task.truth("answer.json"))
        return None if found == wanted else f"{found!r} == {wanted!r}"

    def changed_models(self, test):
        found, wanted = self.end.changed_models(self.start), set(test["equals"])
        if found == wanted:
            return None
        return f"{_set_text(found)} == {_set_text(wanted)}{_difference(found, wanted)}"

    def change_counts(self, test):
        found = self.end.changes(self.start, test["model"])
        for kind in ("added", "updated", "removed"):
            if len(found[kind]) != test.get(kind, 0):
                return f"{len(found[kind])} == {test.get(kind, 0)}"
        return None

    def field(self, test):
        records = self.end.changes(self.start, test["model"])[test["records"]]
        found = sorted((record[test["field"]] for record in records), key=str)
        wanted = sorted(test["equals"], key=str)
        return None if found == wanted else f"{found!r} == {wanted!r}{_difference(found, wanted)}"


def evaluate(task, start, end):
    """The benchmark's judgement of an end state."""
    checks, passes, failures = Checks(task, start, end), [], []
    for test in task.truth("evaluation.json")["tests"]:
        wrong = getattr(checks, test["check"])(test)
        shown = {"requirement": test["requirement"], "label": test["label"]}
        if wrong is None:
            passes.append(shown)
        else:
            source = json.dumps({key: value for key, value in test.items() if key != "label"}, indent=4)
            trace = f"```json\n{source}\n```\n----------\nAssertionError:  {wrong}"
            failures.append({"requirement": test["requirement"], "trace": trace, "label": test["label"]})
    return {
        "success": not failures, "difficulty": task.metadata["difficulty"], "num_tests": len(passes) + len(failures),
        "passes": passes, "failures": failures,
    }


def report(result):
    """The judgement as a text for people."""
    def headline(title):
        return f" {title} ".center(80, "─")

    lines = [headline("Overall Stats"), f"Num Passed Tests : {len(result['passes'])}",
             f"Num Failed Tests : {len(result['failures'])}", f"Num Total  Tests : {result['num_tests']}"]
    lines.append(headline("Passes"))
    for one in result["passes"]:
        lines += [">> Passed Requirement", one["requirement"]]
    lines += [] if result["passes"] else ["None"]
    lines.append(headline("Fails"))
    for one in result["failures"]:
        lines += [">> Failed Requirement", one["requirement"], one["trace"]]
    lines += [] if result["failures"] else ["None"]
    return "\n".join(lines) + "\n"


def states_on_disk(root, task, experiment):
    """The start state of a task, and the end state that a world has saved; raises where none is."""
    end = Store.load(root, root.world_directory(experiment, task.id) / "dbs")
    return Store.load(root, task.directory / "dbs"), end


def percent(values):
    """A mean in percent, rounded twice as the benchmark does."""
    return round(100 * round(sum(values) / len(values), 4), 1) if values else 0.0


def aggregate(results):
    """Task and scenario goal completion of judged tasks."""
    scenarios = {}
    for task_id, result in results.items():
        scenarios.setdefault(scenario_of(task_id), []).append(int(result["success"]))
    return {
        "task_goal_completion": percent([int(result["success"]) for result in results.values()]),
        "scenario_goal_completion": percent([min(found) for found in scenarios.values()]),
    }


def evaluate_tasks(root, experiment, task_ids):
    """Judges saved worlds; `individual` keeps the order of the ids."""
    individual = {}
    for task_id in task_ids:
        task = Task.load(root, task_id)
        individual[task_id] = evaluate(task, *states_on_disk(root, task, experiment))
    return {"aggregate": aggregate(individual), "individual": individual}


def write_evaluation(root, experiment, name, result):
    """Leaves the judgement where the benchmark's command line does."""
    directory = root.outputs / experiment / "evaluations"
    directory.mkdir(parents=True, exist_ok=True)
    (directory / f"{name}.json").write_text(json.dumps(result, indent=4) + "\n")
    rows = [("task_goal_completion", "scenario_goal_completion"),
            tuple(str(result["aggregate"][key]) for key in ("task_goal_completion", "scenario_goal_completion"))]
    table = "\n".join("  ".join(cell.ljust(24) for cell in row).rstrip() for row in rows) + "\n"
    (directory / f"{name}.txt").write_text(table)
    for task_id, one in result["individual"].items():
        leaf = root.world_directory(experiment, task_id) / "evaluation"
        leaf.mkdir(parents=True, exist_ok=True)
        (leaf / "report.md").write_text(report(one))
        (leaf / "version.txt").write_text("stand-in\n")
    return table
