#!/usr/bin/env python3
"""Writes Tests/FaceAnalysisTests/Golden/dlib_reference.json: what dlib itself makes of model files with made-up weights.

usage: dlib_reference.py OUT.json        (needs: pip install dlib-bin numpy)

The three files are built here byte by byte, in the same way as the tests build them (SyntheticDlibFiles.swift), so no
trained weights are needed on either side. The photo is made up too: channel k of row r, column c is
(3r + 5c + 50k + (r*c) div 64) mod 256.
"""
import json
import math
import os
import struct
import sys
import tempfile
import zlib

import dlib
import numpy as np


class Writer:
    def __init__(self):
        self.data = bytearray()

    def integer(self, value):
        magnitude = abs(value)
        length = max(1, (magnitude.bit_length() + 7) // 8)
        self.data.append(length | (0x80 if value < 0 else 0))
        self.data += magnitude.to_bytes(length, "little")
        return self

    def integers(self, *values):
        for value in values:
            self.integer(value)
        return self

    def real(self, value):
        if value == 0:
            return self.integers(0, 0)
        mantissa, exponent = math.frexp(np.float32(value))
        return self.integers(int(mantissa * 2**24), exponent - 24)

    def reals(self, *values):
        for value in values:
            self.real(value)
        return self

    def string(self, text):
        self.integer(len(text))
        self.data += text.encode()
        return self

    def tensor(self, values, per_channel=False):
        values = np.asarray(values, "<f4").ravel()
        shape = (1, len(values), 1, 1) if per_channel else (len(values), 1, 1, 1)
        self.integers(2, *(shape if len(values) else (0, 0, 0, 0)))
        self.data += values.tobytes()
        return self

    def alias(self, *shape):
        return self.integers(1, *shape)

    def tail(self):
        self.data += b"110"  # set up (or else dlib would do that anew, with random weights), no fresh gradient
        return self.tensor([]).tensor([]).tensor([])

    def column(self, values):
        return self.integers(-len(values), -1).reals(*values)


def noise(seed, count):
    """count doubles from -0.5 up to 0.5, the same in every language."""
    state = (np.arange(count, dtype=np.uint64) + np.uint64(seed * 7919)) * np.uint64(2654435761) & np.uint64(0xFFFFFFFF)
    state ^= state >> np.uint64(15)
    state = state * np.uint64(2246822519) & np.uint64(0xFFFFFFFF)
    state ^= state >> np.uint64(13)
    return (state >> np.uint64(8)).astype("f8") / 2**24 - 0.5


def convolution(writer, seed, outputs, inputs, kernel, stride, padding, bias=0.0, gain=1.0):
    fan_in = inputs * kernel * kernel
    filters = noise(seed, outputs * fan_in) * (gain * math.sqrt(24 / fan_in))
    biases = noise(seed + 1, outputs) * 0.2 + bias
    writer.string("con_4").tensor(np.concatenate([filters, biases]))
    writer.integers(outputs, kernel, kernel, stride, stride, padding, padding)
    writer.alias(outputs, inputs, kernel, kernel).alias(1, outputs, 1, 1).reals(1, 1, 1, 0).tail()


def batch_norm(writer, seed, channels):
    writer.string("bn_con2").tensor(np.concatenate([noise(seed, channels) * 0.5 + 1, noise(seed + 1, channels) * 0.3]))
    writer.alias(1, channels, 1, 1).alias(1, channels, 1, 1).tensor([]).tensor([])
    # dlib takes the shape of these two from the file: any other than 1 × channels makes it read foreign memory.
    writer.tensor(noise(seed + 2, channels) * 0.2, per_channel=True)
    writer.tensor(noise(seed + 3, channels) * 0.5 + 1, per_channel=True)
    writer.integers(100, 100).reals(1, 1, 1, 0).real(1e-4).tail()


def affine(writer, seed, channels, gain):
    writer.string("affine_").tensor(
        np.concatenate([(noise(seed, channels) * 0.5 + 1) * gain, noise(seed + 1, channels) * 0.3])
    )
    writer.alias(1, channels, 1, 1).alias(1, channels, 1, 1).integer(0).tail()


def plain(writer, tag):
    writer.string(tag).tail()


def pool(writer, tag, kernel, stride):
    writer.string(tag).integers(kernel, kernel, stride, stride, 0, 0).tail()


MEANS = (122.782, 117.001, 104.298)


def detector():
    w = Writer().integer(1).string("loss_mmod_").integers(1, 80, 80).reals(1, 1, 0.5, 0.3382761351109955, 1, 0.5, 1)
    w.integers(*[2] * 18, 3).string("input_rgb_image_pyramid").reals(*MEANS)
    inputs, seed = 3, 10
    for index, (outputs, stride, padding) in enumerate(
        [(16, 2, 0), (32, 2, 0), (32, 2, 0), (45, 1, 2), (45, 1, 2), (45, 1, 2)]
    ):
        convolution(w, seed, outputs, inputs, 5, stride, padding)
        if index == 0:
            w.integer(1)
        batch_norm(w, seed + 2, outputs)
        plain(w, "relu_")
        inputs, seed = outputs, seed + 10
    convolution(w, seed, 1, inputs, 9, 1, 4, bias=DETECTOR_BIAS)
    return bytes(w.data)


DETECTOR_BIAS = -1.3
BLOCKS = [(32, False)] * 3 + [(64, True)] + [(64, False)] * 3 + [(128, True)] + [(128, False)] * 2
BLOCKS += [(256, True)] + [(256, False)] * 2 + [(256, True)]


def embedder():
    w = Writer().integer(1).string("loss_metric_2").reals(0.04, 0.6)
    # Versions from the output down: fc, pool, then per block relu, add, (pool, skip, tag), affine, con, relu, affine,
    # con, tag; at last pool, relu, affine of the stem, and the first convolution.
    versions = [2, 2]
    for _, shrinks in reversed(BLOCKS):
        versions += [2, 2] + ([2, 1, 1] if shrinks else []) + [2] * 5 + [1]
    w.integers(*versions, 2, 2, 2, 3).string("input_rgb_image_sized").reals(*MEANS).integers(150, 150)
    convolution(w, 100, 32, 3, 7, 2, 0)
    w.integer(1)
    affine(w, 102, 32, 1)
    plain(w, "relu_")
    pool(w, "max_pool_2", 3, 2)
    inputs, seed = 32, 110
    for outputs, shrinks in BLOCKS:
        convolution(w, seed, outputs, inputs, 3, 2 if shrinks else 1, 0 if shrinks else 1)
        affine(w, seed + 2, outputs, 1)
        plain(w, "relu_")
        convolution(w, seed + 4, outputs, outputs, 3, 1, 1)
        affine(w, seed + 6, outputs, 0.3)
        if shrinks:
            pool(w, "avg_pool_2", 2, 2)
        plain(w, "add_prev_")
        plain(w, "relu_")
        inputs, seed = outputs, seed + 10
    pool(w, "avg_pool_2", 0, 1)
    w.string("fc_2").integers(128, 256).tensor(noise(seed, 256 * 128) * 0.2)
    w.alias(256, 128, 1, 1).alias(0, 0, 0, 0).integer(1).reals(1, 1, 1, 0).tail()
    return bytes(w.data)


def shape_predictor(cascades=3, trees=20, depth=3, features=40):
    splits, leaves = 2**depth - 1, 2**depth
    w = Writer().integer(1).column([0.78, 0.35, 0.62, 0.35, 0.23, 0.35, 0.38, 0.35, 0.5, 0.66])
    w.integer(cascades)
    for cascade in range(cascades):
        w.integer(trees)
        for tree in range(trees):
            seed = 1000 + cascade * trees + tree
            first, second, thresholds = noise(seed, splits), noise(seed + 500, splits), noise(seed + 1000, splits)
            w.integer(splits)
            for split in range(splits):
                w.integers(int((first[split] + 0.5) * features), int((second[split] + 0.5) * features))
                w.real(thresholds[split] * 100)
            w.integer(leaves)
            changes = noise(seed + 1500, leaves * 10) * 0.05
            for leaf in range(leaves):
                w.column(changes[leaf * 10 : leaf * 10 + 10])
    w.integer(cascades)
    for cascade in range(cascades):
        w.integer(features).integers(*[int((v + 0.5) * 5) for v in noise(4000 + cascade, features)])
    w.integer(cascades)
    for cascade in range(cascades):
        w.integer(features).reals(*(noise(5000 + cascade, 2 * features) * 0.4))
    return bytes(w.data)


def made_up(height, width):
    r, c, k = np.ogrid[:height, :width, :3]
    return ((3 * r + 5 * c + 50 * k + (r * c) // 64) % 256).astype(np.uint8)


def landmarks(shape):
    return [[point.x, point.y] for point in shape.parts()]


def main(out):
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name, make in (("detector", detector), ("embedder", embedder), ("shapes", shape_predictor)):
            paths[name] = os.path.join(folder, name)
            data = make()
            open(paths[name], "wb").write(data)
            paths[name + "_crc"] = zlib.crc32(data)
        photo = made_up(240, 320)
        find = dlib.cnn_face_detection_model_v1(paths["detector"])
        detections = [
            [d.rect.left(), d.rect.top(), d.rect.right(), d.rect.bottom(), round(d.confidence, 5)] for d in find(photo, 0)
        ]
        predict = dlib.shape_predictor(paths["shapes"])
        boxes = [(60, 40, 219, 199), (200, 150, 339, 289), (-20, -20, 100, 100)]
        shapes = [landmarks(predict(photo, dlib.rectangle(*box))) for box in boxes]
        describe = dlib.face_recognition_model_v1(paths["embedder"])
        descriptor = list(describe.compute_face_descriptor(made_up(150, 150)))
    chips = []
    for height, width, points in [
        (240, 320, [(180, 100), (160, 101), (110, 99), (130, 102), (145, 140)]),
        (240, 320, [(300, 20), (250, 30), (120, 60), (175, 50), (210, 150)]),
        (240, 320, [(310, 30), (252, 40), (75, 90), (100, 80), (200, 230)]),
        (700, 900, [(800, 150), (640, 170), (150, 150), (320, 165), (450, 520)]),
        (240, 320, [(20, 400), (10, 402), (-20, 401), (-10, 400), (0, 430)]),
        (40, 50, [(900, 150), (740, 170), (250, 150), (420, 165), (550, 520)]),
    ]:
        shape = dlib.full_object_detection(dlib.rectangle(0, 0, 9, 9), [dlib.point(*p) for p in points])
        chip = dlib.get_face_chip(made_up(height, width), shape, size=150, padding=0.25)
        chips.append({"height": height, "width": width, "landmarks": points, "crc32": zlib.crc32(chip.tobytes())})
    result = {
        "dlib": dlib.__version__,
        "file_crc32": {name: paths[name + "_crc"] for name in ("detector", "embedder", "shapes")},
        "detections": detections,
        "landmarks": [{"box": box, "points": points} for box, points in zip(boxes, shapes)],
        "descriptor": [float(np.float32(v)) for v in descriptor],
        "chips": chips,
    }
    with open(out, "w") as file:
        json.dump(result, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
