"""efficiency: the time that a run with a slow model should take, divided by the time that it takes (ideal: 1)."""
import tempfile

import inspect_peer, measure, work

# Milliseconds of the model, episodes at once, episodes.
CASES = [(50, 100, 5000), (50, 1000, 20_000), (1000, 1000, 5000)]


def row(what, latency, concurrency, count, usage, seconds):
    ideal = count / concurrency * latency / 1000
    return {
        "what": what, "latency_ms": latency, "concurrency": concurrency, "episodes": count,
        "ideal_seconds": round(ideal, 2), "episodes_seconds": round(seconds, 2), "efficiency": round(ideal / seconds, 3),
        "whole_command_efficiency": round(ideal / usage.wall, 3), "cpu_seconds": round(usage.cpu, 2),
        "memory_mib": round(usage.memory, 1),
    }


def gage(latency, concurrency, count, url, adapts=False):
    """With a fixed number of calls at once, as peers have it, or with one that follows what the server bears."""
    best = None
    config = {**work.http(url), "adaptive_concurrency": adapts}
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder:
            work.questions(folder, count, "openai_http", config, concurrency)
            usage = work.gage(folder)
            work.check_scored(folder, count)
            found = row("gage, adaptive" if adapts else "gage", latency, concurrency, count, usage, work.episode_seconds(folder))
        if best is None or found["efficiency"] > best["efficiency"]:
            best = found
    return best


def peer(version, latency, concurrency, count, url):
    with tempfile.TemporaryDirectory() as folder:
        usage, seconds = inspect_peer.run(folder, "questions", count, url, concurrency)
    return row(f"inspect_ai {version}", latency, concurrency, count, usage, seconds)


def main():
    rows = []
    with measure.Server() as server:
        for latency, concurrency, count in CASES:
            rows.append(gage(latency, concurrency, count, f"{server.url}/delay/{latency}/v1"))
        latency, concurrency, count = CASES[-1]
        rows.append(gage(latency, concurrency, count, f"{server.url}/delay/{latency}/v1", adapts=True))
        if version := inspect_peer.version():
            for latency, concurrency, count in CASES:
                url = f"{server.url}/delay/{latency}/v1"
                rows.append(peer(version, latency, concurrency, max(concurrency, count // 20), url))
    for entry in rows:
        measure.say(f"{entry['what']:20} {entry['concurrency']:5} at once, {entry['latency_ms']:4} ms: "
                    f"{entry['efficiency']:.2f} of the ideal ({entry['episodes_seconds']:.2f} s for "
                    f"{entry['ideal_seconds']:.2f} s), {entry['cpu_seconds']:.1f} s CPU, {entry['memory_mib']:.0f} MiB")
    return rows
