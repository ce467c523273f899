"""What the figures were measured on."""
import os, platform


def field(path, name):
    with open(path) as file:
        for line in file:
            if line.split(":")[0].strip() == name:
                return line.split(":", 1)[1].strip()
    return "unknown"


def description():
    """The machine as figures must be read with it; the load says how much else it is doing."""
    memory = int(field("/proc/meminfo", "MemTotal").split()[0]) / (1 << 20)
    return {
        "processor": field("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "memory_gib": round(memory),
        "kernel": platform.release(),
        "load_1_minute": round(os.getloadavg()[0], 2),
    }


def line():
    about = description()
    return (f"{about['cores']} cores of {about['processor']}, {about['memory_gib']} GiB, Linux {about['kernel']}, "
            f"load {about['load_1_minute']}")
