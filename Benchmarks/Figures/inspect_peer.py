"""inspect_ai as a comparator: an interpreter that has it is named by GAGE_INSPECT_PYTHON."""
import json, os, subprocess

import measure

PYTHON = os.environ.get("GAGE_INSPECT_PYTHON")
TASKS = os.path.join(measure.ROOT, "Benchmarks/Figures/peers/inspect_tasks.py")
# What its command does, without a wrapper script that would have to be found.
COMMAND = "from inspect_ai._cli.main import main; main()"


def version():
    """Its version; None, with a word about it, where it is not to be had."""
    if not PYTHON:
        measure.say("inspect_ai: skipped, GAGE_INSPECT_PYTHON names no interpreter that has it and openai (PyPI)")
        return None
    found = subprocess.run(
        [PYTHON, "-c", "import openai, inspect_ai; print(inspect_ai.__version__)"], capture_output=True, text=True)
    if found.returncode:
        measure.say(f"inspect_ai: skipped, {PYTHON} cannot load it: {found.stderr.strip().splitlines()[-1]}")
        return None
    return found.stdout.strip()


def run(folder, task, count, url, concurrency):
    """One evaluation of its own, without a display; every sample must have a score."""
    usage = measure.run(
        [PYTHON, "-c", COMMAND, "eval", f"{os.path.basename(TASKS)}@{task}", "--model", "openai/mock",
         "-M", "responses_api=false", "--model-base-url", url, "--max-connections", str(concurrency), "--max-samples", str(concurrency),
         "--display", "none", "--log-dir", f"{folder}/logs"],
        folder=os.path.dirname(TASKS), environment={"BENCH_EPISODES": str(count), "OPENAI_API_KEY": "none"})
    return usage, seconds(folder, count)


def seconds(folder, count):
    """Seconds that its log says the evaluation took, once the log says that all samples were completed."""
    script = ("import sys, json; from inspect_ai.log import list_eval_logs, read_eval_log; "
              "log = read_eval_log(list_eval_logs(sys.argv[1])[0], header_only=True); "
              "print(json.dumps([log.status, log.results and log.results.completed_samples, log.stats.started_at, "
              "log.stats.completed_at]))")
    found = subprocess.run([PYTHON, "-c", script, f"{folder}/logs"], capture_output=True, text=True, check=True)
    status, completed, started, ended = json.loads(found.stdout)
    if status != "success" or completed != count:
        raise SystemExit(f"bench: inspect_ai ended with {status}, {completed} of {count} samples")
    from datetime import datetime
    return (datetime.fromisoformat(ended) - datetime.fromisoformat(started)).total_seconds()


def help_screen():
    return measure.run([PYTHON, "-c", COMMAND, "--help"])
