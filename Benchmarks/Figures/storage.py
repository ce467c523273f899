"""storage: what the journal and the event log cost an episode, in CPU time and bytes."""
import json, os, subprocess, tempfile

import measure

PROGRAM = os.environ.get("STORAGE_BENCHMARK", os.path.join(measure.ROOT, ".build/release/StorageBenchmark"))


def main():
    if not os.path.exists(PROGRAM):
        measure.say("storage: skipped, build it with: swift build -c release --product StorageBenchmark")
        return []
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([PROGRAM, folder], stdout=subprocess.PIPE, text=True, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    for row in rows:
        measure.say(f"{row['what']:56} {row['cpu_us']:7.1f} µs CPU {row['bytes']:8,} bytes")
    return rows
