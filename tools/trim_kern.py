"""Cut the style sheet of the design system down to what our pages use: a phone need not load 2,600 classes for 70.

    python tools/trim_kern.py          # writes vendor/kern/kern.css out of vendor/kern/kern.min.css
    python tools/trim_kern.py --check  # says whether it is as it would be written

A rule stays if each of its classes of the system stands somewhere in our templates, code or style sheets; a variable
stays if a rule that stays reads it, or our own sheets do. A name that a template puts together (`kern-alert--` and what
follows) stays with every ending that the same file names, and with Django's words for messages. Nothing is changed in
what stays, and nothing but this tool writes the short sheet.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import tinycss2
from django.contrib.messages.constants import DEFAULT_TAGS
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

SRC: Final = Path(__file__).resolve().parents[1] / "src" / "tragnetz"
KERN: Final = SRC / "components" / "static" / "vendor" / "kern"
WHOLE, SHORT = KERN / "kern.min.css", KERN / "kern.css"
KINDS: Final = {".html", ".py", ".js", ".css", ".svg"}
HEAD: Final = "/* Cut from kern.min.css by tools/trim_kern.py; licence: LICENSE.md beside it. */\n"
_NAME = re.compile(r"kern-[a-z0-9_-]+")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)|getPropertyValue\(\s*[\"'](--[\w-]+)")
_WORD = re.compile(r"[a-z0-9-]+")


class Used:
    """What our files name: whole classes, and open beginnings with the endings that may follow; variables."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Read what stands in our files."""
        self.classes: set[str] = set()
        self.variables: set[str] = set()
        for text in texts:
            names = set(_NAME.findall(text))
            self.classes |= names
            self.variables |= _variables(text)
            begun = [name for name in names if name.endswith("-")]
            if begun:
                words = {*_WORD.findall(text), *DEFAULT_TAGS.values()}
                self.classes |= {name + word for name in begun for word in words}


def texts() -> Iterator[str]:
    """Yield all of our files in which a class may stand."""
    for path in sorted(SRC.rglob("*")):
        if path.suffix in KINDS and "vendor" not in path.parts and path.is_file():
            yield path.read_text(encoding="utf-8")


def trimmed(whole: str, used: Used) -> str:
    """Return the rules of a sheet that our pages use, in their order."""
    kept = list(_kept(tinycss2.parse_stylesheet(whole, skip_comments=True, skip_whitespace=True), used))
    needed = _needed(kept, used.variables)
    moving = {name for _rule, ones in _blocks(kept) for name in _animations(ones)}
    return HEAD + "".join(_written(kept, needed, moving)) + "\n"


def _kept(rules: Sequence[Node], used: Used) -> Iterator[Any]:
    """Yield rules as (selectors or the at-rule's beginning, what stands in them)."""
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            selectors = [one for one in _selectors(rule.prelude) if _classes(one) <= used.classes]
            if selectors:
                head = ",".join(tinycss2.serialize(one).strip() for one in selectors)
                yield head, [one for one in tinycss2.parse_blocks_contents(rule.content) if _is_kept(one)]
        elif isinstance(rule, AtRule) and rule.content is not None:
            head = f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude).rstrip()}"
            if rule.lower_at_keyword in {"media", "supports", "layer"}:
                inside = list(
                    _kept(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), used)
                )
                if inside:
                    yield head, inside
            else:
                yield head, tinycss2.serialize(rule.content)


def _is_kept(node: Node) -> bool:
    if isinstance(node, Declaration):
        return True
    if node.type in {"whitespace", "comment"}:
        return False
    message = f"{node.type} in a rule: this tool does not know what to do with it ({node.serialize()[:80]})"
    raise ValueError(message)


def _selectors(prelude: Sequence[Node]) -> list[list[Node]]:
    found: list[list[Node]] = [[]]
    for node in prelude:
        if node == ",":
            found.append([])
        else:
            found[-1].append(node)
    return found


def _classes(selector: Sequence[Node]) -> set[str]:
    """Return the classes of the system that a selector asks for; what stands in `:not(…)` is not asked for."""
    return {
        one.value
        for dot, one in pairwise(selector)
        if dot == "." and one.type == "ident" and one.value.startswith("kern-")
    }


def _blocks(kept: Iterable[Any]) -> Iterator[tuple[str, Sequence[Declaration]]]:
    for head, inside in kept:
        if isinstance(inside, str):
            continue
        if inside and isinstance(inside[0], tuple):
            yield from _blocks(inside)
        else:
            yield head, inside


def _needed(kept: Iterable[Any], wanted: Iterable[str]) -> set[str]:
    """Return the variables that are read, also by variables that are read."""
    reads: dict[str, set[str]] = {}
    found = set(wanted)
    for _head, ones in _blocks(kept):
        for one in ones:
            names = _variables(tinycss2.serialize(one.value))
            if one.name.startswith("--"):
                reads.setdefault(one.name, set()).update(names)
            else:
                found |= names
    open_ones = list(found)
    while open_ones:
        new = reads.get(open_ones.pop(), set()) - found
        found |= new
        open_ones += new
    return found


def _variables(text: str) -> set[str]:
    return {name for pair in _VARIABLE.findall(text) for name in pair if name}


def _animations(ones: Iterable[Declaration]) -> set[str]:
    values = (one.value for one in ones if one.lower_name in {"animation", "animation-name"})
    return {node.value for value in values for node in value if node.type == "ident"}


def _written(kept: Iterable[Any], needed: set[str], moving: set[str]) -> Iterator[str]:
    for head, inside in kept:
        if isinstance(inside, str):
            name = head.split()[-1]
            if not head.startswith("@keyframes") or name in moving:
                yield f"{head}{{{inside}}}"
        elif inside and isinstance(inside[0], tuple):
            if rules := "".join(_written(inside, needed, moving)):
                yield f"{head}{{{rules}}}"
        elif ones := [one for one in inside if not one.name.startswith("--") or one.name in needed]:
            yield f"{head}{{{';'.join(_declared(one) for one in ones)}}}"


def _declared(one: Declaration) -> str:
    value = tinycss2.serialize(one.value).strip()
    return f"{one.name}:{value}{'!important' if one.important else ''}"


def main() -> int:
    """Write the short sheet, or say whether it is up to date (`--check`: exit status 1 if not)."""
    made = trimmed(WHOLE.read_text(encoding="utf-8"), Used(texts()))
    if "--check" in sys.argv:
        return int(not SHORT.exists() or SHORT.read_text(encoding="utf-8") != made)
    SHORT.write_text(made, encoding="utf-8")
    sys.stdout.write(f"{len(made)} of {WHOLE.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
