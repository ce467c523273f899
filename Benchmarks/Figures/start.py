"""start: how long a command takes to begin: help, the first episode of a run."""
import statistics, tempfile

import inspect_peer, measure, work


def middle(times, body):
    runs = [body() for _ in range(times)]
    return {
        "wall_ms": round(statistics.median(u.wall for u in runs) * 1000, 1),
        "cpu_ms": round(statistics.median(u.cpu for u in runs) * 1000, 1),
        "memory_mib": round(max(u.memory for u in runs), 1),
    }


def one_episode():
    with tempfile.TemporaryDirectory() as folder:
        work.questions(folder, 1)
        return work.gage(folder)


def main():
    rows = [{"what": "gage --help", **middle(21, lambda: measure.run([measure.GAGE, "--help"]))},
            {"what": "gage run, one episode with its report", **middle(11, one_episode)}]
    if peer := inspect_peer.version():
        rows.append({"what": f"inspect_ai {peer} --help", **middle(5, inspect_peer.help_screen)})
        with measure.Server() as server:
            def one_sample():
                with tempfile.TemporaryDirectory() as folder:
                    return inspect_peer.run(folder, "questions", 1, f"{server.url}/fast/v1", 1)[0]
            rows.append({"what": f"inspect_ai {peer} eval, one sample", **middle(3, one_sample)})
    for row in rows:
        measure.say(f"{row['what']:42} {row['cpu_ms']:8.1f} ms CPU {row['wall_ms']:8.1f} ms wall "
                    f"{row['memory_mib']:7.1f} MiB")
    return rows
