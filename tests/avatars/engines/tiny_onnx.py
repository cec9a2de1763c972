"""ONNX graphs of a few nodes with the inputs and outputs of real models: real to load, simple in what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FLOAT, INT64, INT32 = TensorProto.FLOAT, TensorProto.INT64, TensorProto.INT32
Shape = Sequence[int | str]


def value(name: str, kind: int, shape: Shape) -> Any:
    """An input or output."""
    return helper.make_tensor_value_info(name, kind, list(shape))


def node(kind: str, inputs: Sequence[str], outputs: Sequence[str], **attributes: Any) -> Any:
    """A node."""
    return helper.make_node(kind, list(inputs), list(outputs), **attributes)


def save(
    path: Path,
    nodes: Sequence[Any],
    inputs: Sequence[Any],
    outputs: Sequence[Any],
    constants: Mapping[str, np.ndarray] | None = None,
    metadata: Mapping[str, str] | None = None,
) -> Path:
    """Write the model."""
    held = [numpy_helper.from_array(array, name) for name, array in (constants or {}).items()]
    graph = helper.make_graph(list(nodes), "tiny", list(inputs), list(outputs), held)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    for key, text in (metadata or {}).items():
        model.metadata_props.add(key=key, value=text)
    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))
    return path


def silero(path: Path, version: int) -> Path:
    """A voice detector whose probability is the loudness of the window, 0…1, and whose state counts windows."""
    width = 576 if version >= 5 else 512
    states = ["state"] if version == 5 else ["h", "c"]
    shape = {4: (2, 1, 64), 5: (2, 1, 128), 6: (1, 1, 128)}[version]
    made = [value("input", FLOAT, ["n", width if version == 6 else "w"])]
    made += [value(name, FLOAT, shape) for name in states]
    if version < 6:
        made.append(value("sr", INT64, []))
    nodes = [
        node("Abs", ["input"], ["loud"]),
        node("ReduceMax", ["loud"], ["most"], keepdims=1),
        node("Reshape", ["most", "one"], ["output"]),
        *(node("Add", [name, "step"], [f"{name}N"]) for name in states),
    ]
    outputs = [value("output", FLOAT, [1, 1]), *(value(f"{name}N", FLOAT, shape) for name in states)]
    constants = {"one": np.array([1, 1], np.int64), "step": np.array(1, np.float32)}
    return save(path, nodes, made, outputs, constants)
