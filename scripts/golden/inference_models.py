#!/usr/bin/env python3
"""Writes the tiny models that the tests of Inference run: seeded numbers, no trained weights.

usage: inference_models.py OUT_DIR        (Tests/InferenceTests/Models)
needs: pip install numpy onnx
"""
import os
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def save(folder, name, nodes, inputs, outputs, weights=()):
    graph = helper.make_graph(nodes, name, inputs, outputs, list(weights))
    model = helper.make_model(graph, producer_name="lik", opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, os.path.join(folder, name + ".onnx"))


def floats(name, shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def integers(name, shape):
    return helper.make_tensor_value_info(name, TensorProto.INT64, shape)


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    rng = np.random.default_rng(7)

    # Two inputs of any common length, two outputs.
    save(folder, "sum_and_product",
         [helper.make_node("Add", ["left", "right"], ["sum"]), helper.make_node("Mul", ["left", "right"], ["product"])],
         [floats("left", ["n"]), floats("right", ["n"])], [floats("sum", ["n"]), floats("product", ["n"])])

    # A picture of any size through two convolutions: enough work that threads and memory matter.
    first = rng.normal(0, 0.3, (8, 3, 3, 3)).astype(np.float32)
    second = rng.normal(0, 0.2, (4, 8, 3, 3)).astype(np.float32)
    save(folder, "convolutions",
         [helper.make_node("Conv", ["picture", "first"], ["a"], kernel_shape=[3, 3], pads=[1] * 4, strides=[2, 2]),
          helper.make_node("Relu", ["a"], ["b"]),
          helper.make_node("Conv", ["b", "second"], ["planes"], kernel_shape=[3, 3], pads=[1] * 4)],
         [floats("picture", [1, 3, "height", "width"])], [floats("planes", [1, 4, "h", "w"])],
         [numpy_helper.from_array(first, "first"), numpy_helper.from_array(second, "second")])

    # Element types that are not served.
    save(folder, "integer_input", [helper.make_node("Cast", ["whole"], ["y"], to=TensorProto.FLOAT)],
         [integers("whole", ["n"])], [floats("y", ["n"])])
    save(folder, "integer_output", [helper.make_node("ArgMax", ["x"], ["place"], axis=0, keepdims=1)],
         [floats("x", ["n"])], [integers("place", [1])])


if __name__ == "__main__":
    main()
