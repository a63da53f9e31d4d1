"""Ask gettsim for its function graph of one date."""

import os
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache, wraps
from typing import Any

os.environ.setdefault("GETTSIM_BEARTYPE_CLAW", "0")  # run-time type checks of every call: not for compiling

import yaml
from gettsim import InputData, MainTarget, OrigPolicyObjects, TTTargets, main
from ttsim.interface_dag_elements import automatically_added_functions as derived
from ttsim.tt.column_objects_param_function import PolicyFunction

from tragnetz.benefits.engine.compiler import Graph

# gettsim reads 500 files for each date: the loader written in C finds the same in them, much sooner.
setattr(yaml, "SafeLoader", getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: B010 -- no assignment to a type
KINDS = {"f": "FloatColumn", "i": "IntColumn", "b": "BoolColumn"}


def _remembered(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method of gettsim's objects that works the same thing out once.

    They do not change, but are equal to none: who asked is known by identity, and kept so that it stays his own.
    """
    known: dict[tuple[Any, ...], tuple[Any, Any]] = {}

    @wraps(method)
    def of(self: Any, **given: Any) -> Any:  # noqa: ANN401 -- gettsim's objects
        key = (id(self), *(frozenset(one) if isinstance(one, set) else one for one in given.values()))
        if key not in known:
            known[key] = (self, method(self, **given))
        return known[key][1]

    return of


# For each graph gettsim writes all rules of the date anew, and converters between its units of time: half of the work.
PolicyFunction.remove_tree_logic = _remembered(PolicyFunction.remove_tree_logic)
PolicyFunction.vectorize = _remembered(PolicyFunction.vectorize)
derived._create_function_for_time_unit = cache(derived._create_function_for_time_unit)  # noqa: SLF001 -- it has no other


def graph_of(date: str, targets: Iterable[str], *, given: Iterable[str] = (), overrides: Iterable[str] = ()) -> Graph:
    """Return the graph for a date (`2026-11-24`) and targets as qualified names.

    `given` are computed nodes that always come as input columns instead, as a pension from its notice; `overrides`
    are computed nodes that may come, where a person has the notice in hand.
    """
    import pandas as pd  # noqa: PLC0415 -- comes with gettsim

    asked = tuple(dict.fromkeys([*targets, *overrides]))
    kinds = _wanted(date, asked, {})
    if given:
        columns = {name: _nothing(kind) for name, kind in kinds.items()} | {name: [0.0] for name in given}
        kinds = _wanted(date, asked, columns)
    columns = {name: _nothing(kind) for name, kind in kinds.items()}
    graph = graph_of_data(date, asked, pd.DataFrame(columns))
    return replace(graph, inputs=kinds, targets=tuple(targets), overrides=tuple(overrides))


def graph_of_data(date: str, targets: Iterable[str], data: Any) -> Graph:  # noqa: ANN401 -- a pandas frame
    """Return the graph for data as it is: its columns are the inputs."""
    targets = tuple(targets)
    environment, labels = MainTarget.specialized_environment, MainTarget.labels
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = main(
            main_targets=[
                labels.root_nodes, environment.tt_dag, environment.with_partialled_params_and_scalars,
                environment.with_processed_params_and_scalars,
                environment.without_tree_logic_and_with_derived_functions,
            ],
            policy_date_str=date, policy_environment=environment_of(date),
            tt_targets=TTTargets(tree=name_tree(targets)), input_data=InputData.df_with_qname_columns(data),
            include_fail_nodes=False, include_warn_nodes=False, tt_function_set_annotations=False,
        )  # fmt: skip
    special = found["specialized_environment"]
    roots = set(found["labels"]["root_nodes"])
    return Graph(
        date=date,
        dag=special["tt_dag"],
        functions=special["without_tree_logic_and_with_derived_functions"],
        bound=special["with_partialled_params_and_scalars"],
        inputs={name: KINDS[data[name].dtype.kind] for name in data if name in roots},
        targets=targets,
        numbers=special["with_processed_params_and_scalars"],
    )


@cache
def environment_of(date: str) -> Any:  # noqa: ANN401 -- gettsim's object
    """Return all rules of a date: gathering them takes longer than most of what follows."""
    return main(main_target=MainTarget.policy_environment, policy_date_str=date, orig_policy_objects=_originals())


@cache
def _originals() -> OrigPolicyObjects:
    """Return what the files of the law say, of all dates: gettsim would read its 230 files again for each date."""
    kept = MainTarget.orig_policy_objects
    found = main(main_targets=[kept.column_objects_and_param_functions, kept.param_specs], include_fail_nodes=False)
    return OrigPolicyObjects(**found["orig_policy_objects"])


def _wanted(date: str, targets: Iterable[str], columns: Mapping[str, Any]) -> dict[str, str]:
    import pandas as pd  # noqa: PLC0415 -- comes with gettsim

    data = {"input_data": InputData.df_with_qname_columns(pd.DataFrame(columns))} if columns else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = main(
            main_target=MainTarget.templates.input_data_dtypes.tree, policy_date_str=date,
            policy_environment=environment_of(date), tt_targets=TTTargets(tree=name_tree(targets)), **data,
        )  # fmt: skip
    return flat_names(tree)


def _nothing(kind: str) -> list[Any]:
    nothing: dict[str, list[Any]] = {"F": [0.0], "I": [0], "B": [False]}
    return nothing[kind[0]]


def name_tree(names: Iterable[str]) -> dict[str, Any]:
    """Return qualified names as the tree that gettsim asks for."""
    tree: dict[str, Any] = {}
    for name in names:
        *path, leaf = name.split("__")
        inner = tree
        for part in path:
            inner = inner.setdefault(part, {})
        inner[leaf] = None
    return tree


def flat_names(tree: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Return a tree of gettsim by qualified names."""
    found: dict[str, Any] = {}
    for name, inner in tree.items():
        if isinstance(inner, Mapping):
            found |= flat_names(inner, f"{before}{name}__")
        else:
            found[before + name] = inner
    return found
