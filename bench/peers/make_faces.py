"""Makes up faces of many people: make_faces.py FILE PEOPLE FACES QUERIES DIMENSION.

Unit vectors as 32-bit floats, one person after another, each face around what its person looks like with a cosine
between 0.64 and 0.94; then QUERIES more faces of people picked by chance.
"""
import sys

import numpy

path = sys.argv[1]
people, faces, queries, dimension = map(int, sys.argv[2:6])
chance = numpy.random.default_rng(1)


def directions(count):
    vectors = chance.standard_normal((count, dimension), dtype=numpy.float32)
    return vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)


def near(centres):
    cosines = chance.uniform(0.64, 0.94, (len(centres), 1)).astype(numpy.float32)
    vectors = cosines * centres + numpy.sqrt(1 - cosines**2) * directions(len(centres))
    return vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)


visited, asked = chance.choice(people, queries), {}
with open(path, "wb") as file:
    for start in range(0, people, 1000):
        centres = directions(min(1000, people - start))
        near(numpy.repeat(centres, faces, axis=0)).astype("<f4").tofile(file)
        for query in numpy.flatnonzero((visited >= start) & (visited < start + len(centres))):
            asked[query] = centres[visited[query] - start]
    near(numpy.stack([asked[query] for query in range(queries)])).astype("<f4").tofile(file)
