#!/usr/bin/env python3
"""Writes random vectors with the labels that scikit-learn and SciPy give them.

usage: clustering_labels.py OUT.json [--seed N] [--large]
The committed file is Tests/FaceClusteringTests/Golden/clustering.json, made with seed 1. Another seed gives fresh sets
(LIK_CLUSTERING_CASES=OUT.json swift test --filter GoldenLabels compares them too); --large makes them bigger.

Vectors are multiples of 1/4096, kept as base64 of little-endian 16-bit integers, so that they are the same Float
everywhere. Labels are base64 of 16-bit integers, -1 for noise.
NumPy is held to its portable argsort, whose order of equal numbers does not depend on the processor.
needs: pip install "numpy<2.4" scipy scikit-learn
(scikit-learn 1.9.1 fails on cluster_selection_epsilon with a newer NumPy, and on some settings that select one
cluster with any; such runs are left out)
"""
import argparse
import base64
import json
import os
import sys
import warnings

import numpy as np

if "NPY_DISABLE_CPU_FEATURES" not in os.environ:
    features = np._core._multiarray_umath.__cpu_dispatch__
    os.environ["NPY_DISABLE_CPU_FEATURES"] = " ".join(features)
    os.execv(sys.executable, [sys.executable] + sys.argv)

warnings.filterwarnings("ignore")
import scipy  # noqa: E402
import sklearn  # noqa: E402
from scipy.cluster.hierarchy import fcluster, linkage  # noqa: E402
from scipy.spatial.distance import pdist  # noqa: E402
from sklearn.cluster import DBSCAN, HDBSCAN  # noqa: E402

SCALE = 4096


def pack(array):
    return base64.b64encode(np.ascontiguousarray(array, dtype="<i2").tobytes()).decode()


def quantised(x):
    return np.round(np.clip(x, -7.9, 7.9) * SCALE) / SCALE


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-12)


def blobs(rng, count, dimension, groups, spread, noise):
    centres = unit(rng.normal(size=(groups, dimension)))
    which = rng.integers(0, groups, count)
    x = centres[which] + rng.normal(size=(count, dimension)) * spread / np.sqrt(dimension)
    outside = rng.random(count) < noise
    x[outside] = rng.normal(size=(int(outside.sum()), dimension))
    return quantised(unit(x))


def sets(rng, large):
    size = 4 if large else 1
    for i in range(14):
        dimension = int(rng.choice([2, 3, 8, 16, 20, 33, 64]))
        count = int(rng.integers(20, 110)) * size
        groups = max(2, count // int(rng.integers(6, 20)))
        spread = float(rng.choice([0.3, 0.6, 0.9]))
        yield f"blobs {i}", blobs(rng, count, dimension, groups, spread, float(rng.choice([0, 0.1, 0.3]))), "generic"
    for i in range(3):
        x = blobs(rng, 60 * size, 16, 5, 0.5, 0.2)
        x[rng.integers(0, len(x), len(x) // 3)] = x[rng.integers(0, len(x), len(x) // 3)]
        yield f"duplicates {i}", x, "ties"
    x = rng.normal(size=(70 * size, 12)) * rng.uniform(0.5, 2, (70 * size, 1))
    yield "not of length 1", quantised(x), "generic"
    yield "a plane full of ties", rng.integers(-3, 4, (60 * size, 2)).astype(float), "ties"
    yield "a cube full of ties", rng.integers(0, 3, (70 * size, 3)).astype(float), "ties"
    yield "ties in many dimensions", rng.integers(0, 2, (60 * size, 18)).astype(float), "ties"
    line = np.zeros((40, 2))
    line[:, 0] = np.cumsum(np.where(np.arange(40) % 10 == 9, 0.5, 0.1))
    line[:, 1] = 1
    yield "a chain with gaps", quantised(rng.permutation(line)), "ties"
    yield "all equal", np.tile(quantised(rng.normal(size=(1, 8))), (12, 1)), "ties"
    yield "two vectors", quantised(rng.normal(size=(2, 5))), "generic"
    yield "one vector", quantised(rng.normal(size=(1, 5))), "generic"
    x = blobs(rng, 30, 6, 3, 0.4, 0.1)
    x[[3, 17]] = 0
    yield "with zero vectors", x, "generic"


def gaps(values, rng, wanted):
    """Numbers well between two of the values, so that no rounding decides."""
    values = np.unique(values)
    if len(values) < 2:
        return [float(values[0]) + 0.5 if len(values) else 0.5]
    room = np.nonzero(np.diff(values) > 1e-7)[0]
    picks = rng.choice(room, size=min(wanted, len(room)), replace=False) if len(room) else []
    return [float((values[i] + values[i + 1]) / 2) for i in sorted(picks)]


def same(a, b):
    pairs = set(zip(a, b))
    return len(pairs) == len(set(a)) == len(set(b))


def runs(rng, x, kind):
    n = len(x)
    has_zero = not np.any(x, axis=1).all()  # at no angle to anything: SciPy has no cosine distance for it
    for metric in ("euclidean", "cosine"):
        pairs = pdist(x, metric) if n > 1 and not (has_zero and metric == "cosine") else np.array([0.4, 0.8])
        near = np.sort(pairs)[: max(2, len(pairs) // 3)]
        eps = [e for e in gaps(near, rng, 4) if e > 0]
        if kind == "ties" and metric == "euclidean":
            eps += [1.0, 2.0, 0.5]  # exactly at a distance
        for e in eps:
            samples = int(rng.integers(1, 7))
            labels = DBSCAN(eps=e, min_samples=samples, metric=metric).fit_predict(x)
            yield dict(algorithm="dbscan", metric=metric, eps=e, minSamples=samples), labels
        between = gaps(near, rng, 2)
        for j in range(8):
            if kind != "generic" and metric == "cosine":  # the rounding of a matrix product decides among equals
                break
            size = int(rng.integers(2, 9))
            samples = [None, 1, 2, 3, 5, 10][int(rng.integers(0, 6))]
            epsilon = [0.0, 0.0, between[0], between[-1]][int(rng.integers(0, 4))] if between else 0.0
            leaf, single = bool(j % 3 == 2), bool(rng.integers(0, 2))
            alpha = [1.0, 1.0, 1.0, 0.5, 2.0][int(rng.integers(0, 5))]
            largest = [None, None, None, max(size, n // 4)][int(rng.integers(0, 4))]
            if n < max(2, samples or size):
                continue
            try:
                labels = HDBSCAN(
                    min_cluster_size=size, min_samples=samples, cluster_selection_epsilon=epsilon, alpha=alpha,
                    cluster_selection_method="leaf" if leaf else "eom", metric=metric, allow_single_cluster=single,
                    max_cluster_size=largest, copy=True).fit_predict(x)
            except (KeyError, IndexError, TypeError):  # see the top
                continue
            yield dict(
                algorithm="hdbscan", metric=metric, minClusterSize=size, minSamples=samples,
                clusterSelectionEpsilon=epsilon, clusterSelectionMethod="leaf" if leaf else "excessOfMass",
                allowsSingleCluster=single, alpha=alpha, maxClusterSize=largest), labels
    for name, metric in (("cosine", "cosine"), ("squaredEuclidean", "sqeuclidean"), ("euclidean", "euclidean")):
        if n < 2 or (has_zero and metric == "cosine"):
            continue
        heights = linkage(pdist(x, metric), "average")[:, 2]
        for t in gaps(heights, rng, 5):
            labels = fcluster(linkage(pdist(x, metric), "average"), t, "distance")
            orders = [rng.permutation(n) for _ in range(8)]
            again = [fcluster(linkage(pdist(x[o], metric), "average"), t, "distance") for o in orders]
            if all(same(labels[o], a) for o, a in zip(orders, again)):  # else the order of ties decides
                yield dict(algorithm="average", dissimilarity=name, threshold=t), labels


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("out")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--large", action="store_true")
    a = a.parse_args()
    rng = np.random.default_rng(a.seed)
    made = []
    for name, x, kind in sets(rng, a.large):
        x = x + 0.0  # no negative zeros
        assert np.array_equal(x, quantised(x)) and x.astype(np.float32).astype(float).tolist() == x.tolist()
        entry = dict(name=name, dimension=x.shape[1], vectors=pack(x * SCALE), runs=[])
        for run, labels in runs(rng, x, kind):
            run = {k: v for k, v in run.items() if v is not None}
            entry["runs"].append(dict(run, labels=pack(labels)))
        made.append(entry)
    versions = f"scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}"
    with open(a.out, "w") as out:
        json.dump(dict(madeBy=versions, seed=a.seed, scale=SCALE, sets=made), out, indent=0)
        out.write("\n")
    print(f"{len(made)} sets, {sum(len(s['runs']) for s in made)} runs, {os.path.getsize(a.out)} bytes ({versions})")


if __name__ == "__main__":
    main()
