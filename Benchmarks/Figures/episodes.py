"""episodes: CPU and memory of an episode: without HTTP, with one model call, with five tool calls."""
import tempfile

import inspect_peer, measure, work


def row(what, count, usage, start):
    """`start` is what the program used to run one episode: the rest belongs to the others."""
    return {
        "what": what, "episodes": count, "cpu_us_per_episode": round((usage.cpu - start.cpu) / (count - 1) * 1e6),
        "wall_us_per_episode": round((usage.wall - start.wall) / (count - 1) * 1e6),
        "memory_mib": round(usage.memory, 1), "memory_kib_per_episode": round((usage.memory - start.memory) * 1024 / count, 2),
    }


def gage(what, count, prepare, times=3):
    def once(count):
        with tempfile.TemporaryDirectory() as folder:
            prepare(folder, count)
            usage = work.gage(folder)
            work.check_scored(folder, count)
            return usage
    start = min((once(1) for _ in range(5)), key=lambda u: u.cpu)
    return row(what, count, min((once(count) for _ in range(times)), key=lambda u: u.cpu), start)


def peer(what, task, count, url, concurrency):
    def once(count):
        with tempfile.TemporaryDirectory() as folder:
            return inspect_peer.run(folder, task, count, url, concurrency)[0]
    return row(what, count, once(count), min((once(1) for _ in range(2)), key=lambda u: u.cpu))


def main():
    with measure.Server() as server:
        fast, shop = f"{server.url}/fast/v1", f"{server.url}/tools/{work.TOOL_CALLS}/0/v1"
        rows = [
            gage("gage, no HTTP (model echoes)", 20_000, work.questions),
            gage("gage, one model call, 50 at once", 20_000, lambda folder, count: work.questions(
                folder, count, "openai_http", work.http(fast), 50)),
            gage("gage, five tool calls, six model calls, 50 at once", 4000, lambda folder, count: work.tools(
                folder, count, shop, 50)),
        ]
        if version := inspect_peer.version():
            rows.append(peer(f"inspect_ai {version}, one model call, 50 at once", "questions", 1000, fast, 50))
            rows.append(peer(f"inspect_ai {version}, five tool calls, 50 at once", "tools", 300, shop, 50))
    for entry in rows:
        measure.say(f"{entry['what']:52} {entry['cpu_us_per_episode']:8,} µs CPU {entry['wall_us_per_episode']:8,} µs wall "
                    f"{entry['memory_mib']:7.1f} MiB")
    return rows
