#!/usr/bin/env python3
"""Measures τ²-bench on the release binary: start, grading, simulations, memory, and the traffic below them.

usage: Benchmarks/Tau2Benchmark/benchmark.py DATA_DIR [DOMAIN ...]

DATA_DIR holds the official data. Every figure is CPU time of the gage process alone (user and system); the mock server that
plays agent, user and judge is another process. `gage` is .build/release/gage, or $GAGE.
"""
import asyncio, json, os, statistics, subprocess, sys, tempfile, threading

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
gage = os.environ.get("GAGE", os.path.join(root, ".build/release/gage"))


def measure(*arguments, **environment):
    """Runs gage to its end: CPU seconds, largest resident size in MB."""
    child = subprocess.Popen([gage, *arguments], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                             env={**os.environ, **environment})
    complaint = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(arguments)} failed: {complaint.decode(errors='replace')}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def lowest(times, *arguments, **environment):
    """The least CPU of several runs, for anything more is somebody else's, and the largest size."""
    figures = [measure(*arguments, **environment) for _ in range(times)]
    return min(f[0] for f in figures), max(f[1] for f in figures)


class Counter:
    """A TCP relay to the mock server that counts bytes both ways."""

    def __init__(self, port):
        self.port, self.sent, self.received, self.url = port, 0, 0, None
        ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self.serve(ready)), daemon=True).start()
        ready.wait()

    async def serve(self, ready):
        server = await asyncio.start_server(self.relay, "127.0.0.1", 0, limit=1 << 20)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        ready.set()
        await server.serve_forever()

    async def relay(self, reader, writer):
        upstream_reader, upstream_writer = await asyncio.open_connection("127.0.0.1", self.port)

        async def copy(source, target, name):
            while data := await source.read(1 << 16):
                setattr(self, name, getattr(self, name) + len(data))
                target.write(data)
                await target.drain()
            target.close()

        await asyncio.gather(copy(reader, upstream_writer, "sent"), copy(upstream_reader, writer, "received"),
                             return_exceptions=True)


def run(folder, name, domain, url, concurrency, trials, data, times=1):
    """A whole gold run: CPU seconds, size in MB, its summary."""
    figures = []
    for index in range(times):
        figures.append(measure(
            "run", "--config", f"config/tau2/{domain}_base.yaml", "--run-id", f"{name}-{index}", "--output-dir", folder, "-q",
            TAU2_DATA_DIR=data, TAU2_OPENAI_BASE_URL=url, TAU2_CONCURRENCY=str(concurrency), TAU2_NUM_TRIALS=str(trials)))
    summary = json.load(open(f"{folder}/{name}-0/summary.json"))
    return min(f[0] for f in figures), max(f[1] for f in figures), summary


def repeated(path, times):
    """A result file with every simulation several times."""
    results = json.load(open(path))
    results["simulations"] = [
        {**s, "id": f"{s['id']}-{t}", "trial": t} for t in range(times) for s in results["simulations"]]
    target = path.replace(".json", f"-{times}.json")
    json.dump(results, open(target, "w"))
    return target


def grading(folder, data):
    """What grading costs, and what reading the file costs without it."""
    export = f"{folder}/retail.json"
    measure("tau2", "export", f"{folder}/gold-0", "--output", export)
    once = lowest(5, "tau2", "evaluate-trajs", export, "--data", data, "--expect-same")
    tenfold = lowest(3, "tau2", "evaluate-trajs", repeated(export, 10), "--data", data, "--expect-same")
    count = len(json.load(open(export))["simulations"])
    print(f"grading {count} gold retail trajectories: {once[0] * 1000:.0f} ms CPU with start and data, {once[1]:.0f} MB; "
          f"each further one {(tenfold[0] - once[0]) / (9 * count) * 1000:.3f} ms", flush=True)


def simulations(folder, domain, url, port, data):
    """Simulations of one domain at several concurrencies."""
    nothing, _ = lowest(3, "run", "--config", f"config/tau2/{domain}_base.yaml", "--output-dir", folder, "-q", "--max-samples",
                        "0", TAU2_DATA_DIR=data, TAU2_OPENAI_BASE_URL=url)
    counter = Counter(port)
    _, _, summary = run(folder, f"{domain}-count", domain, counter.url, 10, 1, data)
    episodes = summary["outcomes"]["scored"]
    calls = summary["usage"]["model_calls"] / episodes
    print(f"{domain}: start with data {nothing * 1000:.0f} ms; a simulation has {calls:.1f} model calls of agent and user, "
          f"{counter.sent / episodes / 1e6:.3f} MB out, {counter.received / episodes / 1e6:.3f} MB in", flush=True)
    for concurrency in (1, 10, 50, 200):
        cpu, memory, summary = run(folder, f"{domain}-at-{concurrency}", domain, url, concurrency, 4, data, times=2)
        count = summary["outcomes"]["scored"]
        print(f"{domain}, {concurrency:3} at once: {(cpu - nothing) / count * 1000:6.2f} ms CPU a simulation "
              f"({count} of them), {memory:6.0f} MB", flush=True)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    data, domains = os.path.abspath(sys.argv[1]), sys.argv[2:] or ["retail", "airline", "telecom"]
    starts = [measure("--help") for _ in range(21)]
    print(f"start: {statistics.median(s[0] for s in starts) * 1000:.1f} ms CPU, {max(s[1] for s in starts):.0f} MB", flush=True)
    server = subprocess.Popen([gage, "mock-server", "--mode", "tau2-gold", "--data", data, "--port", "0"],
                              stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().split()[-1]
        with tempfile.TemporaryDirectory() as folder:
            run(folder, "gold", "retail", url, 10, 1, data)
            grading(folder, data)
            for domain in domains:
                simulations(folder, domain, url, int(url.split(":")[2].split("/")[0]), data)
    finally:
        server.terminate()


main()
