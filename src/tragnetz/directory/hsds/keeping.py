"""What an import brings and we have no field for: found by comparing, kept beside the row, given out again.

Nothing of a foreign record is lost, and no field of ours is kept twice.
"""

from typing import Any

_UNKNOWN: tuple[Any, ...] = (None, "", [], {})
WHOLE = "_whole"  # marks an object that we have no row for at all; a partial one goes when its row goes


def left_over(given: dict[str, Any], shown: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of a document that our own document of the same thing does not show."""
    kept: dict[str, Any] = {}
    for name, value in given.items():
        if value in _UNKNOWN:
            continue
        if shown.get(name) in _UNKNOWN:
            kept[name] = _marked(value)
        elif isinstance(value, dict) and isinstance(shown[name], dict):
            inner = left_over(value, shown[name])
            if inner:
                kept[name] = inner
        elif isinstance(value, list) and isinstance(shown[name], list):
            inner_list = _left_over_of_list(value, shown[name])
            if inner_list:
                kept[name] = inner_list
    return kept


def _left_over_of_list(given: list[Any], shown: list[Any]) -> list[Any]:
    by_id = {one["id"]: one for one in shown if isinstance(one, dict) and "id" in one}
    kept = []
    for one in given:
        if not isinstance(one, dict) or "id" not in one:
            continue
        if one["id"] not in by_id:
            kept.append({**one, WHOLE: True})
            continue
        inner = left_over(one, by_id[one["id"]])
        if inner:
            kept.append({"id": one["id"], **inner})
    return kept


def _marked(value: Any) -> Any:  # noqa: ANN401 -- any part of a document
    if isinstance(value, list):
        return [{**one, WHOLE: True} if isinstance(one, dict) and "id" in one else one for one in value]
    return value


def merged(kept: dict[str, Any], shown: dict[str, Any]) -> dict[str, Any]:
    """Return our document with what was kept; where both know something, ours holds."""
    if not kept:
        return shown
    found = dict(shown)
    for name, value in kept.items():
        if name == WHOLE:
            continue
        if isinstance(value, list):
            found[name] = _merged_list(value, found.get(name, []))
        elif isinstance(value, dict) and isinstance(found.get(name), dict):
            found[name] = merged(value, found[name])
        elif found.get(name) in _UNKNOWN:
            found[name] = merged(value, {}) if isinstance(value, dict) else value
    return {name: value for name, value in found.items() if value != []}


def _merged_list(kept: list[Any], shown: list[Any]) -> list[Any]:
    by_id = {one["id"]: one for one in kept if isinstance(one, dict) and "id" in one}
    found = [merged(by_id.get(one.get("id"), {}), one) if isinstance(one, dict) else one for one in shown]
    there = {one.get("id") for one in shown if isinstance(one, dict)}
    found += [merged(one, {}) for key, one in by_id.items() if key not in there and one.get(WHOLE)]
    return found + [one for one in kept if not isinstance(one, dict) and one not in shown]
