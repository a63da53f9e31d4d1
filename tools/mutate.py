"""Look whether tests notice a changed line: `python tools/mutate.py [PART ...] [--sample N]` (`make mutants`).

Changes one thing of a module at a time (a comparison, and/or, not, a number, a constant, a returned value, a raised
error), runs the tests named for it, and tells which changes nobody noticed. The source is put back, whatever happens.
"""

import argparse
import ast
import copy
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 240  # a change that makes a loop endless counts as noticed
# Module -> the tests that must notice. What a whole suite would notice besides is not counted.
PARTS: dict[str, dict[str, list[str]]] = {
    "access": {
        "src/tragnetz/network/policy.py": ["tests/network/test_policy.py"],
        "src/tragnetz/staff/rules.py": ["tests/staff/test_rules.py"],
        "src/tragnetz/casework/access.py": ["tests/casework/test_access_matrix.py", "tests/casework/test_released.py"],
        "src/tragnetz/referrals/access.py": ["tests/referrals/test_access_matrix.py"],
        "src/tragnetz/casework/ownpage/rules.py": ["tests/casework/ownpage"],
        "src/tragnetz/casework/ownpage/commands.py": ["tests/casework/ownpage/test_commands.py"],
        "src/tragnetz/casework/ownpage/queries.py": [
            "tests/casework/ownpage/test_commands.py", "tests/portal/test_own.py",
        ],
        "src/tragnetz/casework/ownpage/sessions.py": ["tests/casework/ownpage/test_commands.py"],
        "src/tragnetz/portal/own/entry.py": ["tests/portal/test_own.py"],
        "src/tragnetz/portal/own/views.py": ["tests/portal/test_own.py"],
        "src/tragnetz/casework/teamwork/commands.py": ["tests/casework/teamwork/test_teamwork.py"],
        "src/tragnetz/casework/teamwork/queries.py": ["tests/casework/teamwork/test_teamwork.py"],
        "src/tragnetz/network/database/tying.py": ["tests/network/test_tying.py"],
    },
    "booking": {
        "src/tragnetz/appointments/rules.py": ["tests/appointments/test_rules.py", "tests/appointments/test_slots.py"],
        "src/tragnetz/appointments/commands.py": [
            "tests/appointments/test_commands.py", "tests/appointments/test_holds.py",
        ],
        "src/tragnetz/appointments/planning/rules.py": ["tests/appointments/planning/test_rules.py"],
        "src/tragnetz/appointments/planning/commands.py": ["tests/appointments/planning/test_commands.py"],
        "src/tragnetz/appointments/planning/proposals.py": ["tests/appointments/planning/test_commands.py"],
        "src/tragnetz/appointments/planning/answers.py": ["tests/appointments/planning/test_commands.py"],
        "src/tragnetz/appointments/planning/queries.py": ["tests/appointments/planning/test_commands.py"],
        "src/tragnetz/appointments/calls/rules.py": [
            "tests/appointments/calls/test_rules.py", "tests/appointments/calls/test_calls.py",
        ],
        "src/tragnetz/appointments/calls/queries.py": [
            "tests/appointments/calls/test_calls.py", "tests/appointments/planning/test_commands.py",
        ],
        "src/tragnetz/appointments/calls/commands.py": [
            "tests/appointments/calls/test_calls.py", "tests/appointments/planning/test_commands.py",
        ],
    },
    "messages": {
        "src/tragnetz/messaging/rules.py": [
            "tests/messaging/test_texts.py", "tests/messaging/test_outbox.py", "tests/messaging/test_settling.py",
        ],
        "src/tragnetz/messaging/commands.py": ["tests/messaging/test_outbox.py", "tests/messaging/test_gateways.py"],
        "src/tragnetz/messaging/settling.py": ["tests/messaging/test_settling.py"],
    },
    "consent": {
        "src/tragnetz/consent/rules.py": ["tests/consent/test_rules.py"],
        "src/tragnetz/consent/access.py": ["tests/consent/test_commands.py", "tests/casework/test_released.py"],
        "src/tragnetz/casework/released.py": ["tests/casework/test_released.py"],
        "src/tragnetz/referrals/offering.py": ["tests/referrals/test_rules.py", "tests/referrals/test_sending.py"],
        "src/tragnetz/referrals/commands.py": [
            "tests/referrals/test_sending.py", "tests/referrals/test_answers.py", "tests/referrals/test_links.py",
            "tests/referrals/test_asking.py",
        ],
        "src/tragnetz/referrals/links.py": ["tests/referrals/test_links.py"],
    },
    "sealing": {
        "src/tragnetz/vault/sealing.py": ["tests/vault/test_sealing.py"],
        "src/tragnetz/vault/wrapping.py": ["tests/vault/test_wrapping.py"],
        "src/tragnetz/vault/browsers.py": ["tests/vault/test_browsers.py"],
        "src/tragnetz/vault/sheets.py": ["tests/vault/test_sheets.py"],
    },
    "audit": {
        "src/tragnetz/audit/rules.py": ["tests/audit/test_audit.py"],
        "src/tragnetz/audit/commands.py": ["tests/audit/test_audit.py"],
        "src/tragnetz/audit/verify.py": ["tests/audit/test_audit.py"],
    },
    "limits": {
        "src/tragnetz/staff/throttle.py": ["tests/staff/test_throttle.py"],
        "src/tragnetz/staff/devices.py": ["tests/staff/test_devices.py"],
        "src/tragnetz/staff/passwords.py": ["tests/staff/test_passwords.py"],
        "src/tragnetz/config/limits.py": ["tests/config/test_limits.py"],
    },
    "deadlines": {
        "src/tragnetz/deadlines/compute.py": ["tests/deadlines/test_compute.py"],
        "src/tragnetz/deadlines/methods.py": ["tests/deadlines/test_compute.py"],
        "src/tragnetz/deadlines/days.py": ["tests/deadlines/test_days.py", "tests/deadlines/test_compute.py"],
        "src/tragnetz/deadlines/book.py": ["tests/deadlines/test_compute.py"],
    },
    "privacy": {
        "src/tragnetz/privacy/retention/rules.py": ["tests/privacy/test_retention.py"],
        "src/tragnetz/reporting/statistics/fives.py": ["tests/reporting/statistics/test_fives.py"],
        "src/tragnetz/reporting/statistics/grain.py": ["tests/reporting/statistics/test_fives.py"],
    },
    "truth": {"src/tragnetz/directory/truth/rows.py": ["tests/directory/truth/test_rows.py"]},
    "files": {
        "src/tragnetz/casework/files/rules.py": ["tests/casework/files/test_rules.py"],
        "src/tragnetz/casework/files/inspection.py": [
            "tests/casework/files/test_rules.py", "tests/casework/files/test_hostile.py",
        ],
    },
}  # fmt: skip
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
REACHED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd, ast.Mod: ast.Mult, ast.Div: ast.Mult,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: where, what stood there, what stands there now, and the source with it."""

    line: int
    before: str
    after: str
    source: str


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """Return what may stand in the place of a node."""
    if isinstance(node, ast.Compare):
        for number, operator in enumerate(node.ops):
            if type(operator) in COMPARED:
                other = copy.deepcopy(node)
                other.ops[number] = COMPARED[type(operator)]()
                yield other
    elif isinstance(node, ast.BoolOp):
        yield from _shorter(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield copy.deepcopy(node.operand)
    elif isinstance(node, ast.BinOp) and type(node.op) in REACHED:
        changed = copy.deepcopy(node)
        changed.op = REACHED[type(node.op)]()
        yield changed
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant((not node.value) if isinstance(node.value, bool) else node.value + 1)
    else:
        yield from _another_way(node)


def _shorter(node: ast.BoolOp) -> Iterator[ast.AST]:
    """Return the other operator, and the expression without each of its parts."""
    other = copy.deepcopy(node)
    other.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield other
    for number in range(len(node.values)):
        rest = [copy.deepcopy(value) for place, value in enumerate(node.values) if place != number]
        yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _another_way(node: ast.AST) -> Iterator[ast.AST]:
    """Return statements that decide otherwise, give nothing back, or let an error pass."""
    if isinstance(node, ast.IfExp):
        yield copy.deepcopy(node.body)
        yield copy.deepcopy(node.orelse)
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Raise):
        yield ast.Pass()
    elif isinstance(node, ast.If):
        never = copy.deepcopy(node)
        never.test = ast.Constant(value=False)
        yield never


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def mutants(source: str) -> list[Mutant]:
    """Return every change of a module; docstrings, annotations and what is only said in messages stay."""
    tree = ast.parse(source)
    found = []
    for parent in _deciding(tree):
        for name, value in _parts(parent):
            for place, child in enumerate(value if isinstance(value, list) else [value]):
                if not isinstance(child, ast.AST):
                    continue
                for other in changes(child):
                    made = _replaced(tree, parent, name, place if isinstance(value, list) else None, other)
                    before, after = _words(child), _words(other)
                    if before != after:
                        found.append(Mutant(getattr(child, "lineno", 0), before, after, made))
    return sorted(found, key=lambda one: (one.line, one.before, one.after))


def _parts(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a node that decide something: no annotations, and no decorators, such as `frozen=True`."""
    for name, value in ast.iter_fields(node):
        if name not in {"annotation", "returns", "decorator_list", "type_params"}:
            yield name, value


def _deciding(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all below it that decide something."""
    yield node
    for _name, value in _parts(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _deciding(child)


def _words(node: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split("\n")[0][:100]


def _replaced(tree: ast.Module, parent: ast.AST, name: str, place: int | None, other: ast.AST) -> str:
    """Return the source of the tree with one node exchanged; the tree itself stays as it is."""
    value = getattr(parent, name)
    old = value if place is None else value[place]
    if place is None:
        setattr(parent, name, other)
    else:
        value[place] = other
    try:
        return ast.unparse(ast.fix_missing_locations(tree))
    finally:
        if place is None:
            setattr(parent, name, old)
        else:
            value[place] = old


def is_noticed(tests: list[str]) -> bool:
    """Whether one of the tests fails, or they do not come to an end."""
    command = [sys.executable, "-m", "pytest", "-n0", "-x", "-q", "--no-header", "-p", "no:cacheprovider", *tests]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def run(file: str, tests: list[str], sample: int, dice: random.Random) -> tuple[int, int]:
    """Try the changes of one module; prints those that nobody noticed, and returns noticed and tried."""
    path = ROOT / file
    source = path.read_text(encoding="utf-8")
    if is_noticed(tests):
        message = f"{file}: its tests fail without any change"
        raise SystemExit(message)
    every = mutants(source)
    chosen = every if not sample or len(every) <= sample else sorted(dice.sample(every, sample), key=lambda m: m.line)
    begun, noticed = time.monotonic(), 0
    try:
        for mutant in chosen:
            path.write_text(mutant.source, encoding="utf-8")
            if is_noticed(tests):
                noticed += 1
            else:
                print(f"  {file}:{mutant.line}  {mutant.before}  ->  {mutant.after}", flush=True)
    finally:
        path.write_text(source, encoding="utf-8")
    seconds = time.monotonic() - begun
    share = 100 * noticed / len(chosen) if chosen else 100
    print(
        f"{file}: {noticed} of {len(chosen)} noticed ({share:.0f} %), {len(every)} possible, {seconds:.0f} s",
        flush=True,
    )
    return noticed, len(chosen)


def main() -> int:
    """Run the parts that were asked for; returns 1 below 90 percent."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # who stops it gets the changed file back as it was
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"{', '.join(PARTS)}, or a module; all if left out")
    parser.add_argument("--sample", type=int, default=0, help="so many changes of each module at most")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    modules = {file: tests for part in PARTS.values() for file, tests in part.items()}
    chosen = {
        file: tests
        for part, inside in PARTS.items()
        for file, tests in inside.items()
        if not options.parts or part in options.parts or file in options.parts
    }
    if not set(options.parts) <= {*PARTS, *modules}:
        parser.error("there is no such part")
    dice = random.Random(options.seed)  # noqa: S311 -- repeatable on purpose
    counts = [run(file, tests, options.sample, dice) for file, tests in chosen.items()]
    noticed, tried = sum(one for one, _ in counts), sum(one for _, one in counts)
    print(f"all: {noticed} of {tried} noticed ({100 * noticed / max(tried, 1):.0f} %)")
    return int(noticed < 0.9 * tried)


if __name__ == "__main__":
    sys.exit(main())
