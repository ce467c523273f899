"""memory: ten times the episodes must not take ten times the memory; ends with 1 where they take more than half as much again."""
import os, tempfile

import measure, work

SMALL = int(os.environ.get("BENCH_EPISODES", "2000"))
BOUND = 1.5


def main():
    rows = []
    for count in (SMALL, 10 * SMALL):
        with tempfile.TemporaryDirectory() as folder:
            work.questions(folder, count)
            usage = work.gage(folder)
            work.check_scored(folder, count)
        rows.append({"episodes": count, "memory_mib": round(usage.memory, 1)})
        measure.say(f"{count:8,} episodes {usage.memory:7.1f} MiB")
    ratio = rows[1]["memory_mib"] / rows[0]["memory_mib"]
    measure.say(f"ratio {ratio:.2f}, at most {BOUND}")
    if ratio > BOUND:
        raise SystemExit(1)
    return rows
