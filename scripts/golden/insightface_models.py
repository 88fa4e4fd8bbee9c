#!/usr/bin/env python3
"""Writes tiny models with the input and output contract of InsightFace's, and seeded random weights.

They find and recognise nothing; they serve to check that two implementations do the same with one model.

usage: insightface_models.py OUT_DIR        (Tests/FaceAnalysisTests/Models)
needs: pip install numpy onnx
"""
import os
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

STRIDES = (8, 16, 32)


class Net:
    """A graph under construction; `add` returns the name of the node's output."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)
        self.nodes = []
        self.weights = []

    def constant(self, values, dtype=np.float32):
        name = f"c{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(values, dtype), name))
        return name

    def add(self, kind, inputs, output=None, **attributes):
        output = output or f"t{len(self.nodes)}"
        # InsightFace reads a model's mean and scale off node names like Sub and Mul at the graph's start.
        self.nodes.append(helper.make_node(kind, inputs, [output], name=f"{kind}_{len(self.nodes)}", **attributes))
        return output

    def conv(self, x, c_in, c_out, side=3, stride=1, gain=1.0, bias=None):
        spread = gain * np.sqrt(2 / (side * side * c_in))
        weight = self.constant(self.rng.normal(0, spread, (c_out, c_in, side, side)))
        bias = self.constant(np.zeros(c_out) if bias is None else bias)
        return self.add("Conv", [x, weight, bias], kernel_shape=[side] * 2, strides=[stride] * 2,
                        pads=[side // 2] * 4)

    def relu(self, x):
        return self.add("Relu", [x])

    def dense(self, x, n_in, n_out, output, gain=1.0, bias=0.0):
        weight = self.constant(self.rng.normal(0, gain / np.sqrt(n_in), (n_in, n_out)))
        return self.add("Gemm", [x, weight, self.constant(np.broadcast_to(bias, n_out))], output)

    def save(self, path, inputs, outputs):
        floats = [[helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in side] for side in (inputs, outputs)]
        graph = helper.make_graph(self.nodes, "tiny", floats[0], floats[1], self.weights)
        model = helper.make_model(graph, producer_name="lik", opset_imports=[helper.make_opsetid("", 13)])
        model.ir_version = 8
        onnx.checker.check_model(model)
        onnx.save(model, path)


def detector(path, keypoints=True, batched=False, size=(None, None)):
    """SCRFD: scores, boxes and, if wanted, keypoints of strides 8, 16 and 32, in that order."""
    net = Net(11)
    x, c = "input.1", 3
    levels = []
    for c_out in (6, 8, 10, 10, 10):
        x, c = net.relu(net.conv(x, c, c_out, stride=2)), c_out
        levels.append((x, c))
    found = {4: [], 1: [], 10: []}
    for stride, (x, c) in zip(STRIDES, levels[2:]):
        heads = {
            1: net.add("Sigmoid", [net.conv(x, c, 2, gain=4, bias=[-2.5] * 2)]),
            4: net.conv(x, c, 8, side=1, gain=0.3, bias=[2.5] * 8),
            10: net.conv(x, c, 20, side=1, gain=0.2, bias=[-1, -1, 1, -1, 0, 0, -.8, 1, .8, 1] * 2),
        }
        if not keypoints:
            del heads[10]
        for width, head in heads.items():
            rows = net.add("Transpose", [head], perm=[0, 2, 3, 1])
            shape = [1, -1, width] if batched else [-1, width]
            name = f"{width}_{stride}"
            net.add("Reshape", [rows, net.constant(shape, np.int64)], name)
            found[width].append((name, [1, None, width] if batched else [None, width]))
    net.save(path, [("input.1", [1, 3, size[1], size[0]])], found[1] + found[4] + found[10])


def embedder(path, dimension=32):
    """ArcFace: a face of 112 x 112 to a vector."""
    net = Net(13)
    x, c = "input.1", 3
    for c_out in (6, 8, 8, 4):
        x, c = net.relu(net.conv(x, c, c_out, stride=2)), c_out
    x = net.add("Flatten", [x], axis=1)
    net.dense(x, 4 * 7 * 7, dimension, "vector")
    net.save(path, [("input.1", [None, 3, 112, 112])], [("vector", [None, dimension])])


def attribute(path, side, width, hidden=16, gain=1.0, bias=0.0):
    """genderage, 2d106det and 1k3d68 begin with their own normalisation of raw pixels."""
    net = Net(17 + width)
    x = net.add("Sub", ["data", net.constant([127.5])])
    x = net.add("Mul", [x, net.constant([1 / 128])])
    c = 3
    for c_out in (6, 8, 8, 8):
        x, c = net.relu(net.conv(x, c, c_out, stride=2)), c_out
    x = net.add("Flatten", [net.add("AveragePool", [x], kernel_shape=[side // 48] * 2, strides=[side // 48] * 2)], axis=1)
    x = net.dense(x, c * 9, hidden, None)
    net.dense(x, hidden, width, "fc1", gain=gain, bias=bias)
    net.save(path, [("data", [None, 3, side, side])], [("fc1", [None, width])])


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    at = lambda name: os.path.join(folder, name + ".onnx")
    detector(at("tiny_scrfd_kps"))
    detector(at("tiny_scrfd_kps_batched"), batched=True)
    detector(at("tiny_scrfd_boxes"), keypoints=False, batched=True)
    detector(at("tiny_scrfd_fixed"), size=(128, 96))
    embedder(at("tiny_arcface"))
    attribute(at("tiny_genderage"), 96, 3, bias=[0.1, 0.1, 0.4], gain=0.3)
    attribute(at("tiny_2d106"), 192, 212, gain=0.5)
    attribute(at("tiny_1k3d68"), 192, 3309, hidden=4, gain=0.3)
    print(sum(os.path.getsize(os.path.join(folder, f)) for f in os.listdir(folder)), "bytes")


if __name__ == "__main__":
    main()
