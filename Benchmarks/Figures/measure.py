"""Runs commands and says what they used, by the kernel's own accounts."""
import dataclasses, json, os, resource, subprocess, sys, threading, time

import machine

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GAGE = os.environ.get("GAGE", os.path.join(ROOT, ".build/release/gage"))
OUTPUT = os.environ.get("BENCH_OUTPUT", os.path.join(ROOT, ".build/bench"))


@dataclasses.dataclass
class Usage:
    """What one process used."""
    wall: float
    user: float
    system: float
    memory: float  # MiB, the largest resident size

    @property
    def cpu(self):
        return self.user + self.system


def many_files():
    """Connections are files: a thousand episodes at once need more of them than most shells allow."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def run(arguments, folder=ROOT, environment=None, watch=None, allowed=(0,)):
    """Runs a command to its end. `watch(pid)` is called again and again meanwhile; true kills the command (SIGKILL)."""
    start = time.perf_counter()
    child = subprocess.Popen(
        arguments, cwd=folder, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, preexec_fn=many_files)
    complaint = []
    reader = threading.Thread(target=lambda: complaint.append(child.stderr.read()))
    reader.start()
    was_killed = False
    while True:
        pid, status, used = os.wait4(child.pid, os.WNOHANG if watch else 0)
        if pid:
            break
        if watch(child.pid) and not was_killed:
            child.kill()
            was_killed = True
        time.sleep(0.02)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    reader.join()
    if child.returncode not in allowed and not was_killed:
        sys.exit(f"bench: {' '.join(arguments)} ended with {child.returncode}:\n"
                 + b"".join(complaint).decode(errors="replace"))
    return Usage(wall, used.ru_utime, used.ru_stime, used.ru_maxrss / 1024)


def lowest(times, *arguments, **options):
    """The run with the least CPU time of several: what is more was somebody else's."""
    return min((run(*arguments, **options) for _ in range(times)), key=lambda usage: usage.cpu)


class Server:
    """The mock model server in C, which takes a few microseconds a request, on a free port of this machine."""

    def __enter__(self):
        program = os.path.join(OUTPUT, "MockServer")
        os.makedirs(OUTPUT, exist_ok=True)
        source = os.path.join(ROOT, "Benchmarks/MockServer/main.c")
        subprocess.run([os.environ.get("CC", "cc"), "-O2", "-o", program, source], check=True)
        self.process = subprocess.Popen([program, "0"], stdout=subprocess.PIPE, text=True, preexec_fn=many_files)
        self.url = self.process.stdout.readline().split()[-1]
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def cpu(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def say(text=""):
    print(text, flush=True)


def keep(name, rows):
    """Writes what was measured beside the machine that it was measured on."""
    os.makedirs(OUTPUT, exist_ok=True)
    path = os.path.join(OUTPUT, f"{name}.json")
    with open(path, "w") as file:
        json.dump({"benchmark": name, "machine": machine.description(), "rows": rows}, file, indent=2)
        file.write("\n")
