"""Build the law of a date, and compare it with gettsim: `python -m tragnetz.benefits.engine build|compare|cases`.

Runs in the environment of requirements/law.txt, apart from the web server's.
"""

import argparse
import json
import statistics
import sys
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import gettsim
import numpy as np
import pandas as pd
import yaml
from gettsim import InputData, MainTarget, TTTargets, main

from tragnetz.benefits.engine.compiler import CannotCompileError, write_law
from tragnetz.benefits.engine.graph import environment_of, flat_names, graph_of, graph_of_data, name_tree
from tragnetz.benefits.engine.sample import sample
from tragnetz.benefits.engine.targets import GIVEN, OVERRIDES, TARGETS
from tragnetz.benefits.law import load_law


def run(arguments: list[str] | None = None) -> int:
    """Run one command; prints JSON."""
    parser = argparse.ArgumentParser(prog="python -m tragnetz.benefits.engine")
    commands = parser.add_subparsers(required=True)
    build = commands.add_parser("build")
    build.add_argument("date")
    build.add_argument("folder", type=Path)
    build.set_defaults(run=lambda options: _build(options.date, options.folder))
    compare = commands.add_parser("compare")
    compare.add_argument("date")
    compare.add_argument("--households", type=int, default=1000)
    compare.add_argument("--seed", type=int, default=1)
    compare.add_argument("--time-one", action="store_true", help="how long gettsim takes for one household, too")
    compare.set_defaults(
        run=lambda options: _compare(options.date, options.households, options.seed, time_one=options.time_one)
    )
    cases = commands.add_parser("cases")
    cases.add_argument("--part", default="0/1", help="this part of so many, as 0/2")
    cases.set_defaults(run=lambda options: _cases(*map(int, options.part.split("/"))))
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    print(json.dumps(options.run(options), ensure_ascii=False))
    return 0


def _build(date: str, folder: Path) -> dict[str, Any]:
    graph = graph_of(date, TARGETS, given=GIVEN, overrides=OVERRIDES)
    write_law(graph, folder)
    return {"date": date, "inputs": len(graph.inputs), "targets": len(graph.targets)}


def _compare(date: str, households: int, seed: int, *, time_one: bool) -> dict[str, Any]:
    """Compare every target on invented households, together and one by one; and how long each way takes."""
    graph = graph_of(date, TARGETS, given=GIVEN, overrides=OVERRIDES)
    with TemporaryDirectory() as folder:
        law = load_law(write_law(graph, Path(folder)))
    columns = sample(graph.inputs, households, year=int(date[:4]), seed=seed)
    begun = time.perf_counter()
    expected = _gettsim(date, TARGETS, pd.DataFrame(columns))
    seconds = time.perf_counter() - begun
    together = law.evaluate(columns)
    worst = {
        name: _difference(together[name], expected[name].to_numpy()) for name in TARGETS if not name.endswith("_id")
    }
    single, times = 0.0, []
    edges = np.flatnonzero(np.diff(columns["hh_id"], prepend=-1, append=-1))
    for start, end in pairwise(edges):
        one = {name: column[start:end] for name, column in columns.items()}
        begun = time.perf_counter()
        found = law.evaluate(one)
        times.append((time.perf_counter() - begun) * 1000)
        for name in worst:
            single = max(single, _difference(found[name], expected[name].to_numpy()[start:end]))
    timed: dict[str, Any] = {}
    if time_one:
        one = {name: column[: edges[1]] for name, column in columns.items()}
        begun = time.perf_counter()
        _gettsim(date, TARGETS, pd.DataFrame(one))
        timed["gettsim_one_s"] = time.perf_counter() - begun
    return timed | {
        "date": date,
        "households": households,
        "worst": max(worst.values()),
        "worst_single": single,
        "differing": {name: value for name, value in worst.items() if value},
        "non_zero": {name: int((np.asarray(together[name]) != 0).sum()) for name in TARGETS},
        "gettsim_batch_s": seconds,
        "one_ms_p50": statistics.median(times),
        "one_ms_p95": statistics.quantiles(times, n=20)[-1],
    }


def _gettsim(date: str, targets: tuple[str, ...], data: pd.DataFrame) -> pd.DataFrame:
    found: pd.DataFrame = main(
        main_target=MainTarget.results.df_with_qname_columns, policy_date_str=date,
        policy_environment=environment_of(date), tt_targets=TTTargets(tree=name_tree(targets)),
        input_data=InputData.df_with_qname_columns(data),
        include_warn_nodes=False,
    )  # fmt: skip
    return found


def _difference(one: Any, other: Any) -> float:  # noqa: ANN401 -- columns of any kind
    one, other = np.asarray(one, float), np.asarray(other, float)
    both = np.isnan(one) & np.isnan(other)
    return float(np.max(np.where(both, 0.0, np.abs(one - other)), initial=0.0))


def _cases(part: int, parts: int) -> dict[str, Any]:
    """Run gettsim's own policy cases from 2023 on through our compiled route; each names what it expects."""
    root = Path(gettsim.__file__).parent / "tests_germany" / "policy_cases"
    files = [file for file in sorted(root.rglob("*.yaml")) if file.parent.name >= "2023"]
    skipped = [str(file.relative_to(root)) for file in files if "skip" in file.name + file.parent.name]
    alike: dict[tuple[str, frozenset[str], frozenset[str]], list[tuple[Path, Mapping[str, Any]]]] = defaultdict(list)
    passed, failed, left_out = 0, {}, {}
    for file in files:
        if "skip" not in file.name + file.parent.name:
            case = yaml.safe_load(file.read_text(encoding="utf-8"))
            inputs = flat_names(case["inputs"].get("assumed") or {}) | flat_names(case["inputs"].get("provided") or {})
            outputs = flat_names(case["outputs"])
            if not outputs:
                left_out[str(file.relative_to(root))] = "expects nothing"
                continue
            key = (file.parent.name, frozenset(inputs), frozenset(outputs))
            alike[key].append((file, {"info": case["info"], "inputs": inputs, "outputs": outputs}))
    ours = _dates(Counter(date for date, _inputs, _outputs in alike), part, parts)
    for (date, _inputs, _outputs), group in sorted(alike.items(), key=lambda item: str(item[1][0][0])):
        if date not in ours:
            continue
        first = group[0][1]
        try:
            graph = graph_of_data(date, tuple(first["outputs"]), pd.DataFrame(first["inputs"]))
            with TemporaryDirectory() as folder:
                law = load_law(write_law(graph, Path(folder)))
        except (CannotCompileError, TypeError, KeyError) as error:
            left_out |= {str(file.relative_to(root)): str(error)[:200] for file, _case in group}
            continue
        for file, case in group:
            name = str(file.relative_to(root))
            found = law.evaluate({key: np.asarray(column) for key, column in case["inputs"].items()})
            order = np.argsort(np.asarray(case["inputs"]["p_id"]), kind="stable")
            wrong = {
                target: _difference(found[target], np.asarray(expected)[order])
                for target, expected in case["outputs"].items()
            }
            if max(wrong.values()) > case["info"]["precision_atol"]:
                failed[name] = max(wrong.values())
            else:
                passed += 1
    return {"passed": passed, "failed": failed, "left_out": left_out, "skipped_by_gettsim": skipped}


def _dates(groups: Counter[str], part: int, parts: int) -> set[str]:
    """Return the dates of a part: all groups of a date go together, for their rules are read once."""
    shares: list[tuple[int, list[str]]] = [(0, []) for _part in range(parts)]
    for date, count in sorted(groups.items(), key=lambda item: (-item[1], item[0])):
        least = min(range(parts), key=lambda number: shares[number][0])
        shares[least] = (shares[least][0] + count, [*shares[least][1], date])
    return set(shares[part][1])


if __name__ == "__main__":
    sys.exit(run())
