#!/usr/bin/env python3
"""Adds the labels of dlib's Chinese whispers to a file that clustering_labels.py wrote, or writes them anew.

usage: whispers_labels.py CLUSTERING.json [--seed N]

Every set gets up to three runs with thresholds well between two distances; the rest of the file stays as it is.
needs: pip install numpy scipy dlib-bin
"""
import argparse
import base64
import importlib.metadata
import json

import dlib
import numpy as np
from scipy.spatial.distance import pdist

from clustering_labels import gaps, pack


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    with open(options.file) as file:
        cases = json.load(file)
    total = 0
    for entry in cases["sets"]:
        x = np.frombuffer(base64.b64decode(entry["vectors"]), "<i2").reshape(-1, entry["dimension"]) / cases["scale"]
        entry["runs"] = [run for run in entry["runs"] if run["algorithm"] != "whispers"]
        if len(x) < 2:
            continue
        distances = np.sort(pdist(x))
        for threshold in gaps(distances[: max(2, len(distances) // 3)], rng, 3):
            labels = dlib.chinese_whispers_clustering([dlib.vector(row.tolist()) for row in x], threshold)
            entry["runs"].append(dict(
                algorithm="whispers", metric="euclidean", threshold=threshold, labels=pack(np.array(labels))))
            total += 1
    name = f", dlib {importlib.metadata.version('dlib-bin')}"
    cases["madeBy"] = cases["madeBy"].split(", dlib")[0] + name
    with open(options.file, "w") as out:
        json.dump(cases, out, indent=0)
        out.write("\n")
    print(f"{total} runs of Chinese whispers{name}")


if __name__ == "__main__":
    main()
