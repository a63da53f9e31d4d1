"""Turn gettsim's graph of functions for one date into straight-line NumPy code and a file of parameters.

gettsim's public targets give the graph; the source of each function is taken as it runs, vectorised by ttsim itself,
stripped of annotations, and written once. Nothing is re-implemented but what `runtime` documents.
"""

import ast
import functools
import hashlib
import inspect
import json
import textwrap
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

FRAMEWORK = {"xnp": "np", "backend": "'numpy'", "num_segments": "n", "len_p_id": "n"}
RUNTIME = {"piecewise_polynomial": "rt.piecewise", "join": "rt.join"}
AGGREGATES = {
    "grouped_sum": "group_sum", "grouped_count": "group_count", "grouped_any": "group_any",
    "grouped_all": "group_all", "grouped_min": "group_min", "grouped_max": "group_max",
    "sum_by_p_id": "pointed_sum", "count_by_p_id": "pointed_count", "any_by_p_id": "pointed_any",
}  # fmt: skip


class CannotCompileError(RuntimeError):
    """Something of gettsim that this compiler does not know; the text names the node."""


@dataclass
class _Code:
    """What is written so far."""

    functions: dict[str, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    parameters: list[tuple[str, Any]] = field(default_factory=list)
    known_parameters: dict[int, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Graph:
    """gettsim's function graph for one date and its targets."""

    date: str
    dag: Any
    functions: Mapping[str, Any]
    bound: Mapping[str, Any]
    inputs: Mapping[str, str]
    targets: tuple[str, ...]
    overrides: tuple[str, ...] = ()
    numbers: Mapping[str, Any] = field(default_factory=dict)  # parameters that may be asked for as they are


def write_law(graph: Graph, folder: Path) -> Path:
    """Write `rules.py` and `law.json` for a graph; returns the folder. What was there before is replaced at once."""
    code = _Code()
    variables: dict[str, str] = {}
    columns = set(graph.inputs)
    for number, node in enumerate(nx.topological_sort(graph.dag)):
        name = f"v{number}"
        if node in columns:
            variables[node] = name
            code.lines.append(f"{name} = d[{node!r}]")
        elif node in graph.functions and node in graph.bound:
            code.lines.append(f"{name} = {_call(code, graph, node, variables)}")
            variables[node] = name
            if node in graph.overrides:
                code.lines.append(f"{name} = rt.overridden(d, {node!r}, {name}, n)")
    for target in graph.targets:
        if target not in variables and isinstance(graph.numbers.get(target), bool | int | float | np.generic):
            variables[target] = _constant(code, target, graph.numbers[target])
    missing = [target for target in graph.targets if target not in variables]
    if missing:
        message = f"not in the graph: {', '.join(missing)}"
        raise CannotCompileError(message)
    returned = ", ".join(f"{target!r}: rt.spread({variables[target]}, n)" for target in graph.targets)
    body = "\n".join(f"    {line}" for line in [*code.lines, f"return {{{returned}}}"])
    head = '"""Generated from gettsim by `tragnetz law build`; not to be edited, not to be committed."""'
    imports = "import functools\n\nimport numpy as np\n\nfrom tragnetz.benefits import runtime as rt"
    source = "\n\n\n".join([head, imports, *code.functions.values(), f"def evaluate(d, n, P):\n{body}\n"])
    described = {
        "date": graph.date,
        "gettsim": version("gettsim"),
        "ttsim": version("ttsim-backend"),
        "inputs": dict(sorted(graph.inputs.items())),
        "targets": list(graph.targets),
        "overrides": list(graph.overrides),
        "rules": hashlib.sha256(source.encode()).hexdigest(),
        "parameters": [_encode(value, name) for name, value in code.parameters],
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rules.py").write_text(source, encoding="utf-8")
    (folder / "law.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    return folder


def _call(code: _Code, graph: Graph, node: str, variables: Mapping[str, str]) -> str:
    found = graph.functions[node]
    original = _original(found)
    kind = type(found).__name__
    wanted = list(inspect.signature(found).parameters)
    given = _bound_parameters(graph.bound[node])
    arguments = [_argument(code, node, name, given, variables) for name in wanted]
    if kind in {"AggByGroupFunction", "AggByPIDFunction"}:
        return _aggregate(original.__name__, node, arguments)
    names = list(inspect.signature(original).parameters)
    if kind == "TimeConversionFunction":
        (converter,) = (cell.cell_contents for cell in original.__closure__ or ())
        return f"{_function(code, converter)}({', '.join(arguments)})"
    if len(names) != len(wanted):
        message = f"{node}: {len(wanted)} arguments for {len(names)} parameters"
        raise CannotCompileError(message)
    if kind == "GroupCreationFunction":
        arrays = [_spread(argument) for argument in arguments]
        reordered = "rt.numbered" if "reorder_ids" in _names_of(found) else ""
        return f"{reordered}({_function(code, original)}({', '.join(arrays)}))"
    if kind != "PolicyFunction":
        message = f"{node}: a {kind} is not known here"
        raise CannotCompileError(message)
    if found.vectorization_strategy == "vectorize":
        call = f"{_function(code, original, vectorised=True)}({', '.join(arguments)})"
    elif found.vectorization_strategy == "not_required":
        call = f"{_function(code, original)}({', '.join(_spread(argument) for argument in arguments)})"
    else:
        message = f"{node}: runs a Python loop over persons"
        raise CannotCompileError(message)
    return _rounded(call, found.rounding_spec)


def _spread(argument: str) -> str:
    return f"rt.spread({argument}, n)" if argument.startswith("v") and argument[1:].isdigit() else argument


def _argument(code: _Code, node: str, name: str, given: Mapping[str, Any], variables: Mapping[str, str]) -> str:
    if name in FRAMEWORK:
        return FRAMEWORK[name]
    if name in variables:
        return variables[name]
    if name in given:
        return _constant(code, name, given[name])
    message = f"{node}: nothing gives {name}"
    raise CannotCompileError(message)


def _constant(code: _Code, name: str, value: Any) -> str:  # noqa: ANN401 -- any parameter of gettsim
    if isinstance(value, bool | int | float | str) and not isinstance(value, np.generic):
        return repr(value)
    if id(value) not in code.known_parameters:
        code.known_parameters[id(value)] = f"P[{len(code.parameters)}]"
        code.parameters.append((name, value))
    return code.known_parameters[id(value)]


def _aggregate(function: str, node: str, arguments: Iterable[str]) -> str:
    if function not in AGGREGATES:
        message = f"{node}: {function} is not known here"
        raise CannotCompileError(message)
    columns = [_spread(argument) for argument in arguments if argument not in FRAMEWORK.values()]
    return f"rt.{AGGREGATES[function]}({', '.join(columns)})"


def _rounded(call: str, spec: Any) -> str:  # noqa: ANN401 -- gettsim's object
    if not spec:
        return call
    base = repr(spec.base)
    rounded = {
        "up": f"{base} * np.ceil({call} / {base})",
        "down": f"{base} * np.floor({call} / {base})",
        "nearest": f"{base} * (np.asarray({call}) / {base}).round()",
    }[spec.direction]
    return f"{rounded} + {spec.to_add_after_rounding!r}"


def _original(found: Any) -> Callable[..., Any]:  # noqa: ANN401 -- gettsim wraps functions in several ways
    while hasattr(found, "function"):
        found = found.function
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    return found  # type: ignore[no-any-return]


def _names_of(found: Any) -> set[str]:  # noqa: ANN401 -- as above
    """Return the global names that the wrappers around a function use."""
    names: set[str] = set()
    while hasattr(found, "function"):
        found = found.function
    while found is not None:
        names |= set(getattr(getattr(found, "__code__", None), "co_names", ()))
        cells = [cell.cell_contents for cell in getattr(found, "__closure__", None) or ()]
        names |= {name for cell in cells for name in getattr(getattr(cell, "__code__", None), "co_names", ())}
        found = getattr(found, "__wrapped__", None)
    return names


def _bound_parameters(found: Any) -> dict[str, Any]:  # noqa: ANN401 -- as above
    given: dict[str, Any] = {}
    while isinstance(found, functools.partial):
        given = {**found.keywords, **given}
        found = found.func
    return given


def _function(code: _Code, function: Callable[..., Any], *, vectorised: bool = False) -> str:
    """Write a function once and return its name in the generated code."""
    key = id(function)
    if key in code.names:
        return code.names[key]
    own = f"f{len(code.names)}_{function.__name__}"
    code.names[key] = own
    code.functions[own] = ""  # keeps its place; in Python a helper may stand below who calls it
    if vectorised:
        from ttsim.tt.vectorization import make_vectorizable_source  # noqa: PLC0415 -- gettsim only when compiling

        source = make_vectorizable_source(function, backend="numpy", xnp=np)
    else:
        source = textwrap.dedent(inspect.getsource(function))
    tree = ast.parse(source).body[0]
    if not isinstance(tree, ast.FunctionDef):
        message = f"{function.__name__}: is no plain function"
        raise CannotCompileError(message)
    code.functions[own] = _cleaned(code, tree, function, own)
    return own


def _cleaned(code: _Code, tree: ast.FunctionDef, function: Callable[..., Any], own: str) -> str:
    tree.name, tree.decorator_list, tree.returns = own, [], None
    for argument in [*tree.args.args, *tree.args.kwonlyargs]:
        argument.annotation = None
    if isinstance(tree.body[0], ast.Expr) and isinstance(tree.body[0].value, ast.Constant) and len(tree.body) > 1:
        tree.body = tree.body[1:]
    local = {argument.arg for argument in [*tree.args.args, *tree.args.kwonlyargs]}
    local |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    cleaned = _Names(code, function, local).visit(tree)
    return ast.unparse(ast.fix_missing_locations(cleaned))


class _Names(ast.NodeTransformer):
    """Replace the global names of a function by what the generated code has for them."""

    def __init__(self, code: _Code, function: Callable[..., Any], local: set[str]) -> None:
        self.code, self.local = code, local
        self.globals = function.__globals__

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        target, value = self.visit(node.target), self.visit(node.value) if node.value else ast.Constant(None)
        return ast.Assign([target], value)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(node.func, ast.Name) and node.func.id == "cast_ttsim_unit":
            return self.visit(node.args[0])  # type: ignore[no-any-return]
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:  # noqa: PLR0911 -- one answer for each kind of name
        if node.id in self.local or not isinstance(node.ctx, ast.Load):
            return node
        if node.id in {"numpy", "np"}:
            return ast.Name("np", ast.Load())
        if node.id in RUNTIME:
            return ast.parse(RUNTIME[node.id], mode="eval").body
        value = self.globals.get(node.id)
        if isinstance(value, types.ModuleType) or value is None:
            return node
        if isinstance(value, types.FunctionType):
            return ast.Name(_function(self.code, value), ast.Load())
        if isinstance(value, bool | int | float | str):
            return ast.Constant(value)
        if hasattr(value, "function"):
            return ast.Name(_function(self.code, _original(value)), ast.Load())
        message = f"{node.id}: a {type(value).__name__} stands in a rule"
        raise CannotCompileError(message)


def _encode(value: Any, name: str) -> Any:  # noqa: ANN401, PLR0911 -- any parameter of gettsim, one answer a kind
    kind = type(value).__name__
    if isinstance(value, np.ndarray):
        return {"array": value.tolist(), "dtype": str(value.dtype)}
    if isinstance(value, np.generic):
        return {"scalar": value.item(), "dtype": str(value.dtype)}
    if kind == "ConsecutiveIntLookupTableParamValue":
        steps = np.asarray(value.lookup_multipliers)
        size = len(value.values_to_look_up)
        shape = [int(outer // inner) for outer, inner in zip([size, *steps[:-1]], steps, strict=True)]
        values = np.asarray(value.values_to_look_up).reshape(shape)
        return {
            "name": name,
            "table": _encode(values, name),
            "bases": _encode(np.asarray(value.bases_to_subtract).ravel(), name),
        }
    if kind == "PiecewisePolynomialParamValue":
        parts = (value.thresholds, value.intercepts, value.coefficients)
        return {"curve": [_encode(np.asarray(part), name) for part in parts]}
    if is_dataclass(value):
        found = {row.name: _encode(getattr(value, row.name), name) for row in fields(value)}
        return {"values": found}
    if isinstance(value, Mapping):
        return {"map": [[key, _encode(inner, name)] for key, inner in value.items()]}
    if isinstance(value, bool | int | float | str) or value is None:
        return value
    message = f"{name}: a parameter of the kind {kind} cannot be kept"
    raise CannotCompileError(message)
