"""What the figures of a benchmark were measured on."""
import os
import pathlib


def describe():
    model = "unknown CPU"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith(("model name", "CPU part")):
            model = line.split(":", 1)[1].strip()
            break
    return f"{model}, {len(os.sched_getaffinity(0))} cores; load average before the run {os.getloadavg()[0]:.2f}"
