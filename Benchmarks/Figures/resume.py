"""resume: how long a run of 100,000 finished episodes takes to be opened again, and until the next episode begins."""
import json, os, sqlite3, tempfile

import measure, work

COUNT = int(os.environ.get("BENCH_EPISODES", "100000"))


def first_start(folder, sessions):
    """Seconds from the last session's beginning, which the journal has, to its first episode's start in the events."""
    with sqlite3.connect(f"{folder}/runs/bench/run.sqlite") as journal:
        begun = journal.execute("SELECT started_at FROM session ORDER BY id DESC LIMIT 1").fetchone()[0]
    with open(f"{folder}/runs/bench/events.jsonl") as file:
        for line in file:
            if '"episode_started"' in line and (at := json.loads(line)["created_at"]) >= begun:
                return at - begun
    raise SystemExit("bench: the run that went on began no episode")


def main():
    with tempfile.TemporaryDirectory() as folder:
        work.questions(folder, COUNT)
        whole = work.gage(folder, "bench")
        with sqlite3.connect(f"{folder}/runs/bench/run.sqlite") as journal:
            # As if the process had been killed before its last episode was committed.
            journal.execute("DELETE FROM episode WHERE sample_id = ?", (f"s{COUNT - 1}",))
        one = work.gage(folder, "bench")
        begins = first_start(folder, 2)
        work.check_scored(folder, COUNT)
        nothing = work.gage(folder, "bench")
    rows = [
        {"what": f"the run of {COUNT:,} episodes itself", "cpu_s": round(whole.cpu, 2), "wall_s": round(whole.wall, 2)},
        {"what": "going on: until the one missing episode begins", "cpu_s": None, "wall_s": round(begins, 2)},
        {"what": "going on: to the end, with the report", "cpu_s": round(one.cpu, 2), "wall_s": round(one.wall, 2)},
        {"what": "going on with nothing to do, with the report", "cpu_s": round(nothing.cpu, 2),
         "wall_s": round(nothing.wall, 2)},
    ]
    for row in rows:
        cpu = f"{row['cpu_s']:7.2f} s CPU" if row["cpu_s"] is not None else " " * 13
        measure.say(f"{row['what']:50} {cpu} {row['wall_s']:7.2f} s wall")
    return rows
