"""merge: 100,000 episodes by one process against four shards and their merge."""
import os, tempfile

import measure, work

COUNT = int(os.environ.get("BENCH_EPISODES", "100000"))
SHARDS = 4


def timeless(summary):
    """The summary without what differs between two runs of the same work."""
    run = {key: value for key, value in summary["run"].items() if key in ("name", "status", "seed")}
    return {**{key: value for key, value in summary.items() if key not in ("run", "usage", "environment")}, "run": run}


def main():
    with tempfile.TemporaryDirectory() as folder:
        work.questions(folder, COUNT)
        whole = work.gage(folder, "whole")
        shards = [work.gage(folder, "parts", "--shard", f"{n}/{SHARDS}") for n in range(1, SHARDS + 1)]
        merge = measure.run([measure.GAGE, "merge", "--run-id", "parts"], folder)
        work.check_scored(folder, COUNT, "parts")
        one, other = (timeless(work.summary(folder, run)) for run in ("whole", "parts"))
        different = [key for key in one if one[key] != other.get(key)]
        # A share of many: what passing over the records of others costs.
        sliver = work.gage(folder, "slivers", "--shard", "1/1000")
    rows = [
        ("one process, with its report", whole), (f"dearest of {SHARDS} shards", max(shards, key=lambda u: u.cpu)),
        (f"merging {SHARDS} shards, with the report", merge), ("one shard of 1,000", sliver),
    ]
    for what, usage in rows:
        measure.say(f"{what:40} {usage.cpu:7.2f} s CPU {usage.wall:7.2f} s wall {usage.memory:7.1f} MiB")
    measure.say("the merged summary is the single process's" if not different else f"DIFFERENT: {', '.join(different)}")
    if different:
        raise SystemExit(1)
    return [{"what": what, "cpu_s": round(u.cpu, 2), "wall_s": round(u.wall, 2), "memory_mib": round(u.memory, 1)}
            for what, u in rows]
