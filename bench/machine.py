"""What the figures of a benchmark were measured on, and where they are kept."""
import json
import os
import pathlib
import subprocess

KEPT = pathlib.Path(__file__).resolve().parent.parent / ".build" / "bench"
# What Lik is compared with, and what that computes with.
PEERS = ("insightface", "onnxruntime", "opencv-python-headless", "dlib-bin", "scikit-learn", "scipy", "faiss-cpu", "numpy")


def describe():
    model = "unknown CPU"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith(("model name", "CPU part")):
            model = line.split(":", 1)[1].strip()
            break
    return f"{model}, {len(os.sched_getaffinity(0))} cores; load average before the run {os.getloadavg()[0]:.2f}"


def keep(name, figures, python):
    """Writes what was measured, on what and against which versions, to .build/bench/NAME.json, and says where.

    python: that of the peers' environment."""
    frozen = subprocess.run(
        [str(python), "-m", "pip", "freeze"], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    versions = dict(line.split("==", 1) for line in frozen if "==" in line)
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{name}.json"
    path.write_text(json.dumps({
        "machine": describe(), "versions": {peer: versions[peer] for peer in PEERS if peer in versions},
        "figures": figures,
    }, indent=1) + "\n")
    print(f"As JSON: {path.relative_to(KEPT.parent.parent)}")
