"""million: 10^6 trivial episodes, killed (SIGKILL) in the middle and gone on with; memory over time as a CSV."""
import csv, os, shutil, sqlite3, tempfile, time

import curve, measure, work

COUNT = int(os.environ.get("BENCH_EPISODES", "1000000"))
COLUMNS = ["session", "seconds", "cpu_seconds", "resident_kib", "anonymous_kib", "journal_bytes", "events_bytes",
           "samples_bytes"]


def status(pid):
    """Resident and anonymous memory in KiB, and CPU seconds; None when the process is over."""
    try:
        with open(f"/proc/{pid}/status") as file:
            values = dict(line.split(":", 1) for line in file if ":" in line)
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        ticks = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return int(values["VmRSS"].split()[0]), int(values["RssAnon"].split()[0]), ticks
    except (FileNotFoundError, KeyError, ProcessLookupError):
        return None


class Watcher:
    """Writes a line of the curve every second, and says when to kill."""

    def __init__(self, rows, session, directory, kill_at=None):
        self.rows, self.session, self.directory, self.kill_at = rows, session, directory, kill_at
        self.start, self.next, self.most = time.time(), 0.0, 0

    def size(self, name):
        path = f"{self.directory}/{name}"
        return os.path.getsize(path) if os.path.exists(path) else 0

    def __call__(self, pid):
        now = time.time() - self.start
        if now < self.next:
            return False
        self.next = now + 1
        if (found := status(pid)) is None:
            return False
        resident, anonymous, cpu = found
        journal = self.size("run.sqlite")
        self.rows.append([self.session, round(now, 1), cpu, resident, anonymous, journal, self.size("events.jsonl"),
                          self.size("samples.jsonl")])
        return self.kill_at is not None and journal > self.kill_at


def thinned(samples, most=200):
    """At most so many lines, the last one among them."""
    step = max(1, -(-len(samples) // most))
    return [row for index, row in enumerate(samples) if index % step == 0 or index == len(samples) - 1]


def integrity(path, count):
    """How often each episode is in the journal, and whether SQLite finds the file whole."""
    with sqlite3.connect(path) as journal:
        rows, names = journal.execute("SELECT count(*), count(DISTINCT sample_id) FROM episode").fetchone()
        if rows != count or names != count:
            raise SystemExit(f"bench: {rows} rows of {names} episodes, {count} were planned")
        if (answer := journal.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            raise SystemExit(f"bench: {answer}")


def main():
    folder = tempfile.mkdtemp(prefix="gage-million-", dir=os.environ.get("BENCH_FOLDER"))
    samples = []
    try:
        work.questions(folder, COUNT)
        directory = f"{folder}/runs/bench"
        # A trivial episode leaves some 860 bytes: half of the journal is half of the run.
        first = work.gage(folder, watch=Watcher(samples, 1, directory, kill_at=COUNT * 430))
        with sqlite3.connect(f"{directory}/run.sqlite") as journal:
            done = journal.execute("SELECT count(*) FROM episode").fetchone()[0]
        second = work.gage(folder, watch=Watcher(samples, 2, directory))
        work.check_scored(folder, COUNT)
        integrity(f"{directory}/run.sqlite", COUNT)
        sizes = {name: os.path.getsize(f"{directory}/{name}") for name in ("run.sqlite", "events.jsonl", "samples.jsonl")}
    finally:
        shutil.rmtree(folder)
    os.makedirs(measure.OUTPUT, exist_ok=True)
    path = os.path.join(measure.OUTPUT, "million-memory.csv")
    with open(path, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS] + thinned(samples))
    drawing = curve.svg([(row[0], row[1], row[3] / 1024, row[4] / 1024) for row in samples],
                        f"{COUNT:,} trivial episodes: memory of the process")
    with open(path.replace(".csv", ".svg"), "w") as file:
        file.write(drawing)
    rows = [
        {"what": f"until it was killed, after {done:,} episodes", "cpu_s": round(first.cpu, 1),
         "wall_s": round(first.wall, 1), "memory_mib": round(first.memory, 1)},
        {"what": "gone on to the end, with the report", "cpu_s": round(second.cpu, 1), "wall_s": round(second.wall, 1),
         "memory_mib": round(second.memory, 1)},
    ]
    for row in rows:
        measure.say(f"{row['what']:48} {row['cpu_s']:7.1f} s CPU {row['wall_s']:7.1f} s wall {row['memory_mib']:7.1f} MiB")
    measure.say(f"every one of {COUNT:,} episodes is in the journal once")
    for name, size in sizes.items():
        measure.say(f"{name:16} {size / COUNT:8.0f} bytes an episode")
    measure.say(f"memory over time: {path}")
    return rows + [{"bytes_per_episode": {name: round(size / COUNT) for name, size in sizes.items()}}]
