"""Times faiss' exact search: faiss_search.py FILE DIMENSION QUERIES LIMIT ANSWERS [--shards].

The last QUERIES vectors of a file of 32-bit floats are searched among the others, one at a time: by IndexFlatIP on one
thread, or by two of them, each with half of the vectors and a thread of its own. Prints a line of JSON.
"""
import json
import statistics
import sys
import time

import faiss
import numpy


def flat(vectors):
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return index


def sharded(vectors):
    index = faiss.IndexShards(vectors.shape[1], True, True)
    half = len(vectors) // 2
    for part in (flat(vectors[:half]), flat(vectors[half:])):
        part.this.disown()  # the index owns its shards
        index.add_shard(part)
    index.own_indices = True
    return index


path, dimension, queries, limit, answers = sys.argv[1], *map(int, sys.argv[2:5]), sys.argv[5]
faiss.omp_set_num_threads(1)
vectors = numpy.memmap(path, dtype=numpy.float32, mode="r").reshape(-1, dimension)
index = (sharded if "--shards" in sys.argv else flat)(vectors[:-queries])
spent, lines = [], []
for query in numpy.array(vectors[-queries:]):
    begin = time.perf_counter()
    _, found = index.search(query[None], limit)
    spent.append((time.perf_counter() - begin) * 1000)
    lines.append(" ".join(map(str, found[0])))
with open(answers, "w") as file:
    file.write("\n".join(lines))
print(json.dumps({
    "vectors": len(vectors) - queries, "median_milliseconds": statistics.median(spent),
    "slowest_milliseconds": max(spent), "version": faiss.__version__,
}))
